import Matching
import Proof
import Testing

@Suite("Explanations")
struct ExplanationTests {
    // MARK: Fixtures

    @Test("A match is explained by its number and its score")
    func matched() async throws {
        let round = try await solveRound(world(needing("a"), offering("b")))
        let entries = try round.explain(receiver: "a", provider: "b")
        #expect(entries.map(\.outcome) == [.matched(number: 1, score: round.matches[0].score)])
        #expect(entries[0].need == "laser" && entries[0].offer == "laser")
    }

    @Test("An offer that another gains more from is full")
    func offerFull() async throws {
        let input = try world(needing("a") { $0.waiting = 0 }, needing("c") { $0.waiting = 3 }, offering("b"))
        #expect(try await reason(input) == .offerFull)
        let details = try await details(input)
        #expect(
            details.contains("limit=offer") && details.contains("size=1") && details.contains("score=850000"))
    }

    @Test(
        "Limits of nothing are full from the start",
        arguments: [
            (WhyNot.needMet, 0), (.receiverFull, 1), (.offerFull, 2), (.providerFull, 3),
        ])
    func limitsOfNothing(expected: WhyNot, which: Int) async throws {
        let input = try world(
            needing("a") {
                if which == 0 { $0.needs[0].quantity = 0 }
                if which == 1 { $0.receive = 0 }
            },
            offering("b") {
                if which == 2 { $0.offers[0].capacity = 0 }
                if which == 3 { $0.give = 0 }
            })
        #expect(try await reason(input) == expected)
        #expect(try await details(input).contains("size=0"))
    }

    @Test("A pair that scores nothing is left out for its score")
    func scoreOfNothing() async throws {
        var parameters = Parameters.standard
        for factor in Factor.allCases { parameters.weights[factor] = factor == .waiting ? 1_000_000 : 0 }
        parameters.receiptBonuses = []
        let input = try world(needing("a"), offering("b"), parameters: parameters)
        #expect(try await solveRound(input).matches.isEmpty)
        #expect(try await details(input) == ["factor=score", "score=0"])
    }

    @Test("Several related pairs have an entry each, by need then offer")
    func several() async throws {
        let input = try world(
            place("a", needs: ["laser", "vinyl", "accounts"].map { NeedInput(skill: $0) }),
            place("b", offers: ["cutting", "laser"].map { OfferInput(skill: $0) }))
        let entries = try await solveRound(input).explain(receiver: "a", provider: "b")
        #expect(
            entries.map { "\($0.need ?? "-") \($0.offer ?? "-")" } == [
                "laser cutting", "laser laser", "vinyl cutting", "vinyl laser",
            ])
    }

    @Test("A slug the round does not know is refused")
    func unknown() async throws {
        let round = try await solveRound(world(needing("a"), offering("b")))
        #expect(throws: MatchingError(.unknownCommunity, "z")) {
            try round.explain(receiver: "a", provider: "z")
        }
        #expect(throws: MatchingError(.unknownCommunity, "z")) {
            try round.explain(receiver: "z", provider: "b")
        }
        #expect(throws: MatchingError(.unknownCommunity, "z")) { try round.explain(receiver: "z") }
        #expect(throws: MatchingError(.unknownCommunity, "z")) { try round.explain(provider: "z") }
    }

    @Test("Of offers equally near in skill, the one that met the latest filter is told")
    func latestFilter() async throws {
        // c fails on language (later), b on an exclusion (earlier): c came nearer.
        let input = try world(
            needing("a"), offering("b"), offering("c") { $0.languages = ["oc"] }, offering("d", "accounts"),
            exclusions: [Exclusion(provider: "b", receiver: "a")])
        let entries = try await solveRound(input).explain(receiver: "a")
        #expect(entries.count == 1)
        #expect(entries[0].provider == "c")
        guard case .notMatched(.noSharedLanguage, _) = entries[0].outcome else {
            Issue.record("\(entries[0].outcome)")
            return
        }
    }

    @Test("An offer of the very skill is told before a related one that met a later filter")
    func skillBeforeFilter() async throws {
        // b offers the very skill and is excluded; c offers a sibling and is only too far.
        let input = try world(
            needing("a") { $0.modes = [.onSite] }, offering("b") { $0.modes = [.onSite] },
            offering("c", "vinyl") { $0.modes = [.onSite] },
            exclusions: [Exclusion(provider: "b", receiver: "a")])
        let round = try await solveRound(input)
        #expect(try told(round.explain(receiver: "a")) == ["a laser b laser excluded"])
        #expect(try told(round.explain(provider: "c")) == ["a laser c vinyl too_far"])
    }

    @Test("A need of the very skill is told before a related one that met a later filter")
    func skillBeforeFilterForProvider() async throws {
        let input = try world(
            needing("a") { $0.languages = ["oc"] }, needing("c", "vinyl") { $0.modes = [.onSite] },
            offering("b") { $0.modes = [.onSite] })
        #expect(
            try await told(solveRound(input).explain(provider: "b")) == ["a laser b laser no_shared_language"]
        )
    }

    @Test("A pair that met a full limit is told before any filter, however near in skill")
    func limitBeforeSkill() async throws {
        let input = try world(
            needing("a"), offering("b") { $0.languages = ["oc"] },
            offering("c", "vinyl") { $0.offers[0].capacity = 0 })
        #expect(try await told(solveRound(input).explain(receiver: "a")) == ["a laser c vinyl offer_full"])
    }

    @Test("An admissible pair that scores nothing is past every filter, but after a nearer skill")
    func scoreOfNothingAmongOthers() async throws {
        var parameters = Parameters.standard
        for factor in Factor.allCases { parameters.weights[factor] = factor == .waiting ? 1_000_000 : 0 }
        parameters.receiptBonuses = []
        func nearest(_ skill: String) async throws -> [String] {
            let input = try world(
                needing("a"), offering("b") { $0.languages = ["oc"] }, offering("c", skill),
                parameters: parameters)
            return try await told(solveRound(input).explain(receiver: "a"))
        }
        #expect(try await nearest("laser") == ["a laser c laser below_floor"])
        #expect(try await nearest("vinyl") == ["a laser b laser no_shared_language"])
    }

    /// Receiver, need, provider, offer and reason of entries that are no match.
    private func told(_ entries: [PairExplanation]) -> [String] {
        entries.map { entry in
            guard case .notMatched(let reason, _) = entry.outcome else { return "matched" }
            return [entry.receiver, entry.need, entry.provider, entry.offer, reason.rawValue]
                .map { $0 ?? "-" }.joined(separator: " ")
        }
    }

    @Test("Among those too far, the nearest place is named; an unknown place comes last")
    func nearestPlace() async throws {
        func at(_ latitude: Int?) -> (inout Participant) -> Void {
            {
                $0.modes = [.onSite]
                $0.position = latitude.map { Position(latitudeE6: $0, longitudeE6: 0) }
            }
        }
        let input = try world(
            needing("a", with: at(47_000_000)), offering("b", with: at(nil)),
            offering("c", with: at(49_000_000)),
            offering("d", with: at(48_000_000)))
        #expect(try await solveRound(input).explain(receiver: "a").map(\.provider) == ["d"])
    }

    @Test("A need that nobody answers, and an offer that nobody needs, say no offer")
    func nobody() async throws {
        let input = try world(
            place("a", offers: [OfferInput(skill: "laser")], needs: [NeedInput(skill: "laser")]),
            offering("b", "accounts"))
        let round = try await solveRound(input)
        #expect(try round.explain(receiver: "a").map(\.outcome) == [.notMatched(.noOffer, detail: [])])
        #expect(try round.explain(provider: "b").map(\.outcome) == [.notMatched(.noOffer, detail: [])])
        #expect(try round.explain(receiver: "b").isEmpty)
    }

    @Test("A provider alone is told its matches, or the need that came nearest")
    func provider() async throws {
        let input = try world(
            needing("a"), needing("c") { $0.languages = ["oc"] }, offering("b"),
            offering("d", "vinyl") { $0.languages = ["oc"] })
        let round = try await solveRound(input)
        #expect(try round.explain(provider: "b").map(\.receiver) == ["a"])
        #expect(try round.explain(provider: "d").map(\.receiver) == ["c"])
    }

    @Test("One that does not take part is told its standing")
    func standing() async throws {
        let round = try await solveRound(
            world(needing("a"), absentees: [Absentee(slug: "b", reason: .stale)]))
        let detail = try round.explain(receiver: "b").map(\.outcome)
        #expect(detail == (try round.explain(provider: "b").map(\.outcome)))
        guard case .notMatched(.stale, let pairs) = detail.first else {
            Issue.record("\(detail)")
            return
        }
        #expect(pairs.map(\.description) == ["community=b"])
    }

    // MARK: Every pair of random worlds

    @Test(
        "Every pair that is no match has the reason that the plain rules give",
        arguments: [(8, 80), (30, 12), (150, 1)])
    func everyPair(size: Int, worlds: UInt64) async throws {
        var met: Set<WhyNot> = []
        for seed in 1...worlds {
            let input = try RandomWorld(seed: seed, size: size).input()
            let round = try await solveRound(input)
            let oracle = PlainOracle(input)
            var seen = 0
            for receiver in input.participants {
                for provider in input.participants {
                    let entries = try round.explain(receiver: receiver.slug, provider: provider.slug)
                    let expected = plainPairs(receiver, provider, oracle)
                    try #require(entries.count == max(1, expected.count), "seed \(seed)")
                    for (index, entry) in entries.enumerated() {
                        seen += isMatched(entry) ? 1 : 0
                        if case .notMatched(let reason, _) = entry.outcome { met.insert(reason) }
                        check(
                            entry, expected.isEmpty ? nil : expected[index], round, input,
                            (receiver, provider), oracle)
                    }
                }
            }
            #expect(seen == round.matches.count)
            for absentee in input.absentees {
                for entry in try round.explain(receiver: receiverSlug(input), provider: absentee.slug) {
                    guard case .notMatched(absentee.reason, _) = entry.outcome else {
                        Issue.record("\(entry)")
                        continue
                    }
                    met.insert(absentee.reason)
                }
            }
        }
        // Between them the worlds show every reason that there is.
        #expect(met == Set(WhyNot.allCases))
    }

    private typealias PlainPair = (need: NeedInput, offer: OfferInput)

    private func receiverSlug(_ input: RoundInput) -> String { input.participants.first?.slug ?? "" }

    private func plainPairs(_ receiver: Participant, _ provider: Participant, _ oracle: PlainOracle)
        -> [PlainPair]
    {
        if receiver.slug == provider.slug { return [] }
        return receiver.needs.flatMap { need in
            provider.offers.filter { oracle.proximity(need.skill, $0.skill) > 0 }.map { (need, $0) }
        }
    }

    private func isMatched(_ entry: PairExplanation) -> Bool {
        if case .matched = entry.outcome { return true }
        return false
    }

    /// One entry against the plain rules.
    private func check(
        _ entry: PairExplanation, _ pair: PlainPair?, _ round: SolvedRound, _ input: RoundInput,
        _ sides: (receiver: Participant, provider: Participant), _ oracle: PlainOracle
    ) {
        guard let pair else {
            // No related pair: whose they are, or nothing in common. Any skills will do for the plain rules.
            let blank = VocabularyEntry(slug: "none")
            let finding = oracle.finding(
                sides.receiver, NeedInput(skill: blank.slug), sides.provider, OfferInput(skill: "other"))
            guard case .refused(let expected) = finding, case .notMatched(expected, _) = entry.outcome else {
                Issue.record("\(entry) against \(finding)")
                return
            }
            return
        }
        #expect(entry.need == pair.need.skill && entry.offer == pair.offer.skill)
        let finding = oracle.finding(sides.receiver, pair.need, sides.provider, pair.offer)
        switch (finding, entry.outcome) {
        case (.refused(let expected), .notMatched(let reason, _)):
            #expect(reason == expected)
        case (.admissible(let values), .matched(let number, let score)):
            #expect(score.parts.map(\.value) == values)
            #expect(
                round.matches[number - 1].key
                    == MatchKey(
                        receiver: sides.receiver.slug, need: pair.need.skill, provider: sides.provider.slug,
                        offer: pair.offer.skill))
        case (.admissible(let values), .notMatched(let reason, let detail)):
            let expected = plainLimit(pair, round, sides, score: oracle.score(values))
            #expect(reason == expected?.reason)
            #expect(detail.map(\.description) == expected?.detail)
        default:
            Issue.record("\(entry) against \(finding)")
        }
    }

    /// The fullest of the four limits, counted from the list of matches.
    private func plainLimit(
        _ pair: PlainPair, _ round: SolvedRound, _ sides: (receiver: Participant, provider: Participant),
        score: Int
    ) -> (reason: WhyNot, detail: [String])? {
        let (receiver, provider) = sides
        guard let r = round.communities.firstIndex(of: receiver.slug),
            let g = round.communities.firstIndex(of: provider.slug),
            let n = round.needs.firstIndex(of: Listing(community: r, skill: pair.need.skill)),
            let o = round.offers.firstIndex(of: Listing(community: g, skill: pair.offer.skill))
        else { return nil }
        let received = round.matches.filter { $0.receiver == receiver.slug }
        let given = round.matches.filter { $0.provider == provider.slug }
        let rows: [(WhyNot, String, Int, Int, Int)] = [
            (
                .needMet, "need", pair.need.quantity, received.filter { $0.need == pair.need.skill }.count,
                round.prices.needs[n]
            ),
            (.receiverFull, "receiver", receiver.receive, received.count, round.prices.receivers[r]),
            (
                .offerFull, "offer", pair.offer.capacity, given.filter { $0.offer == pair.offer.skill }.count,
                round.prices.offers[o]
            ),
            (.providerFull, "provider", provider.give, given.count, round.prices.providers[g]),
        ]
        let fullRows = rows.filter { $0.3 == $0.2 }
        guard let top = fullRows.map(\.4).max(), let row = fullRows.first(where: { $0.4 == top }) else {
            return nil
        }
        let slack = score - rows.reduce(0) { $0 + $1.4 }
        #expect(slack <= 0)
        return (
            row.0, ["limit=\(row.1)", "size=\(row.2)", "price=\(row.4)", "score=\(score)", "slack=\(slack)"]
        )
    }

    // MARK: Everyone

    @Test(
        "Every need is served or has its reason, and so has every offer",
        arguments: [(8, 30), (30, 6), (150, 1)])
    func everyone(size: Int, worlds: UInt64) async throws {
        for seed in 1...worlds {
            let input = try RandomWorld(seed: seed, size: size).input()
            let round = try await solveRound(input)
            let oracle = PlainOracle(input)
            for community in input.participants {
                let received = try round.explain(receiver: community.slug)
                #expect(unique(received.compactMap(\.need)) == community.needs.map(\.skill))
                let given = try round.explain(provider: community.slug)
                #expect(unique(given.compactMap(\.offer)) == community.offers.map(\.skill))
                #expect(
                    received.filter(isMatched).count
                        == round.matches.filter { $0.receiver == community.slug }.count)
                #expect(
                    given.filter(isMatched).count
                        == round.matches.filter { $0.provider == community.slug }.count)
                for entry in received + given {
                    try checkNearest(entry, community, round, oracle)
                }
            }
        }
    }

    private func unique(_ list: [String]) -> [String] {
        list.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    /// The pair that is told of an unmatched need or offer is the nearest of all of its pairs, found by a scan
    /// of everyone in canonical order.
    private func checkNearest(
        _ entry: PairExplanation, _ community: Participant, _ round: SolvedRound, _ oracle: PlainOracle
    ) throws {
        guard case .notMatched = entry.outcome else { return }
        let asReceiver = entry.receiver == community.slug
        var nearest: (pair: PairExplanation, nearness: [Int])?
        for other in oracle.input.participants where other.slug != community.slug {
            let (receiver, provider) = asReceiver ? (community, other) : (other, community)
            for pair in try round.explain(receiver: receiver.slug, provider: provider.slug)
            where asReceiver ? pair.need == entry.need : pair.offer == entry.offer {
                // An entry without skills tells of the two communities, not of a related pair.
                guard let found = plainNearness(pair, receiver, provider, oracle) else { continue }
                if let nearest, !nearest.nearness.lexicographicallyPrecedes(found) { continue }
                nearest = (pair, found)
            }
        }
        guard let nearest else {
            #expect(entry.outcome == .notMatched(.noOffer, detail: []))
            return
        }
        var plain = entry
        // What would help is told of the whole community, not of a pair.
        plain.change = nil
        #expect(plain == nearest.pair)
    }

    /// What orders unmatched pairs, the larger the nearer: a full limit and its slack; else the proximity of the
    /// skills, the filter, and the distance when that is what stood in the way.
    private func plainNearness(
        _ pair: PairExplanation, _ receiver: Participant, _ provider: Participant, _ oracle: PlainOracle
    ) -> [Int]? {
        guard let need = pair.need, let offer = pair.offer,
            case .notMatched(let reason, let detail) = pair.outcome
        else { return nil }
        if let slack = detail.first(where: { $0.key == "slack" }) { return [1, Int(slack.value) ?? Int.min] }
        var distance = 0
        if reason == .tooFar {
            distance = Int.max
            if let from = receiver.position, let to = provider.position {
                distance = hectometres(from: from, to: to)
            }
        }
        return [0, oracle.proximity(need, offer), reason.rank, -distance]
    }
}
