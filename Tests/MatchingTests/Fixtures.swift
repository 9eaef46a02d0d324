import Matching

/// A small vocabulary: two families, one with a middle level, and one relation across.
let smallVocabulary = [
    VocabularyEntry(slug: "making"),
    VocabularyEntry(slug: "cutting", broader: "making"),
    VocabularyEntry(slug: "laser", broader: "cutting"),
    VocabularyEntry(slug: "vinyl", broader: "cutting"),
    VocabularyEntry(slug: "laser-metal", broader: "laser"),
    VocabularyEntry(slug: "running"),
    VocabularyEntry(slug: "accounts", broader: "running"),
    VocabularyEntry(
        slug: "budget", broader: "running",
        related: [VocabularyEntry.Related(slug: "laser", strength: 620_000)]),
]

/// A community that meets at a distance and speaks French, with what the test is about.
func place(
    _ slug: String, offers: [OfferInput] = [], needs: [NeedInput] = [],
    with change: (inout Participant) -> Void = { _ in }
) -> Participant {
    var participant = Participant(
        slug: slug, languages: ["fr"], modes: [.remote], offers: offers, needs: needs)
    change(&participant)
    return participant
}

/// A place that needs `skill`, and nothing else.
func needing(
    _ slug: String, _ skill: String = "laser", with change: (inout Participant) -> Void = { _ in }
) -> Participant {
    place(slug, needs: [NeedInput(skill: skill)], with: change)
}

/// A place that offers `skill`, and nothing else.
func offering(
    _ slug: String, _ skill: String = "laser", with change: (inout Participant) -> Void = { _ in }
) -> Participant {
    place(slug, offers: [OfferInput(skill: skill)], with: change)
}

func world(
    _ participants: Participant..., parameters: Parameters = .standard, absentees: [Absentee] = [],
    meetings: [Meeting] = [], exclusions: [Exclusion] = []
) throws -> RoundInput {
    try RoundInput(
        parameters: parameters, vocabulary: smallVocabulary, participants: participants,
        absentees: absentees, meetings: meetings, exclusions: exclusions)
}

/// The value of one factor for the first need and the first offer of a world; nil when not admissible.
func value(_ factor: Factor, _ input: RoundInput) throws -> Int? {
    try Market(input).score(need: 0, offer: 0)?.parts.first { $0.factor == factor }?.value
}

/// Why the pair is not a match, from the one entry that its explanation has.
func reason(_ input: RoundInput, receiver: String = "a", provider: String = "b") async throws -> WhyNot? {
    let entries = try await solveRound(input).explain(receiver: receiver, provider: provider)
    guard entries.count == 1, case .notMatched(let reason, _) = entries[0].outcome else { return nil }
    return reason
}

/// The details of the pair's one entry as `key=value` text.
func details(_ input: RoundInput, receiver: String = "a", provider: String = "b") async throws -> [String] {
    let entries = try await solveRound(input).explain(receiver: receiver, provider: provider)
    guard entries.count == 1, case .notMatched(_, let detail) = entries[0].outcome else { return [] }
    return detail.map(\.description)
}
