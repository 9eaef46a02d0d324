import Lines
import Postgres

/// The use cases on networks. A community may be in many.
package struct Networks: Sendable {
    package let database: Database
    /// Whether writes are rehearsed and rolled back.
    package let dryRun: Bool

    package init(_ database: Database, dryRun: Bool = false) {
        self.database = database
        self.dryRun = dryRun
    }

    /// - Throws: `bad-slug`, `bad-text`, `duplicate-network`.
    @discardableResult
    package func add(_ slug: String, name: String) async throws -> Network {
        let network = Network(
            slug: try FieldCheck.slug(slug, field: "network"),
            name: try FieldCheck.text(name, limit: ProfileLimits.name, field: "name"))
        return try await database.write(dryRun: dryRun) { connection in
            guard try await NetworkStore(connection: connection).insert(network) else {
                throw EntraideError(.duplicateNetwork, ["network": slug])
            }
            try await AuditStore(connection: connection).record(.networkAdd, slug)
            return network
        }
    }

    /// Every network, by slug.
    package func list() async throws -> [Network] {
        try await database.read { connection in
            try await NetworkStore(connection: connection).networks()
        }
    }

    /// Who is in a network, by slug.
    ///
    /// - Throws: `unknown-network`.
    package func members(of network: String) async throws -> [Membership] {
        try await database.read { connection in
            let store = NetworkStore(connection: connection)
            try await store.require([network])
            return try await store.members(of: network)
        }
    }

    /// Brings a community into a network, or to another college of it.
    ///
    /// - Throws: `unknown-network`, `unknown-community`, `bad-text`.
    @discardableResult
    package func join(_ membership: Membership) async throws -> Membership {
        let membership = try membership.checked()
        try await database.write(dryRun: dryRun) { connection in
            _ = try await Self.join(membership, on: connection)
            try await AuditStore(connection: connection).record(
                .networkJoin, membership.community, detail: "network=\(membership.network)")
        }
        return membership
    }

    /// Takes a community out of a network.
    ///
    /// - Throws: `unknown-network`, `unknown-community`, `not-a-member`.
    package func leave(_ community: String, _ network: String) async throws {
        try await database.write(dryRun: dryRun) { connection in
            let store = NetworkStore(connection: connection)
            try await store.require([network])
            _ = try await Communities.show(community, for: .coordinator, from: connection)
            guard try await store.leave(community, network) else {
                throw EntraideError(.notAMember, ["community": community, "network": network])
            }
            try await AuditStore(connection: connection).record(
                .networkLeave, community, detail: "network=\(network)")
        }
    }

    /// Reads memberships, csv with a header: `community,network,college,referent`, the last two as they please. Rows that are
    /// wrong are listed and the others go in; who is in and not in the file stays; the same again changes nothing.
    ///
    /// - Throws: `empty-file`, what is wrong with the header, what is wrong with the database.
    /// - Complexity: a statement a row.
    package func importMemberships(_ bytes: [UInt8], file: String) async throws -> ImportReport {
        let lines: RecordSequence<MembershipRecord>
        do { lines = try LineReader.read(MembershipRecord.self, bytes: bytes, format: .csv) } catch {
            throw EntraideError(error).within(file: file)
        }
        var report = ImportReport()
        var wanted: [(row: Int, membership: Membership)] = []
        for line in lines {
            report.read += 1
            do throws(EntraideError) {
                let record: MembershipRecord
                do { record = try line.record.get() } catch { throw EntraideError(error) }
                wanted.append((line.line, try Membership(record).checked()))
            } catch {
                report.refused.append(
                    ImportReport.Refusal(row: line.line, error: error.within(file: file, line: line.line)))
            }
        }
        guard report.read > 0 else { throw EntraideError(.emptyFile, at: Place(file: file)) }
        let (outcomes, refusals) = try await database.write(dryRun: dryRun) { [wanted] connection in
            var outcomes: [WriteOutcome] = []
            var refusals: [ImportReport.Refusal] = []
            for (row, membership) in wanted {
                // What is refused here was looked up and not written: nothing is to be undone.
                do { outcomes.append(try await Self.join(membership, on: connection)) } catch let error
                    as EntraideError where error.code.exitStatus == 66
                {
                    refusals.append(
                        ImportReport.Refusal(row: row, error: error.within(file: file, line: row)))
                }
            }
            try await AuditStore(connection: connection).record(
                .networkImport, detail: "rows=\(outcomes.count)")
            return (outcomes, refusals)
        }
        for outcome in outcomes { report.count(outcome) }
        report.refused = (report.refused + refusals).sorted { $0.row < $1.row }
        return report
    }

    private static func join(_ membership: Membership, on connection: Connection) async throws -> WriteOutcome
    {
        let store = NetworkStore(connection: connection)
        try await store.require([membership.network])
        _ = try await Communities.show(membership.community, for: .coordinator, from: connection)
        return try await store.join(membership)
    }
}

extension Membership {
    /// - Throws: `unknown-code` for a referent that is neither `yes` nor `no`.
    fileprivate init(_ record: MembershipRecord) throws(EntraideError) {
        self.init(community: record.community, network: record.network, college: record.college)
        switch record.referent.map({ Folding.fold($0) }) {
        case nil, "no", "non", "": isReferent = false
        case "yes", "oui", "x": isReferent = true
        case .some(let other):
            throw EntraideError(
                .unknownCode, ["value": excerpt(of: other), "allowed": "yes, no"],
                at: Place(field: "referent"))
        }
    }

    fileprivate func checked() throws(EntraideError) -> Membership {
        var checked = self
        checked.college = try college.map { text throws(EntraideError) in
            try FieldCheck.text(text, limit: ProfileLimits.name, field: "college")
        }
        return checked
    }
}
