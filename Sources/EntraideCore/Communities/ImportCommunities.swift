import Matching
import Postgres

extension Communities {
    /// Imports whole profiles, an ndjson line each: new communities are added, others brought to what the line says.
    /// A line that is wrong is listed and the others go in; running it again changes nothing.
    ///
    /// Consents are noted as read in a file, unless a coordinator answers for them.
    ///
    /// - Parameter proposing: whether a skill that nobody knows is kept as a proposed one, instead of refusing its line;
    ///   as many as in a table.
    /// - Throws: what concerns the whole file or the database.
    package func importProfiles(
        _ bytes: [UInt8], file: String, by attestation: Attestation, on day: String, proposing: Bool = false
    ) async throws -> ImportReport {
        let attestation = attestation.ofFile
        var reading = ProfileReading(vocabulary: try await vocabulary(), file: file, proposing: proposing)
        var report = ImportReport()
        var rows: [(row: Int, item: Profile)] = []
        var seen: Set<String> = []
        for (number, line) in ProfileDocument.lines(bytes.withoutByteOrderMark)
        where line.contains(where: { $0 != 0x20 && $0 != 0x09 }) {
            report.read += 1
            do throws(EntraideError) {
                let profile = try reading.profile(line: line, number: number)
                guard seen.insert(profile.community.slug).inserted else {
                    throw EntraideError(
                        .duplicateInFile, ["value": profile.community.slug],
                        at: Place(file: file, line: number, field: "community"))
                }
                rows.append((number, profile))
            } catch {
                report.refused.append(ImportReport.Refusal(row: number, error: error))
            }
        }
        if report.read == 0 { throw EntraideError(.emptyFile, at: Place(file: file)) }
        let ordered = rows.parentsFirst { $0.item.community }
        let proposed = Dictionary(reading.vocabulary.proposed.map { ($0.slug, $0) }) { first, _ in first }
        report.proposed = Set(ordered.flatMap { $0.item.skills }.filter { proposed[$0] != nil }).sorted()
        try await writeRows(ordered, into: &report, file: file, named: \.community.slug) { store, profile in
            let unknown = profile.skills.compactMap { proposed[$0] }
            if !unknown.isEmpty { try await SkillStore(connection: store.connection).propose(unknown) }
            return try await bring(profile, with: store, by: attestation, on: day)
        }
        let refused = Set(report.refused.map(\.row))
        report.past = rows.filter { !refused.contains($0.row) }.flatMap { $0.item.past(on: day) }
        if report.added + report.updated > 0 { try await recordImport(report.detail(from: "entraide")) }
        return report
    }

    /// Adds a community, or brings the one that stands to `profile`.
    private func bring(
        _ profile: Profile, with store: CommunityStore, by attestation: Attestation, on day: String
    ) async throws -> WrittenRow {
        var wanted = profile
        if attestation.onBehalf { wanted.consent[.matching] = true }
        let slug = profile.community.slug
        guard try await store.lock(slug), let stored = try await store.profile(slug) else {
            if try await ErasureStore(connection: store.connection).isErased(slug) {
                throw EntraideError(.erasedBefore, at: Place(field: "community"))
            }
            wanted.community.status = .active
            try await store.insert(wanted, confirmedOn: day, channel: attestation.channel)
            try await store.audit(.communityRegister, slug, by: attestation, from: "entraide")
            return WrittenRow(outcome: .added)
        }
        if let source = wanted.sourceID, try await store.isLinked(wanted.community.slug, to: source) {
            // A community may have come from several places; the profile tells one of them.
            wanted.sourceID = nil
        }
        wanted = wanted.replacing(stored.profile)
        if wanted == stored.profile { return WrittenRow(outcome: .unchanged) }
        try await store.replace(with: wanted, channel: attestation.channel)
        try await store.audit(.communityUpdate, slug, by: attestation, from: "entraide")
        return WrittenRow(outcome: .updated, isNewContact: wanted.contact != stored.profile.contact)
    }
}

extension Profile {
    /// Slugs of what it offers and needs.
    var skills: [String] { offers.map(\.terms.skill) + needs.map(\.terms.skill) }
}

extension [UInt8] {
    /// The bytes after UTF-8's byte order mark, which spreadsheets put first.
    var withoutByteOrderMark: [UInt8] {
        starts(with: [0xEF, 0xBB, 0xBF]) ? Array(dropFirst(3)) : self
    }
}
