import ArgumentParser
import EntraideCore

struct RoundShow: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("show", fr: "Une session d’entraide, ou sa preuve.", en: "One round, or its proof.")
    }

    @OptionGroup var one: RoundArgument

    @Flag(
        help: ArgumentHelp(
            fr: "La preuve d’optimalité et les scellés.", en: "The certificate and the digests."))
    var proof = false

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.onDatabase { database in
            let rounds = Rounds(database)
            if proof {
                global.printer.one(try await rounds.certificate(one.round, for: .coordinator))
            } else {
                global.printer.one(try await rounds.show(one.round, for: .coordinator).record)
            }
        }
    }
}
