import ArgumentParser
import EntraideCore

struct TokenList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("list", fr: "Les jetons, sans leur secret.", en: "Tokens, without their secret.")
    }

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        global.printer.list(try await global.onDatabase { try await Partners($0).tokens() })
    }
}
