import ArgumentParser

struct TokenGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "token", fr: "Les jetons avec lesquels lisent les partenaires.",
            en: "The tokens that partners read with.",
            [TokenCreate.self, TokenList.self, TokenRevoke.self])
    }
}
