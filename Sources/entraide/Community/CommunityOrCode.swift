import ArgumentParser
import EntraideCore

/// What verbs take that a community's own code may ask for.
struct CommunityOrCode: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            fr: "Identifiant de la communauté ; pas besoin avec --code.",
            en: "The community's identifier; not needed with --code."))
    var community: String?

    @Option(
        help: ArgumentHelp(
            fr:
                "Code à usage unique de sa lettre, qui agit pour elle seule ; - le lit sur l’entrée standard.",
            en: "One-time code of its letter, which acts for it alone; - reads it from standard input."))
    var code: String?

    /// - Throws: `usage` when neither is given.
    func addressee(_ verb: String) throws -> Addressee {
        if let code {
            return .code(code == "-" ? try InputFile.line() : code, named: community)
        }
        guard let community else {
            throw EntraideError(
                .usage,
                [
                    "what":
                        "entraide community \(verb) \(say(fr: "COMMUNAUTÉ", en: "COMMUNITY")), entraide community \(verb) --code CODE"
                ])
        }
        return .slug(community)
    }
}
