import Lines
import Matching
import Postgres

extension Rounds {
    /// A profile older than this many days is not relied on.
    ///
    /// The design names no figure; a year is one season of an association, from one general assembly to the next.
    package static let freshDays = 365

    /// Everything that a round reads, as it stands in one snapshot on `day`: profiles that take part, who does not and
    /// why, the vocabulary, past meetings. A round of some networks knows their communities alone.
    func freeze(_ round: Round, on day: String, from connection: Connection) async throws -> RoundInput {
        var parameters = Parameters.standard
        do { try parameters.set(round.parameters) } catch { throw EntraideError(error) }
        let stored = try await CommunityStore(connection: connection).profiles(
            where: round.networks.isEmpty ? "true" : .isMember("c.id", of: round.networks))
        let stale = Set(
            try await connection.query(
                "SELECT slug FROM communities WHERE confirmed_on < \(day)::date - \(Self.freshDays)::int"
            ).map { try $0.get("slug") as String })
        let waiting = try await RoundStore(connection: connection).waiting(
            before: round.slug, rounds: parameters.waitingRounds)
        var zones: [(list: ZoneList, territories: ZoneTerritories)] = []
        for bonus in parameters.zoneBonuses {
            let (zone, territories) = try await ZoneStore(connection: connection).list(
                of: bonus.zone, on: day)
            zones.append(
                (ZoneList(zone: zone.slug, vintage: zone.vintage, source: zone.source), territories))
        }
        var participants: [Participant] = []
        var absentees: [Absentee] = []
        for one in stored {
            let community = one.profile.community
            if let reason = Self.absence(one, on: day, isStale: stale.contains(community.slug)) {
                absentees.append(Absentee(slug: community.slug, reason: reason))
            } else {
                let inside = zones.filter { zone in
                    community.territory.map { zone.territories.contain($0) } ?? false
                }
                participants.append(
                    one.participant(
                        on: day, waiting: waiting[community.slug] ?? 0, zones: inside.map(\.list.zone)))
            }
        }
        let meetings = try await RoundStore(connection: connection).meetings(
            before: round.slug, rounds: max(parameters.repeatRounds, parameters.noveltyRounds))
        let vocabulary = try await SkillStore(connection: connection).vocabulary()
        do {
            return try RoundInput(
                parameters: parameters, vocabulary: vocabulary.matchingEntries, participants: participants,
                absentees: absentees, meetings: meetings, zones: zones.map(\.list))
        } catch {
            throw EntraideError(error)
        }
    }

    /// Why a community does not take part, if it does not.
    private static func absence(_ one: StoredProfile, on day: String, isStale: Bool) -> WhyNot? {
        switch one.status(on: day) {
        case .unconfirmed: .unconfirmed
        case .paused: .paused
        case .active: !one.profile.consents(to: .matching) ? .noConsent : isStale ? .stale : nil
        }
    }
}

extension StoredProfile {
    /// What matching reads of a profile on `day`: no name, no contact; promises that stand and needs not past their date.
    ///
    /// - Parameters:
    ///   - waiting: rounds since it last received a match.
    ///   - zones: those of the round that it lies in.
    fileprivate func participant(on day: String, waiting: Int, zones: [String]) -> Participant {
        let c = profile.community
        return Participant(
            slug: c.slug, parent: c.parent, languages: c.languages, modes: c.modes, slots: c.slots,
            maxKm: c.maxKm,
            give: c.give, receive: c.receive, position: resolvedPosition,
            waiting: waiting, zones: zones,
            offers: profile.offers.filter { !$0.suggested && ($0.until.map { $0 >= day } ?? true) }.map(
                \.terms),
            needs: profile.needs.filter { $0.neededBy.map { $0 >= day } ?? true }.map(\.terms))
    }
}
