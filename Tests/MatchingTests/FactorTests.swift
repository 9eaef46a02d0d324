import Matching
import Testing

@Suite("The factors of a score")
struct FactorTests {
    private func pair(
        need: NeedInput = NeedInput(skill: "laser"), offer: OfferInput = OfferInput(skill: "laser"),
        receiver: (inout Participant) -> Void = { _ in }, provider: (inout Participant) -> Void = { _ in },
        meetings: [Meeting] = []
    ) throws -> RoundInput {
        try world(
            place("a", needs: [need], with: receiver), place("b", offers: [offer], with: provider),
            meetings: meetings)
    }

    @Test(
        "Level: what the offer reaches from where the need stands",
        arguments: [
            // now, wanted, offered, expected
            (1, 2, 2, 1_000_000), (1, 2, 3, 1_000_000), (1, 2, 4, 850_000), (1, 3, 3, 1_000_000),
            (1, 3, 2, 600_000), (1, 4, 2, 400_000), (1, 4, 3, 600_000), (1, 4, 4, 850_000),
            (2, 3, 3, 1_000_000), (2, 4, 3, 600_000), (3, 4, 4, 1_000_000),
            // The need already stands where it wants to be, or above: only more than it has is help.
            (2, 2, 3, 1_000_000), (3, 1, 4, 1_000_000), (1, 1, 4, 850_000),
        ])
    func level(now: Int, wanted: Int, offered: Int, expected: Int) throws {
        let input = try pair(
            need: NeedInput(skill: "laser", levelNow: now, level: wanted),
            offer: OfferInput(skill: "laser", level: offered))
        #expect(try value(.level, input) == expected)
    }

    @Test(
        "An offer not above where the need stands helps among peers or in a circle only",
        arguments: [
            (nil, nil, nil), (.mentor, .mentor, nil), (.peer, nil, 200_000), (nil, .circle, 200_000),
            (.mentor, .peer, 200_000),
        ] as [(Posture?, Posture?, Int?)])
    func notAbove(need: Posture?, offer: Posture?, expected: Int?) throws {
        for (now, offered) in [(1, 1), (3, 2), (4, 4)] {
            let input = try pair(
                need: NeedInput(skill: "laser", levelNow: now, level: 2, posture: need),
                offer: OfferInput(skill: "laser", level: offered, posture: offer))
            #expect(try value(.level, input) == expected)
        }
    }

    @Test("Urgency 1, 2, 3 is worth 0, a half, 1", arguments: [(1, 0), (2, 500_000), (3, 1_000_000)])
    func urgency(urgency: Int, expected: Int) throws {
        #expect(try value(.urgency, pair(need: NeedInput(skill: "laser", urgency: urgency))) == expected)
    }

    @Test(
        "Waiting grows with the rounds left out, up to three",
        arguments: [
            (0, 0), (1, 333_333), (2, 666_666), (3, 1_000_000), (1_000_000, 1_000_000),
        ])
    func waiting(rounds: Int, expected: Int) throws {
        #expect(try value(.waiting, pair(receiver: { $0.waiting = rounds })) == expected)
        // The provider's wait is not the receiver's.
        #expect(try value(.waiting, pair(provider: { $0.waiting = rounds })) == 0)
    }

    @Test(
        "Novelty comes back with the rounds since the last meeting, whoever helped",
        arguments: [
            (1, 166_666), (3, 500_000), (5, 833_333), (6, 1_000_000), (9, 1_000_000),
        ])
    func novelty(ago: Int, expected: Int) throws {
        // Another skill, so that no repeat excludes the pair.
        let forth = Meeting(provider: "b", receiver: "a", skill: "accounts", roundsAgo: ago)
        let back = Meeting(provider: "a", receiver: "b", skill: "accounts", roundsAgo: ago)
        let long = Meeting(provider: "a", receiver: "b", skill: "budget", roundsAgo: 900)
        #expect(try value(.novelty, pair(meetings: [forth])) == expected)
        #expect(try value(.novelty, pair(meetings: [long, back])) == expected)
        #expect(try value(.novelty, pair()) == 1_000_000)
    }

