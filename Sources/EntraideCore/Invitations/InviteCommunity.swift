package import Lines
import Postgres

/// Until when a code works.
package enum CodeExpiry: Sendable, Equatable {
    case days(Int)
    /// Through the end of a day, in UTC.
    case through(String)

    /// In days.
    package static let longest = 366
    /// A holiday and a board meeting fit in it.
    package static let usual = CodeExpiry.days(60)
}

/// What is held on a community: what its letter says.
package struct HeldSummary: Sendable, Equatable {
    package let kind: CommunityKind
    package let status: CommunityStatus
    package let territory: String?
    /// The territory's name, where it is loaded.
    package let place: String?
    /// The names of the skills that it offers, and that it needs now.
    package let offers: [Bilingual]
    package let needs: [Bilingual]
    package let hasContact: Bool
    /// Kinds of file that it came from.
    package let sources: [String]
}

/// A community and its code, which is told this once.
package struct Invitation: Sendable, Equatable {
    package let record: InvitationRecord
    package let held: HeldSummary
}

extension Communities {
    /// Gives a community a one-time code to answer with, in the place of the one it had. Nothing else of it changes: one
    /// to be confirmed stays so.
    ///
    /// - Throws: `unknown-community`, `out-of-range`.
    package func invite(_ slug: String, expiry: CodeExpiry) async throws -> Invitation {
        let invited = try await invite(where: "c.slug = \(slug)", limit: 1, expiry: expiry)
        guard let invitation = invited.first else {
            throw EntraideError(.unknownCommunity, ["community": excerpt(of: slug)])
        }
        return invitation
    }

    /// Invites a page of the communities to be confirmed that have no code to answer with; an empty page ends them. Who
    /// holds a letter that still works keeps it.
    ///
    /// - Parameter after: the last slug of the page before.
    package func inviteUnconfirmed(
        after: String? = nil, limit: Int = page, expiry: CodeExpiry
    ) async throws -> [Invitation] {
        try await invite(where: CodeStore.uninvited(after: after ?? ""), limit: limit, expiry: expiry)
    }

    private func invite(
        where condition: Query, limit: Int, expiry: CodeExpiry
    ) async throws -> [Invitation] {
        try await database.write(dryRun: dryRun) { connection in
            let store = CodeStore(connection: connection)
            let moment = try await store.expiry(expiry)
            // Whoever erases one of them, or invites it too, waits for us or we for them.
            try await connection.execute(
                "SELECT FROM communities AS c WHERE \(condition) ORDER BY c.slug LIMIT \(limit) FOR UPDATE")
            let invited = try await store.invited(where: condition, limit: limit)
            let codes = invited.map { (slug: $0.slug, code: OneTimeCode.random()) }
            try await store.insert(codes, for: .invitation, expiry: moment)
            let audit = AuditStore(connection: connection)
            for one in invited {
                try await audit.record(.communityInvite, one.slug, detail: "expires=\(moment)")
            }
            return zip(invited, codes).map { one, given in
                Invitation(
                    record: InvitationRecord(
                        community: one.slug, name: one.name, purpose: CodePurpose.invitation.rawValue,
                        code: dryRun ? nil : given.code.text, expiresAt: moment),
                    held: one.held)
            }
        }
    }
}
