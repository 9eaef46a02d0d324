import Lines
import Matching
import Testing

@testable import EntraideCore

// The frozen form is internal to the module: no other module needs it.
@Suite("Frozen input")
struct FrozenInputTests {
    private func input(_ g: inout SeededGenerator) throws -> RoundInput {
        let skills = (0..<12).map { "skill-\($0)" }
        let vocabulary = skills.enumerated().map { index, slug in
            VocabularyEntry(
                slug: slug, broader: index > 0 && g.chance(60) ? skills[g.int(0...(index - 1))] : nil,
                related: g.some(skills).filter { $0 != slug }.map {
                    VocabularyEntry.Related(slug: $0, strength: g.int(1...1_000_000))
                })
        }
        let slugs = (0..<8).map { "c-\($0)" }
        let participants = slugs.map { slug in
            let profile = Profile.random(&g, slug: slug, skills: skills)
            let c = profile.community
            return Participant(
                slug: slug, parent: c.parent, languages: c.languages, modes: c.modes, slots: c.slots,
                maxKm: c.maxKm,
                give: c.give, receive: c.receive, position: c.position,
                waiting: g.chance(50) ? g.int(0...9) : 0,
                offers: profile.offers.map(\.terms), needs: profile.needs.map(\.terms))
        }
        var parameters = Parameters.standard
        parameters.receiptBonuses = g.one([[], [5], [300_000, 50_000, 50_000]])
        parameters.repeatRounds = g.int(0...9)
        return try RoundInput(
            parameters: parameters, vocabulary: vocabulary, participants: participants,
            absentees: [WhyNot.paused, .stale, .noConsent, .unconfirmed].map {
                Absentee(slug: "away-\($0.rank)", reason: $0)
            },
            meetings: (0..<g.int(0...6)).map { _ in
                Meeting(
                    provider: g.one(slugs), receiver: g.one(slugs), skill: g.one(skills),
                    roundsAgo: g.int(1...9))
            },
            exclusions: (0..<g.int(0...4)).map { _ in
                Exclusion(provider: g.one(slugs), receiver: g.one(slugs))
            })
    }

    @Test("Any input frozen as lines reads back as it was, and gives the same lines again", arguments: 0..<6)
    func roundTrip(seed: Int) throws {
        var g = SeededGenerator(seed: UInt64(seed) + 11)
        for _ in 0..<40 {
            let input = try input(&g)
            let lines = FrozenInput.lines(input)
            let back = try FrozenInput.input(lines)
            #expect(back == input, "seed \(seed)")
            #expect(FrozenInput.lines(back) == lines)
            #expect(FrozenInput.digest(lines).count == 64)
            #expect(lines.allSatisfy { !$0.text.contains("\n") })
        }
    }

    @Test("A line that is altered, dropped or doubled gives another digest")
    func digest() throws {
        var g = SeededGenerator(seed: 5)
        let lines = FrozenInput.lines(try input(&g))
        let digest = FrozenInput.digest(lines)
        for index in lines.indices {
            var dropped = lines
            let line = dropped.remove(at: index)
            #expect(FrozenInput.digest(dropped) != digest)
            #expect(FrozenInput.digest(dropped + [line]) != digest || index == lines.count - 1)
            var altered = lines
            altered[index] = FrozenLine(kind: line.kind, subject: line.subject, text: line.text + " ")
            #expect(FrozenInput.digest(altered) != digest)
        }
    }

    @Test("A line that does not read is refused with its number")
    func refuses() throws {
        var g = SeededGenerator(seed: 6)
        let lines = FrozenInput.lines(try input(&g))
        for kind in [FrozenLine.Kind.parameter, .skill, .profile, .absentee] {
            let index = try #require(lines.firstIndex { $0.kind == kind })
            for text in ["", "{", "[]", #"{"zz":1}"#] {
                var broken = lines
                broken[index] = FrozenLine(kind: kind, subject: lines[index].subject, text: text)
                let error = #expect(throws: EntraideError.self) { try FrozenInput.input(broken) }
                #expect(error?.place.line == index + 1)
            }
        }
    }
}
