import Postgres

/// What a database holds, in figures.
package struct StatusReport: Sendable, Equatable {
    /// One figure.
    package struct Entry: Sendable, Equatable {
        /// What scripts read: `communities.active`.
        package let key: String
        /// What a person reads.
        package let label: Bilingual
        /// A number, or where something is.
        package let value: String

        /// A figure.
        package init(key: String, label: Bilingual, value: String) {
            self.key = key
            self.label = label
            self.value = value
        }
    }

    /// The figures, always the same ones in the same order.
    package let entries: [Entry]

    /// How many communities rest, for one reason or several.
    package let resting: Int

    /// Counts what `database` holds, in one snapshot, and what rests on `day`.
    ///
    /// - Throws: `EntraideError`.
    /// - Complexity: linear in communities, offers, needs, rounds, skills and territories.
    package static func of(_ database: Database, on day: String = today()) async throws -> StatusReport {
        let location = database.location.redacted
        return try await database.read { connection in
            var entries = [
                Entry(
                    key: "database", label: Bilingual(fr: "base de données", en: "database"), value: location),
                Entry(
                    key: "server", label: Bilingual(fr: "serveur PostgreSQL", en: "PostgreSQL server"),
                    value: "\(connection.serverVersion / 10_000).\(connection.serverVersion % 10_000)"),
                Entry(
                    key: "schema", label: Bilingual(fr: "version du schéma", en: "schema version"),
                    value: "\(Migrator().version)"),
            ]
            let byCommunityStatus = try await counts("communities", on: connection)
            for status in CommunityStatus.allCases {
                entries.append(
                    Entry(
                        key: "communities.\(status.rawValue)",
                        label: Bilingual(
                            fr: "communautés \(status.several.fr)", en: "communities, \(status.several.en)"),
                        value: "\(byCommunityStatus[status.rawValue] ?? 0)"))
            }
            let rows = try await connection.query(
                """
                SELECT (SELECT count(*) FROM offers) AS offers,
                  (SELECT count(*) FROM needs WHERE closed_at IS NULL) AS needs,
                  (SELECT count(*) FROM communities AS c WHERE \(CodeStore.unanswered)) AS invited,
                  (SELECT count(*) FROM skills) AS skills,
                  (SELECT count(*) FROM territories) AS territories,
                  pg_database_size(current_database()) / 1024 AS size_kib
                """)
            guard let row = rows.first else { return StatusReport(entries: entries, resting: 0) }
            func count(_ key: String, fr: String, en: String) throws -> Entry {
                Entry(key: key, label: Bilingual(fr: fr, en: en), value: "\(try row.get(key, as: Int.self))")
            }
            entries.append(try count("offers", fr: "offres", en: "offers"))
            entries.append(try count("needs", fr: "besoins ouverts", en: "open needs"))
            let byRoundStatus = try await counts("rounds", on: connection)
            for status in RoundStatus.allCases {
                entries.append(
                    Entry(
                        key: "rounds.\(status.rawValue)",
                        label: Bilingual(
                            fr: "sessions d’entraide \(status.several.fr)", en: "rounds, \(status.several.en)"
                        ),
                        value: "\(byRoundStatus[status.rawValue] ?? 0)"))
            }
            entries.append(
                try count("skills", fr: "compétences du vocabulaire", en: "skills of the vocabulary"))
            entries.append(try count("territories", fr: "territoires", en: "territories"))
            entries.append(
                try count(
                    "invited", fr: "invitées, sans réponse",
                    en: "invited, no answer yet"))
            entries.append(try count("size_kib", fr: "taille sur disque, Kio", en: "size on disk, KiB"))
            let (resting, reasons) = try await RestStore(connection: connection).counts(on: day)
            entries.append(
                Entry(
                    key: "resting",
                    label: Bilingual(fr: "communautés au repos", en: "communities that rest"),
                    value: "\(resting)"))
            for reason in RestReason.allCases {
                entries.append(
                    Entry(
                        key: "resting.\(reason.rawValue)",
                        label: Bilingual(
                            fr: "au repos : \(reason.label.fr)", en: "that rest: \(reason.label.en)"),
                        value: "\(reasons[reason] ?? 0)"))
            }
            return StatusReport(entries: entries, resting: resting)
        }
    }

    /// Rows of `table` by their status.
    private static func counts(_ table: StaticString, on connection: Connection) async throws -> [String: Int]
    {
        var counts: [String: Int] = [:]
        let rows = try await connection.query(
            "SELECT status, count(*) AS count FROM \(unsafeSQL: table.description) GROUP BY status")
        for row in rows { counts[try row.get("status", as: String.self)] = try row.get("count") }
        return counts
    }
}

extension CommunityStatus {
    /// Said of any number of communities.
    fileprivate var several: Bilingual {
        switch self {
        case .unconfirmed: label
        case .active: Bilingual(fr: "actives", en: "active")
        case .paused: label
        }
    }
}

extension RoundStatus {
    /// Said of any number of rounds.
    fileprivate var several: Bilingual {
        switch self {
        case .draft: Bilingual(fr: "en brouillon", en: "draft")
        case .open: Bilingual(fr: "ouvertes", en: "open")
        case .proposed: Bilingual(fr: "proposées", en: "proposed")
        case .published: Bilingual(fr: "publiées", en: "published")
        case .closed: Bilingual(fr: "closes", en: "closed")
        case .cancelled: Bilingual(fr: "annulées", en: "cancelled")
        }
    }
}
