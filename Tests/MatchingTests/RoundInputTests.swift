import Matching
import Testing

@Suite("A round's input")
struct RoundInputTests {
    private func refusal(_ change: (inout Participant) -> Void) -> MatchingError? {
        do {
            _ = try world(
                place(
                    "a", offers: [OfferInput(skill: "laser")], needs: [NeedInput(skill: "vinyl")],
                    with: change))
            return nil
        } catch {
            return error as? MatchingError
        }
    }

    @Test("Row order and repeated list elements leave no trace", arguments: 1...5)
    func canonical(seed: UInt64) throws {
        let world = RandomWorld(seed: seed, size: 20)
        #expect(try world.input() == world.shuffled(seed: seed).input())
    }

    @Test("Slugs are ordered by their bytes")
    func byteOrder() throws {
        let input = try world(place("ab"), place("a-b"), place("a1"), place("a"))
        #expect(input.participants.map(\.slug) == ["a", "a-b", "a1", "ab"])
    }

    @Test("Values outside their range are refused with their owner")
    func ranges() {
        #expect(refusal { $0.give = -1 } == MatchingError(.outOfRange, "a"))
        #expect(refusal { $0.receive = 10_001 } == MatchingError(.outOfRange, "a"))
        #expect(refusal { $0.maxKm = Int.max } == MatchingError(.outOfRange, "a"))
        #expect(refusal { $0.waiting = -1 } == MatchingError(.outOfRange, "a"))
        #expect(
            refusal { $0.position = Position(latitudeE6: 90_000_001, longitudeE6: 0) }
                == MatchingError(.outOfRange, "a"))
        #expect(
            refusal { $0.position = Position(latitudeE6: 0, longitudeE6: Int.min) }
                == MatchingError(.outOfRange, "a"))
        #expect(refusal { $0.offers[0].level = 5 } == MatchingError(.outOfRange, "a/laser"))
        #expect(refusal { $0.offers[0].capacity = -1 } == MatchingError(.outOfRange, "a/laser"))
        #expect(refusal { $0.needs[0].levelNow = 0 } == MatchingError(.outOfRange, "a/vinyl"))
        #expect(refusal { $0.needs[0].level = 5 } == MatchingError(.outOfRange, "a/vinyl"))
        #expect(refusal { $0.needs[0].urgency = 4 } == MatchingError(.outOfRange, "a/vinyl"))
        #expect(refusal { $0.needs[0].quantity = Int.max } == MatchingError(.outOfRange, "a/vinyl"))
        #expect(refusal { _ in } == nil)
    }

    @Test("Lists that must hold something are refused empty")
    func empty() {
        #expect(refusal { $0.languages = [] } == MatchingError(.empty, "a"))
        #expect(refusal { $0.modes = [] } == MatchingError(.empty, "a"))
    }

    @Test("Skills outside the vocabulary are refused by name")
    func unknownSkill() {
        #expect(refusal { $0.offers[0].skill = "juggling" } == MatchingError(.unknownSkill, "a/juggling"))
        #expect(refusal { $0.needs[0].skill = "juggling" } == MatchingError(.unknownSkill, "a/juggling"))
        #expect(throws: MatchingError(.unknownSkill, "x/y")) {
            try RoundInput(vocabulary: [VocabularyEntry(slug: "x", broader: "y")], participants: [])
        }
        #expect(throws: MatchingError(.unknownSkill, "x/y")) {
            try RoundInput(
                vocabulary: [VocabularyEntry(slug: "x", related: [.init(slug: "y", strength: 1)])],
                participants: [])
        }
    }

    @Test("Nothing may stand twice")
    func duplicates() {
        #expect(refusal { $0.offers += $0.offers } == MatchingError(.duplicate, "a/laser"))
        #expect(refusal { $0.needs += $0.needs } == MatchingError(.duplicate, "a/vinyl"))
        #expect(throws: MatchingError(.duplicate, "a")) { try world(place("a"), place("a")) }
        #expect(throws: MatchingError(.duplicate, "a")) {
            try world(place("a"), absentees: [Absentee(slug: "a", reason: .paused)])
        }
        #expect(throws: MatchingError(.duplicate, "x")) {
            try RoundInput(
                vocabulary: [VocabularyEntry(slug: "x"), VocabularyEntry(slug: "x")], participants: [])
        }
    }

    @Test(
        "A slug is lower-case letters and digits joined by single hyphens",
        arguments: [
            "", "-a", "a-", "a--b", "A", "é", "a b", "a_b", "a\u{0}", String(repeating: "a", count: 64),
        ])
    func badSlug(slug: String) {
        #expect(throws: MatchingError.self) { try world(place(slug)) }
        #expect(refusal { $0.parent = slug }?.code == .badSlug)
        #expect(throws: MatchingError.self) { try world(absentees: [Absentee(slug: slug, reason: .stale)]) }
        #expect(throws: MatchingError.self) {
            try world(exclusions: [Exclusion(provider: "a", receiver: slug)])
        }
        #expect(throws: MatchingError.self) {
            try world(meetings: [Meeting(provider: slug, receiver: "a", skill: "laser", roundsAgo: 1)])
        }
        #expect(throws: MatchingError.self) {
            try RoundInput(vocabulary: [VocabularyEntry(slug: slug)], participants: [])
        }
    }

    @Test("A slug of 63 bytes is welcome")
    func longSlug() throws {
        #expect(try world(place(String(repeating: "a", count: 63))).participants.count == 1)
    }

    @Test("A skill may not be its own ancestor", arguments: [1, 2, 5])
    func circle(length: Int) {
        let circle = (0..<length).map { VocabularyEntry(slug: "s\($0)", broader: "s\(($0 + 1) % length)") }
        #expect(throws: MatchingError(.circularVocabulary, "s0")) {
            try RoundInput(vocabulary: circle + [VocabularyEntry(slug: "t")], participants: [])
        }
    }

    @Test("A standing is one of four; other reasons are no absence")
    func standings() {
        for reason in WhyNot.allCases {
            let accepted = (try? world(absentees: [Absentee(slug: "b", reason: reason)])) != nil
            #expect(accepted == [.unconfirmed, .paused, .noConsent, .stale].contains(reason))
        }
    }

    @Test("History may name those who no longer take part")
    func pastMembers() throws {
        let input = try world(
            needing("a"), offering("b"),
            meetings: [Meeting(provider: "gone", receiver: "a", skill: "lost", roundsAgo: 1)],
            exclusions: [Exclusion(provider: "gone", receiver: "b")])
        #expect(try Market(input).candidates().count == 1)
        #expect(throws: MatchingError(.outOfRange, "b/a")) {
            try world(meetings: [Meeting(provider: "b", receiver: "a", skill: "laser", roundsAgo: 0)])
        }
    }

    @Test("Two hundred and fifty-six languages are counted, one more is refused")
    func languages() throws {
        let tags = (0..<256).map { "l\($0)" }
        let market = try Market(
            world(place("a") { $0.languages = tags }, needing("b") { $0.languages = ["l7"] }))
        #expect(market.communities == ["a", "b"])
        for tag in ["l0", "l63", "l64", "l128", "l192", "l255"] {
            let pair = try world(
                needing("a") { $0.languages = [tag] }, offering("b") { $0.languages = [tag] },
                place("c") { $0.languages = tags })
            #expect(try Market(pair).candidates().count == 1)
            let apart = try world(
                needing("a") { $0.languages = [tag] },
                offering("b") { $0.languages = tags.filter { $0 != tag } })
            #expect(try Market(apart).candidates().isEmpty)
        }
        let tooMany = try world(place("a") { $0.languages = tags + ["one-more"] })
        #expect(throws: MatchingError(.tooLarge, "languages")) { try Market(tooMany) }
    }
}
