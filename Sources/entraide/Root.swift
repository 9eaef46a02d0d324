import ArgumentParser
import EntraideCore

/// The root of all commands.
struct Root: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "entraide",
            abstract: say(
                fr:
                    "Met en relation des communautés qui s’entraident : compétences offertes, besoins, sessions d’entraide.",
                en: "Matches communities that help each other: skills offered, needs, rounds."),
            discussion: say(
                fr: """
                    Pour commencer : entraide init, puis entraide community register.
                    Sans --database ni ENTRAIDE_DATABASE, une base privée vit sous ENTRAIDE_HOME.
                    """,
                en: """
                    To begin: entraide init, then entraide community register.
                    Without --database or ENTRAIDE_DATABASE, a private database lives under ENTRAIDE_HOME.
                    """),
            version: "entraide 0.1.0",
            subcommands: [
                Init.self, Status.self, DoctorCommand.self, Tick.self, Serve.self, DatabaseGroup.self,
                SkillGroup.self,
                TerritoryGroup.self, CommunityGroup.self, OfferGroup.self, NeedGroup.self, NetworkGroup.self,
                RoundGroup.self,
                MatchGroup.self, Explain.self, PartnerGroup.self, TokenGroup.self,
            ])
    }
}

/// A sentence in the language of this run.
func say(fr: String, en: String) -> String {
    Bilingual(fr: fr, en: en)[.current]
}

/// A sentence about `n` things, in the language of this run.
func say(_ n: Int, fr: (one: String, many: String), en: (one: String, many: String)) -> String {
    Bilingual(n, fr: fr, en: en)[.current]
}

extension ArgumentHelp {
    /// Help in the language of this run.
    init(fr: String, en: String) {
        self.init(stringLiteral: say(fr: fr, en: en))
    }
}

extension CommandConfiguration {
    /// A command, or a noun with its verbs, described in the language of this run.
    static func named(
        _ name: String, fr: String, en: String, discussion: Bilingual? = nil,
        _ subcommands: [any ParsableCommand.Type] = []
    ) -> CommandConfiguration {
        CommandConfiguration(
            commandName: name, abstract: say(fr: fr, en: en), discussion: discussion?[.current] ?? "",
            subcommands: subcommands)
    }
}
