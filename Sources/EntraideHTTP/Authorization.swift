import EntraideCore
import HTTPTypes

/// Who asks, by the `Authorization` field: nobody in particular, or a partner with a token.
struct Authorization: Sendable {
    let database: Database

    /// For whom a route is to answer.
    ///
    /// - Parameter scope: what a token must grant there, if anything.
    /// - Throws: `token-refused` for what is no valid token, another scheme included; `scope-missing`; what reading the
    ///   database throws.
    func audience(of fields: HTTPFields, for scope: TokenScope?) async throws -> Audience {
        let values = fields[values: .authorization]
        guard let value = values.first else { return .anyone }
        let words = value.split(separator: " ", omittingEmptySubsequences: true)
        guard values.count == 1, words.count == 2, words[0].lowercased() == "bearer" else {
            throw EntraideError(.tokenRefused)
        }
        let grant = try await Partners(database).grant(bearer: String(words[1]))
        if let scope, !grant.scopes.contains(scope) {
            throw EntraideError(.scopeMissing, ["scope": scope.rawValue])
        }
        return .token(networks: grant.networks)
    }
}
