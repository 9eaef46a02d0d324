import Postgres

/// What time made due, as it was written down: the same names and order each time.
package struct TickReport: Sendable, Equatable {
    /// Needs past their date, closed now.
    package var needsClosed = 0
    /// Offers past their last day, that went back to being suggestions.
    package var offersEnded = 0
    /// Audit lines deleted.
    package var auditDeleted = 0
    /// Closed needs deleted.
    package var needsDeleted = 0
    /// Ended tokens deleted.
    package var tokensDeleted = 0
    /// Contacts deleted of communities that never confirmed.
    package var unconfirmedContactsDeleted = 0
    /// Contacts deleted of communities long on pause.
    package var pausedContactsDeleted = 0
    /// Ended one-time codes deleted.
    package var codesDeleted = 0
    /// Counts of refused codes deleted.
    package var guessesDeleted = 0
    /// Communities whose pause was over, and that are back.
    package var pausesEnded = 0
    /// Active profiles that rounds leave out as not confirmed for a year. Nothing is written about them.
    package var stale = 0

    package init() {}

    /// Figures by name, in order.
    package var figures: [(name: String, value: Int)] {
        written + [("profiles-stale", stale)]
    }

    /// What was changed.
    var written: [(name: String, value: Int)] {
        [
            ("needs-closed", needsClosed), ("offers-ended", offersEnded), ("audit-deleted", auditDeleted),
            ("needs-deleted", needsDeleted), ("tokens-deleted", tokensDeleted),
            ("unconfirmed-contacts-deleted", unconfirmedContactsDeleted),
            ("paused-contacts-deleted", pausedContactsDeleted), ("codes-deleted", codesDeleted),
            ("guesses-deleted", guessesDeleted), ("pauses-ended", pausesEnded),
        ]
    }
}

/// What the passing of time asks for. Nothing changes by the clock alone: a timer runs this.
package struct Upkeep: Sendable {
    package let database: Database
    /// Whether writes are rehearsed and rolled back.
    package let dryRun: Bool
    package let limits: RetentionLimits

    package init(_ database: Database, dryRun: Bool = false, limits: RetentionLimits = RetentionLimits()) {
        self.database = database
        self.dryRun = dryRun
        self.limits = limits
    }

    /// Writes what is due on `day`, in one transaction. Running it again on that day changes nothing.
    ///
    /// - Complexity: linear in communities, offers, needs, tokens and audit lines.
    @discardableResult
    package func tick(on day: String) async throws -> TickReport {
        try await database.write(dryRun: dryRun) { connection in
            let report = try await UpkeepStore(connection: connection, limits: limits).tick(on: day)
            if report.written.contains(where: { $0.value > 0 }) {
                let detail = report.written.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
                try await AuditStore(connection: connection).record(.tick, detail: detail)
            }
            return report
        }
    }
}

/// What is due on a day: SQL beside the decoding of its rows.
struct UpkeepStore {
    let connection: Connection
    let limits: RetentionLimits

    /// A day is counted as rounds count it: a need or an offer still stands on its last day.
    func tick(on day: String) async throws -> TickReport {
        var report = TickReport()
        let back = try await CommunityStore(connection: connection).endPauses(on: day)
        try await AuditStore(connection: connection).record(.communityResume, each: back, detail: "by=tick")
        report.pausesEnded = back.count
        report.needsClosed = try await connection.execute(
            "UPDATE needs SET closed_at = \(day)::date WHERE closed_at IS NULL AND needed_by < \(day)::date")
        report.offersEnded = try await connection.execute(
            "UPDATE offers SET suggested = true WHERE NOT suggested AND until < \(day)::date")
        report.auditDeleted = try await connection.execute(
            "DELETE FROM audit WHERE at < \(day)::date - make_interval(months => \(limits.audit)::int)")
        report.needsDeleted = try await connection.execute(
            """
            DELETE FROM needs
            WHERE closed_at < \(day)::date - make_interval(months => \(limits.closedNeeds)::int)
            """)
        report.tokensDeleted = try await connection.execute(
            """
            DELETE FROM tokens
            WHERE least(revoked_at, expires_at)
              < \(day)::date - make_interval(months => \(limits.endedTokens)::int)
            """)
        report.unconfirmedContactsDeleted = try await connection.execute(
            """
            DELETE FROM contacts AS k USING communities AS c
            WHERE c.id = k.community_id AND c.confirmed_on IS NULL AND c.status = 'unconfirmed'
              AND c.created_at < \(day)::date - make_interval(months => \(limits.unconfirmedContacts)::int)
            """)
        report.pausedContactsDeleted = try await connection.execute(
            """
            DELETE FROM contacts AS k USING communities AS c
            WHERE c.id = k.community_id AND c.status = 'paused'
              AND c.updated_at < \(day)::date - make_interval(months => \(limits.pausedContacts)::int)
            """)
        report.codesDeleted = try await connection.execute(
            """
            DELETE FROM one_time_codes
            WHERE least(used_at, revoked_at, expires_at)
              < \(day)::date - make_interval(months => \(limits.endedCodes)::int)
            """)
        report.guessesDeleted = try await connection.execute(
            "DELETE FROM code_guesses WHERE hour < \(day)::date - 1")
        report.stale =
            try await connection.query(
                """
                SELECT count(*) AS n FROM communities
                WHERE status = 'active' AND confirmed_on < \(day)::date - \(Rounds.freshDays)::int
                """
            ).first?.get("n") ?? 0
        return report
    }
}
