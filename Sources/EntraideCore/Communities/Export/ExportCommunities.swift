import Lines
import Matching
import Postgres

/// What communities are written as.
package enum ExportFormat: String, CaseIterable, Sendable {
    /// Whole profiles, which an import reads back.
    case entraide
    /// A table, and the same for a French Excel.
    case csv
    case excelFR = "excel-fr"
    /// The national format for places of digital mediation.
    case mednum
    /// Organisations, and offers and wants, for Murmurations.
    case murmurations
    case offersWants = "offers-wants"

    /// Made to be put on the web: it holds public communities alone, and no contact.
    package var isOpen: Bool {
        switch self {
        case .entraide, .csv, .excelFR: false
        case .mednum, .murmurations, .offersWants: true
        }
    }

    /// A table tells a community's status; what cannot tell it takes those that are active.
    var hasStatus: Bool { self == .csv || self == .excelFR }
}

/// Which communities an export is about.
package enum ExportScope: Sendable, Equatable {
    /// Those shown to anyone.
    case everyone
    /// Those of a network that are shown to its partners.
    case network(String)
    /// All that are held, for whoever keeps them.
    case all

    var detail: String {
        switch self {
        case .everyone: "public"
        case .network(let slug): "network:\(slug)"
        case .all: "all"
        }
    }
}

package struct ExportOptions: Sendable {
    package var format: ExportFormat
    package var scope = ExportScope.everyone
    /// Whether the contacts of those that agreed to be contacted go along.
    package var hasContacts = false
    /// What the national format asks for and is not held here.
    package var addresses = AddressBook()

    package init(_ format: ExportFormat) {
        self.format = format
    }

    /// Who is meant to read it.
    fileprivate var audience: Audience {
        switch scope {
        case .network(let slug) where !format.isOpen: .token(networks: [slug])
        case .everyone, .network: .anyone
        case .all: .coordinator
        }
    }

    /// Which of the communities meant may leave.
    fileprivate var shown: Query { audience.sees("c") }

    fileprivate var meant: Query {
        if case .network(let slug) = scope { return Query.isMember("c.id", of: [slug]) }
        return "true"
    }

    fileprivate var leaving: Query {
        format.hasStatus
            ? "\(meant) AND \(shown)" : "\(meant) AND \(shown) AND c.status = 'active'"
    }
}

/// Why a community does not go out.
package enum KeptBack: String, CaseIterable, Sendable {
    case notShown = "not-shown"
    case notActive = "not-active"
    /// The required fields of the national format.
    case noService = "no-service"
    case noSIRET = "no-siret"
    case noCommune = "no-commune"
    case noAddress = "no-address"
    case noPostcode = "no-postcode"
    case noDate = "no-date"
    /// A stored value that no line may carry.
    case notALine = "not-a-line"
}

/// What an export did.
package struct ExportReport: Sendable, Equatable {
    /// Communities that went out.
    package var written = 0
    package var keptBack: [KeptBack: Int] = [:]
}

/// A community on its way out: its profile, without what may not leave, and what the database knows beside it.
struct LeavingCommunity: Sendable {
    var profile: Profile
    var position: Position?
    var confirmedOn: String?
    var networks: [String] = []
    var commune: String?
    var postcodes: [String] = []
    var siret: String?

    init(profile: Profile) {
        self.profile = profile
    }
}

extension ExportOptions {
    /// - Throws: `bad-option`.
    fileprivate func check() throws(EntraideError) {
        guard format.isOpen else { return }
        let working = "--to entraide|csv|excel-fr"
        if hasContacts {
            throw EntraideError(
                .badOption, ["option": "--contacts", "value": format.rawValue, "expected": working])
        }
        if scope == .all {
            throw EntraideError(
                .badOption, ["option": "--all", "value": format.rawValue, "expected": working])
        }
    }

    fileprivate var detail: String {
        "to=\(format.rawValue) of=\(scope.detail) contacts=\(hasContacts ? "yes" : "no")"
    }
}

extension Communities {
    /// Writes communities by slug, a page at a time, in memory that does not grow with their number. That it was asked
    /// for is written down before the first line leaves.
    ///
    /// - Parameter emit: takes what is to be written.
    /// - Throws: `unknown-network`; `bad-option` for what an open format may not carry; what `emit` does.
    package func export(_ options: ExportOptions, _ emit: (String) throws -> Void) async throws
        -> ExportReport
    {
        try options.check()
        let writing = try ExportWriting(options, try await vocabulary())
        var report = try await beginExport(options)
        if let header = writing.header { try emit(header) }
        var last = ""
        while case let page = try await page(of: options, after: last), let end = page.last {
            last = end.profile.community.slug
            for community in page {
                switch writing.text(community) {
                case .success(let text):
                    report.written += 1
                    if !text.isEmpty { try emit(text) }
                case .failure(let kept): report.keptBack[kept.reason, default: 0] += 1
                }
            }
        }
        return report
    }

