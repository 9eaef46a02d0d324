import ArgumentParser
import EntraideCore

struct NetworkJoin: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "join", fr: "Fait entrer une communauté dans un réseau, ou change sa place.",
            en: "Brings a community into a network, or changes its place there.")
    }

    @OptionGroup var both: MembershipArguments

    @Option(
        help: ArgumentHelp(
            fr: "Collège où elle siège, tel que le réseau le nomme.",
            en: "The college it sits with, as the network calls it."))
    var college: String?

    @Flag(
        help: ArgumentHelp(
            fr: "Elle parle pour ce collège, ou pour le réseau.",
            en: "It speaks for that college, or for the network."))
    var referent = false

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let membership = Membership(
            community: both.community, network: both.network, college: college, isReferent: referent)
        let joined = try await global.onDatabase { database in
            try await Networks(database, dryRun: writing.dryRun).join(membership)
        }
        global.printer.one(joined.record)
        writing.remind()
    }
}
