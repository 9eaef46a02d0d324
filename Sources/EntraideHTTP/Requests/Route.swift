import EntraideCore
import Lines

/// What there is to ask for. Each has its pattern, its own parameters, and the scope that a token needs for it.
enum Route: Sendable, Equatable {
    case help, health, readiness
    case skills
    case communities
    case community(String)
    case offers(of: String)
    case needs(of: String)
    case rounds
    case round(String)
    case certificate(of: String)
    case matches
    case match(MatchName)
    case reasons(of: MatchName)

    /// Nil when there is no such path.
    ///
    /// - Parameter segments: decoded, the last one without its suffix.
    /// - Throws: `bad-slug`, `bad-parameter`: a name in the path that cannot be one.
    init?(_ segments: [String]) throws(EntraideError) {
        switch segments.count {
        case _ where segments.contains(""): return nil
        case 0: self = .help
        case 1 where segments == ["healthz"]: self = .health
        case 1 where segments == ["readyz"]: self = .readiness
        case 2... where segments[0] == "v1":
            guard let route = try Self.ofVersion1(Array(segments.dropFirst())) else { return nil }
            self = route
        default: return nil
        }
    }

    private static func ofVersion1(_ segments: [String]) throws(EntraideError) -> Route? {
        let last = segments.last ?? ""
        switch (segments.first ?? "", segments.count) {
        case ("skills", 1): return .skills
        case ("communities", 1): return .communities
        case ("communities", 2): return .community(try slug(segments[1]))
        case ("communities", 3) where last == "offers": return .offers(of: try slug(segments[1]))
        case ("communities", 3) where last == "needs": return .needs(of: try slug(segments[1]))
        case ("rounds", 1): return .rounds
        case ("rounds", 2): return .round(try slug(segments[1]))
        case ("rounds", 3) where last == "certificate": return .certificate(of: try slug(segments[1]))
        case ("matches", 1): return .matches
        case ("matches", 3): return .match(try match(segments[1], segments[2]))
        case ("matches", 4) where last == "reasons": return .reasons(of: try match(segments[1], segments[2]))
        default: return nil
        }
    }

    private static func slug(_ text: String) throws(EntraideError) -> String {
        guard Slug.isValid(text) else { throw EntraideError(.badSlug, ["value": excerpt(of: text)]) }
        return text
    }

    private static func match(_ round: String, _ number: String) throws(EntraideError) -> MatchName {
        guard let name = MatchName(parsing: "\(try slug(round))/\(number)") else {
            throw ParameterReader.bad(
                "n", expected: "1, 2, 3", fr: "un numéro, à partir de 1", en: "a number, from 1 on")
        }
        return name
    }

    /// The form of the path, for logs and for people: never what a client wrote.
    var pattern: String {
        switch self {
        case .help: "/"
        case .health: "/healthz"
        case .readiness: "/readyz"
        case .skills: "/v1/skills"
        case .communities: "/v1/communities"
        case .community: "/v1/communities/{slug}"
        case .offers: "/v1/communities/{slug}/offers"
        case .needs: "/v1/communities/{slug}/needs"
        case .rounds: "/v1/rounds"
        case .round: "/v1/rounds/{slug}"
        case .certificate: "/v1/rounds/{slug}/certificate"
        case .matches: "/v1/matches"
        case .match: "/v1/matches/{round}/{n}"
        case .reasons: "/v1/matches/{round}/{n}/reasons"
        }
    }

    /// Whether it answers with records, in the format that the client chooses.
    var hasRecords: Bool {
        switch self {
        case .help, .health, .readiness: false
        default: true
        }
    }

    /// The scope that a token needs here. Without a token, everyone sees what is public.
    var scope: TokenScope? {
        switch self {
        case .communities, .community, .offers, .needs: .communities
        case .matches, .match, .reasons: .matches
        case .help, .health, .readiness, .skills, .rounds, .round, .certificate: nil
        }
    }

    /// The parameters that choose among its records.
    var filters: [String] {
        switch self {
        case .skills: ["q"]
        case .communities: ["offers", "needs", "network", "territory", "kind"]
        case .matches: ["round", "community", "provider", "receiver", "skill", "network", "status"]
        default: []
        }
    }

    /// Every parameter that it takes.
    var parameters: [String] {
        guard hasRecords else { return [] }
        switch self {
        case .skills, .communities, .rounds, .matches:
            return filters + ["limit", "cursor", "format", "header"]
        default: return filters + ["format", "header"]
        }
    }

    /// The methods allowed everywhere: the endpoint only reads.
    static let methods = "GET, HEAD, OPTIONS"
}