    /// Writes down that the export was asked for, and counts those that do not go out as a whole.
    private func beginExport(_ options: ExportOptions) async throws -> ExportReport {
        let (meant, shown, leaving) = (options.meant, options.shown, options.leaving)
        return try await database.write { connection in
            if case .network(let slug) = options.scope {
                try await NetworkStore(connection: connection).require([slug], for: .coordinator)
            }
            try await AuditStore(connection: connection).record(.communityExport, detail: options.detail)
            let counts = try await connection.query(
                """
                SELECT count(*) FILTER (WHERE NOT (\(shown))) AS hidden,
                  count(*) FILTER (WHERE \(shown) AND NOT (\(leaving))) AS inactive
                FROM communities AS c WHERE \(meant)
                """)
            var report = ExportReport()
            if let row = counts.first {
                let (hidden, inactive): (Int, Int) = (try row.get("hidden"), try row.get("inactive"))
                if hidden > 0 { report.keptBack[.notShown] = hidden }
                if inactive > 0 { report.keptBack[.notActive] = inactive }
            }
            return report
        }
    }

    private func page(of options: ExportOptions, after last: String) async throws -> [LeavingCommunity] {
        let leaving = options.leaving
        let hasContacts = options.hasContacts
        let audience = options.audience
        return try await database.read { connection in
            let slugs = try await connection.query(
                """
                SELECT c.slug FROM communities AS c WHERE c.slug > \(last) AND \(leaving)
                ORDER BY c.slug LIMIT \(Self.page)
                """
            ).map { try $0.get("slug") as String }
            guard !slugs.isEmpty else { return [] }
            let store = CommunityStore(connection: connection)
            let stored = try await store.profiles(where: "c.slug = ANY(\(slugs))")
            let parents = try await store.among(
                Set(stored.compactMap(\.profile.community.parent)).sorted(), leaving)
            let beside = try await store.beside(slugs, for: audience)
            return stored.map { stored in
                var profile = stored.profile
                // One that does not go out itself is not named either.
                if let parent = profile.community.parent, !parents.contains(parent) {
                    profile.community.parent = nil
                }
                if !hasContacts || !profile.consents(to: .contact) { profile.contact = nil }
                // A suggestion is nobody's promise.
                profile.offers.removeAll(where: \.suggested)
                var community =
                    beside[profile.community.slug] ?? LeavingCommunity(profile: profile)
                community.profile = profile
                community.position = stored.resolvedPosition
                community.confirmedOn = stored.confirmedOn
                return community
            }
        }
    }
}

extension CommunityStore {
    /// Those of `slugs` that `condition` selects.
    fileprivate func among(_ slugs: [String], _ condition: Query) async throws -> Set<String> {
        guard !slugs.isEmpty else { return [] }
        return Set(
            try await connection.query(
                "SELECT c.slug FROM communities AS c WHERE c.slug = ANY(\(slugs)) AND \(condition)"
            ).map { try $0.get("slug") as String })
    }

    /// What stands beside the profiles of `slugs`.
    fileprivate func beside(
        _ slugs: [String], for audience: Audience
    ) async throws -> [String: LeavingCommunity] {
        var found: [String: LeavingCommunity] = [:]
        for row in try await connection.query(
            """
            SELECT c.slug, t.name AS commune, coalesce(t.postcodes, '{}') AS postcodes,
              (SELECT min(s.source_id) FROM sources AS s WHERE s.community_id = c.id AND s.source = 'siret') AS siret,
              ARRAY(SELECT w.slug::text FROM memberships AS m JOIN networks AS w ON w.id = m.network_id
                WHERE m.community_id = c.id AND \(audience.seesNetwork("w")) ORDER BY w.slug) AS networks
            FROM communities AS c LEFT JOIN territories AS t ON t.code = c.territory WHERE c.slug = ANY(\(slugs))
            """)
        {
            let slug: String = try row.get("slug")
            var community = LeavingCommunity(
                profile: Profile(community: Community(slug: slug, name: "", kind: .other)))
            community.commune = try row.get("commune")
            community.postcodes = try row.get("postcodes")
            community.siret = try row.get("siret")
            community.networks = try row.get("networks")
            found[slug] = community
        }
        return found
    }
}
