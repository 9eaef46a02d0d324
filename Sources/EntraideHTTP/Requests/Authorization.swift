import EntraideCore
import HTTPTypes

/// Who asks, by the `Authorization` field: nobody in particular, or a partner with a token.
struct Authorization: Sendable {
    let database: Database
    let limiter: RequestLimiter

    /// For whom a route is to answer.
    ///
    /// - Parameter scope: what a token must grant there, if anything.
    /// - Throws: `token-refused` for what is no valid token, another scheme included; `scope-missing`; what reading the
    ///   database throws.
    func audience(of fields: HTTPFields, for scope: TokenScope?) async throws -> Audience {
        guard let bearer = try Self.bearer(of: fields) else { return .anyone }
        let grant: TokenGrant
        do {
            grant = try await Partners(database).grant(bearer: bearer)
        } catch let error as EntraideError where error.code == .tokenRefused {
            limiter.refuse(bearer)
            throw error
        }
        limiter.accept(bearer)
        if let scope, !grant.scopes.contains(scope) {
            throw EntraideError(.scopeMissing, ["scope": scope.rawValue])
        }
        return .token(networks: grant.networks)
    }

    /// The token that the field brings, valid or not; nil without the field.
    ///
    /// - Throws: `token-refused` for another scheme, or several fields.
    static func bearer(of fields: HTTPFields) throws(EntraideError) -> String? {
        let values = fields[values: .authorization]
        guard let value = values.first else { return nil }
        let words = value.split(separator: " ", omittingEmptySubsequences: true)
        guard values.count == 1, words.count == 2, words[0].lowercased() == "bearer" else {
            throw EntraideError(.tokenRefused)
        }
        return String(words[1])
    }
}
