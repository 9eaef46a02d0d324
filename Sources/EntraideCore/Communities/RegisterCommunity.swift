package import Lines
import Postgres

extension Communities {
    /// Registers communities, all or none.
    ///
    /// A parent may stand in the same call, before or after its children.
    ///
    /// - Parameter profiles: what was read or typed, each with the place it came from.
    /// - Returns: what was registered, in the order given, as the transaction left it.
    /// - Throws: `duplicate-community`, `duplicate-in-file`, `bad-parent`.
    package func register(
        _ profiles: [Profile], by attestation: Attestation, on day: String
    ) async throws -> [CommunityRecord] {
        let attestation = attestation.noted
        var seen: Set<String> = []
        for profile in profiles where !seen.insert(profile.community.slug).inserted {
            throw EntraideError(
                .duplicateInFile, ["value": profile.community.slug], at: Place(field: "community"))
        }
        let ordered = profiles.parentsFirst { $0.community }
        return try await database.write(dryRun: dryRun) { connection in
            let store = CommunityStore(connection: connection)
            for var profile in ordered {
                if attestation.onBehalf { profile.consent[.matching] = true }
                profile.community.status = .active
                try await store.insert(profile, confirmedOn: day, channel: attestation.channel)
                try await AuditStore(connection: connection).record(
                    .communityRegister, profile.community.slug, detail: attestation.detail)
            }
            var records: [CommunityRecord] = []
            for profile in profiles {
                records.append(
                    try await Self.show(profile.community.slug, for: .coordinator, from: connection))
            }
            return records
        }
    }
}

extension Array {
    /// The same elements, each after its parent when that is among them; else in their order. Members of a circle of
    /// parents come last, for the store to refuse. Linear.
    func parentsFirst(_ community: (Element) -> Community) -> [Element] {
        var place: [String: Int] = [:]
        for (index, element) in enumerated() where place[community(element).slug] == nil {
            place[community(element).slug] = index
        }
        var state = [UInt8](repeating: 0, count: count)
        var ordered: [Element] = []
        for start in indices {
            // Walk up to the first ancestor that is placed already, then come down again.
            var chain: [Int] = []
            var current: Int? = start
            while let index = current, state[index] == 0 {
                state[index] = 1
                chain.append(index)
                current = community(self[index]).parent.flatMap { place[$0] }
            }
            for index in chain.reversed() {
                state[index] = 2
                ordered.append(self[index])
            }
        }
        return ordered
    }
}