    @Test("Closeness is 1 when remote is shared, wherever the two are")
    func remote() throws {
        let far = Position(latitudeE6: -45_000_000, longitudeE6: 170_000_000)
        let near = Position(latitudeE6: 47_000_000, longitudeE6: 0)
        let input = try pair(
            receiver: {
                $0.modes = [.remote, .onSite]
                $0.position = near
            }, provider: { $0.position = far })
        #expect(try value(.closeness, input) == 1_000_000)
        #expect(try value(.closeness, pair()) == 1_000_000)
    }

    @Test(
        "Closeness on site falls to 0 at the smaller limit, and nothing is admissible past it",
        arguments: [
            // 0.1° of latitude is 11.1 km.
            (50, 50, 778_000), (50, 20, 445_000), (20, 50, 445_000), (12, 12, 75_000), (11, 50, nil),
            (0, 50, nil),
        ] as [(Int, Int, Int?)])
    func onSite(receiverKm: Int, providerKm: Int, expected: Int?) throws {
        let input = try pair(
            receiver: {
                $0.modes = [.onSite]
                $0.maxKm = receiverKm
                $0.position = Position(latitudeE6: 47_000_000, longitudeE6: 0)
            },
            provider: {
                $0.modes = [.remote, .onSite]
                $0.maxKm = providerKm
                $0.position = Position(latitudeE6: 47_100_000, longitudeE6: 0)
            })
        #expect(try value(.closeness, input) == expected)
    }

    @Test("A limit of 0 km admits the same place")
    func noTravel() throws {
        let here: (inout Participant) -> Void = {
            $0.modes = [.onSite]
            $0.maxKm = 0
            $0.position = Position(latitudeE6: 1, longitudeE6: 1)
        }
        #expect(try value(.closeness, pair(receiver: here, provider: here)) == 1_000_000)
    }

    @Test(
        "Fit is the share of stated wishes that agree",
        arguments: [
            (nil, nil, [], [], 1_000_000), (.mentor, nil, [.visit], [], 1_000_000),
            (.mentor, .mentor, [], [], 1_000_000), (.mentor, .peer, [], [], 0),
            (nil, nil, [.visit], [.visit, .workshop, .residency], 1_000_000),
            (nil, nil, [.visit, .workshop], [.visit, .residency], 500_000),
            (.peer, .peer, [.visit], [.workshop], 500_000),
            (.peer, .mentor, [.visit, .workshop], [.workshop, .visit, .shortHelp], 666_666),
        ] as [(Posture?, Posture?, [Format], [Format], Int)])
    func fit(need: Posture?, offer: Posture?, needFormats: [Format], offerFormats: [Format], expected: Int)
        throws
    {
        let input = try pair(
            need: NeedInput(skill: "laser", posture: need, formats: needFormats),
            offer: OfferInput(skill: "laser", posture: offer, formats: offerFormats))
        #expect(try value(.fit, input) == expected)
    }

    @Test("The score of a plain pair is the sum of its points")
    func total() throws {
        let score = try #require(try Market(pair()).score(need: 0, offer: 0))
        #expect(score.parts.map(\.factor) == Factor.allCases)
        #expect(score.parts.map(\.points) == [350_000, 150_000, 150_000, 50_000, 0, 50_000, 100_000])
        #expect(score.total == 850_000)
    }

    @Test("Points are rounded down one by one, and add up exactly")
    func rounding() throws {
        var parameters = Parameters.standard
        parameters.weights.skill = 350_001
        parameters.weights.level = 149_999
        let input = try world(needing("a", "making"), offering("b", "laser-metal"), parameters: parameters)
        let score = try #require(try Market(input).score(need: 0, offer: 0))
        // 350001 · 0.729 = 255150.729
        #expect(score.parts[0].points == 255_150)
        #expect(score.total == score.parts.reduce(0) { $0 + $1.points })
    }
}
