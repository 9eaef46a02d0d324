/// Everything that a round reads, in canonical order: what is frozen before a round is run.
///
/// `init` sorts every list by the bytes of its slugs, drops repeated elements of lists that are sets, and
/// validates; two inputs that differ in the order of their rows only are equal.
///
/// - Complexity: O(n log n) in the number of rows.
package struct RoundInput: Sendable, Equatable {
    /// The numbers that belong to the round.
    package let parameters: Parameters
    /// The skills with their relations, by slug.
    package let vocabulary: [VocabularyEntry]
    /// The communities that take part, by slug; their offers and needs by skill.
    package let participants: [Participant]
    /// The communities that are known but do not take part, by slug.
    package let absentees: [Absentee]
    /// Matches of earlier rounds, by provider, receiver, skill, age.
    package let meetings: [Meeting]
    /// Pairs set aside, by provider, receiver.
    package let exclusions: [Exclusion]
    /// The lists that say who lies in the zones of the round, by zone.
    package let zones: [ZoneList]

    /// Sorts and validates. Throws `bad-slug`, `empty`, `duplicate`, `unknown-skill`, `out-of-range`,
    /// `circular-vocabulary`, `too-large`, `bad-parameter` for zones without a list or a bonus, or what ``Parameters/validate()`` throws; the subject is
    /// `community`, `community/skill` or `skill`.
    package init(
        parameters: Parameters = .standard, vocabulary: [VocabularyEntry], participants: [Participant],
        absentees: [Absentee] = [], meetings: [Meeting] = [], exclusions: [Exclusion] = [],
        zones: [ZoneList] = []
    ) throws(MatchingError) {
        try parameters.validate()
        self.parameters = parameters
        self.vocabulary = vocabulary.map(Self.canonical).sorted { precedes($0.slug, $1.slug) }
        self.participants = participants.map(Self.canonical).sorted { precedes($0.slug, $1.slug) }
        self.absentees = absentees.sorted { precedes($0.slug, $1.slug) }
        self.meetings = withoutRepeats(meetings.sorted(by: Self.inOrder))
        self.exclusions = withoutRepeats(exclusions.sorted(by: Self.inOrder))
        self.zones = zones.sorted { precedes($0.zone, $1.zone) }

        try Self.validate(vocabulary: self.vocabulary)
        let skills = SlugIndex(sorted: self.vocabulary.map(\.slug))
        for participant in self.participants { try Self.validate(participant, skills: skills) }
        try Self.refuseRepeats(self.participants.map(\.slug))
        for absentee in self.absentees {
            try Limits.checkSlug(absentee.slug)
            guard absentee.reason.isStanding else { throw MatchingError(.outOfRange, absentee.slug) }
        }
        let known = (self.participants.map(\.slug) + self.absentees.map(\.slug)).sorted(by: precedes)
        try Self.refuseRepeats(known)
        try Self.validate(self.zones, with: parameters, self.participants)
        for exclusion in self.exclusions {
            try Limits.checkSlug(exclusion.provider)
            try Limits.checkSlug(exclusion.receiver)
        }
        for meeting in self.meetings {
            try Limits.checkSlug(meeting.provider)
            try Limits.checkSlug(meeting.receiver)
            try Limits.checkSlug(meeting.skill)
            try Limits.check(
                meeting.roundsAgo, in: 1...Limits.rounds.upperBound, "\(meeting.provider)/\(meeting.receiver)"
            )
        }
    }

    // MARK: Canonical order

    private static func canonical(_ entry: VocabularyEntry) -> VocabularyEntry {
        var entry = entry
        entry.related.sort { precedes($0.slug, $1.slug) }
        return entry
    }

    private static func canonical(_ participant: Participant) -> Participant {
        var participant = participant
        participant.languages = canonicalSet(participant.languages)
        participant.modes = canonicalSet(participant.modes)
        participant.slots = canonicalSet(participant.slots)
        participant.zones = withoutRepeats(participant.zones.sorted(by: precedes))
        for index in participant.offers.indices {
            participant.offers[index].formats = canonicalSet(participant.offers[index].formats)
            participant.offers[index].modes = canonicalSet(participant.offers[index].modes)
            participant.offers[index].languages = canonicalSet(participant.offers[index].languages)
            participant.offers[index].slots = canonicalSet(participant.offers[index].slots)
        }
        for index in participant.needs.indices {
            participant.needs[index].formats = canonicalSet(participant.needs[index].formats)
            participant.needs[index].modes = canonicalSet(participant.needs[index].modes)
            participant.needs[index].languages = canonicalSet(participant.needs[index].languages)
            participant.needs[index].slots = canonicalSet(participant.needs[index].slots)
        }
        participant.offers.sort { precedes($0.skill, $1.skill) }
        participant.needs.sort { precedes($0.skill, $1.skill) }
        return participant
    }

    private static func inOrder(_ a: Meeting, _ b: Meeting) -> Bool {
        if a.provider != b.provider { return precedes(a.provider, b.provider) }
        if a.receiver != b.receiver { return precedes(a.receiver, b.receiver) }
        if a.skill != b.skill { return precedes(a.skill, b.skill) }
        return a.roundsAgo < b.roundsAgo
    }

    private static func inOrder(_ a: Exclusion, _ b: Exclusion) -> Bool {
        a.provider != b.provider ? precedes(a.provider, b.provider) : precedes(a.receiver, b.receiver)
    }

    // MARK: Validation

    /// Each bonus of a zone has a list and each list a bonus; who lies in a zone lies in one of them.
    private static func validate(
        _ zones: [ZoneList], with parameters: Parameters, _ participants: [Participant]
    ) throws(MatchingError) {
        let known = parameters.zoneBonuses.map(\.zone)
        guard zones.map(\.zone) == known else {
            throw MatchingError(.badParameter, (known + zones.map(\.zone)).joined(separator: ","))
        }
        for participant in participants {
            for zone in participant.zones where !known.contains(zone) {
                throw MatchingError(.badParameter, "\(participant.slug)/\(zone)")
            }
        }
    }

    private static func validate(vocabulary: [VocabularyEntry]) throws(MatchingError) {
        try refuseRepeats(vocabulary.map(\.slug))
        let skills = SlugIndex(sorted: vocabulary.map(\.slug))
        var broader = [Int?](repeating: nil, count: vocabulary.count)
        for (index, entry) in vocabulary.enumerated() {
            try Limits.checkSlug(entry.slug)
            if let slug = entry.broader {
                guard let found = skills[slug] else {
                    throw MatchingError(.unknownSkill, "\(entry.slug)/\(slug)")
                }
                broader[index] = found
            }
            try refuseRepeats(entry.related.map(\.slug), of: entry.slug)
            for related in entry.related {
                let subject = "\(entry.slug)/\(related.slug)"
                guard skills[related.slug] != nil else { throw MatchingError(.unknownSkill, subject) }
                try Limits.check(related.strength, in: 1...ppmOne, subject)
            }
        }
        if let circular = circularSkill(broader) {
            throw MatchingError(.circularVocabulary, vocabulary[circular].slug)
        }
    }

    /// The first skill that is its own ancestor, if any. Each skill is walked through once: `clear` marks
    /// those known to reach a top, `walk` those met by the present walk.
    private static func circularSkill(_ broader: [Int?]) -> Int? {
        var clear = [Bool](repeating: false, count: broader.count)
        var walk = [Int](repeating: -1, count: broader.count)
        for start in broader.indices {
            var current: Int? = start
            while let skill = current, !clear[skill] {
                if walk[skill] == start { return skill }
                walk[skill] = start
                current = broader[skill]
            }
            current = start
            while let skill = current, !clear[skill] {
                clear[skill] = true
                current = broader[skill]
            }
        }
        return nil
    }

    private static func validate(_ participant: Participant, skills: SlugIndex) throws(MatchingError) {
        let slug = participant.slug
        try Limits.checkSlug(slug)
        if let parent = participant.parent { try Limits.checkSlug(parent) }
        guard !participant.languages.isEmpty, !participant.modes.isEmpty else {
            throw MatchingError(.empty, slug)
        }
        try checkLanguages(participant.languages, slug)
        try Limits.check(participant.maxKm, in: Limits.kilometres, slug)
        try Limits.check(participant.give, in: Limits.carrying, slug)
        try Limits.check(participant.receive, in: Limits.carrying, slug)
        try Limits.check(participant.waiting, in: Limits.rounds, slug)
        if let position = participant.position {
            try Limits.check(position.latitudeE6, in: Limits.latitudeE6, slug)
            try Limits.check(position.longitudeE6, in: Limits.longitudeE6, slug)
        }
        try refuseRepeats(participant.offers.map(\.skill), of: slug)
        for offer in participant.offers {
            let subject = "\(slug)/\(offer.skill)"
            guard skills[offer.skill] != nil else { throw MatchingError(.unknownSkill, subject) }
            try Limits.check(offer.level, in: Limits.level, subject)
            try Limits.check(offer.capacity, in: Limits.carrying, subject)
            try checkLanguages(offer.languages, subject)
        }
        try refuseRepeats(participant.needs.map(\.skill), of: slug)
        for need in participant.needs {
            let subject = "\(slug)/\(need.skill)"
            guard skills[need.skill] != nil else { throw MatchingError(.unknownSkill, subject) }
            try Limits.check(need.levelNow, in: Limits.level, subject)
            try Limits.check(need.level, in: Limits.level, subject)
            try Limits.check(need.urgency, in: Limits.urgency, subject)
            try Limits.check(need.quantity, in: Limits.carrying, subject)
            try checkLanguages(need.languages, subject)
        }
    }

    private static func checkLanguages(_ languages: [String], _ subject: String) throws(MatchingError) {
        for language in languages {
            let isTag = language.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
            guard isTag, (1...Limits.slugBytes).contains(language.utf8.count) else {
                throw MatchingError(.badSlug, subject)
            }
        }
    }

    /// Throws `duplicate` when two neighbours of a sorted list are equal.
    private static func refuseRepeats(_ sorted: [String], of owner: String? = nil) throws(MatchingError) {
        for (a, b) in zip(sorted, sorted.dropFirst()) where a == b {
            throw MatchingError(.duplicate, owner.map { "\($0)/\(a)" } ?? a)
        }
    }
}

/// The elements of a sorted list, each once.
private func withoutRepeats<Element: Equatable>(_ sorted: [Element]) -> [Element] {
    var kept: [Element] = []
    for element in sorted where kept.last != element { kept.append(element) }
    return kept
}

/// The elements of a list of codes, each once, in the order of the code list.
private func canonicalSet<Code: CaseIterable & Equatable>(_ codes: [Code]) -> [Code] {
    Code.allCases.filter { codes.contains($0) }
}

/// The tags of a list of languages, each once, in the order of their bytes.
private func canonicalSet(_ languages: [String]) -> [String] {
    withoutRepeats(languages.sorted(by: precedes))
}
