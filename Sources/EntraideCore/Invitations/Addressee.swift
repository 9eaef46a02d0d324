import Postgres

/// Whom an answer is about.
package enum Addressee: Sendable, Equatable {
    /// A community by its slug.
    case slug(String)
    /// The community that a one-time code was given to, whichever it is; where `named` is given, it must be that one.
    case code(String, named: String?)

    /// What an audit line says of it, beside the rest.
    func detail(_ rest: String? = nil) -> String? {
        guard case .code = self else { return rest }
        return [rest, "by=code"].compactMap(\.self).joined(separator: " ")
    }

    /// Whether a code answers.
    var isByCode: Bool { if case .code = self { true } else { false } }
}

/// How many codes may be refused in an hour to one caller.
package enum CodeLimits {
    package static let guesses = 20
}

extension Communities {
    /// Writes about the community that `addressee` tells, in one transaction: a code is used up if the rest is done, and
    /// with it.
    ///
    /// A try is counted in a transaction of its own before it is made, so that neither a rehearsal, nor a refusal, nor many
    /// tries at once escape the count; one that was right is taken off it.
    ///
    /// - Throws: `code-mistyped`, `code-refused`, `code-limit`, and what `body` does.
    func write<Result: Sendable>(
        about addressee: Addressee, _ body: @Sendable (Connection, _ slug: String) async throws -> Result
    ) async throws -> Result {
        switch addressee {
        case .slug(let slug):
            return try await database.write(dryRun: dryRun) { try await body($0, slug) }
        case .code(let text, let named):
            let code = try OneTimeCode(parsing: text)
            let caller = Caller.community
            try await admitTry(by: caller)
            let result = try await database.write(dryRun: dryRun) { connection in
                let slug = try await CodeStore(connection: connection).use(code, for: .invitation)
                guard let slug, named ?? slug == slug, caller ?? slug == slug else {
                    throw EntraideError(.codeRefused)
                }
                return try await body(connection, slug)
            }
            try await database.write { try await CodeStore(connection: $0).forgetTry(by: caller) }
            return result
        }
    }

    private func admitTry(by caller: String?) async throws {
        let limit = CodeLimits.guesses
        let isAdmitted = try await database.write { connection in
            // Who acts for nobody has no code, and no share in the count of others.
            if let caller, try await CommunityStore(connection: connection).existing([caller]).isEmpty {
                throw EntraideError(.codeRefused)
            }
            return try await CodeStore(connection: connection).recordTry(by: caller, limit: limit)
        }
        guard isAdmitted else { throw EntraideError(.codeLimit, ["limit": "\(limit)"]) }
    }
}
