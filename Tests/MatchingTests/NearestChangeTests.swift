import Matching
import Proof
import Testing

@Suite("The nearest change for a community left out")
struct NearestChangeTests {
    /// Paris and a place so many kilometres north of it, roughly.
    private func north(_ kilometres: Int) -> Position {
        Position(latitudeE6: 48_000_000 + kilometres * 8_993, longitudeE6: 2_000_000)
    }

    private func change(_ input: RoundInput, _ receiver: String = "a") async throws -> [String] {
        try await solveRound(input).nearestChange(receiver: receiver)?.details.map(\.description) ?? []
    }

    // MARK: One change at a time

    @Test("Who meets on site only may accept to be helped at a distance")
    func remote() async throws {
        let input = try world(
            needing("a") { $0.modes = [.onSite] }, offering("b"))
        #expect(
            try await change(input) == [
                "change=accept-remote", "with=b/laser", "gain=1150000", "room=yes",
            ])
    }

    @Test("Who is near may accept to meet on site")
    func onSite() async throws {
        let input = try world(
            needing("a") { $0.position = north(0) },
            offering("b") {
                $0.modes = [.onSite]
                $0.position = north(0)
            })
        #expect(try await change(input).first == "change=accept-on-site")
    }

    @Test(
        "Kilometres come in steps of five, no fewer than reach, no more than 200",
        arguments: [
            (52, 55), (60, 60), (61, 65), (99, 100), (149, 150), (198, 200), (203, nil),
        ] as [(Int, Int?)])
    func kilometres(distance: Int, expected: Int?) async throws {
        let input = try world(
            needing("a") {
                $0.modes = [.onSite]
                $0.position = north(0)
            },
            offering("b") {
                $0.modes = [.onSite]
                $0.position = north(distance)
                $0.maxKm = 500
            })
        let found = try await change(input)
        guard let expected else {
            #expect(found == ["change=nobody-suits", "skill=laser"])
            return
        }
        #expect(found.prefix(3) == ["change=max-km", "to=\(expected)", "with=b/laser"])
    }

    @Test("Nobody is told to travel further than the other is ready to be reached")
    func otherLimit() async throws {
        let input = try world(
            needing("a") {
                $0.modes = [.onSite]
                $0.position = north(0)
            },
            offering("b") {
                $0.modes = [.onSite]
                $0.position = north(80)
            })
        #expect(try await change(input) == ["change=nobody-suits", "skill=laser"])
    }

    @Test("A need may accept one more slot: the first that suits")
    func slot() async throws {
        let input = try world(
            needing("a") { $0.slots = [.day] }, offering("b") { $0.slots = [.evening, .weekend] })
        #expect(
            try await change(input) == [
                "change=slot", "to=evening", "with=b/laser", "gain=1150000", "room=yes",
            ])
    }

    @Test("Where nobody knows more, a need may ask for exchange among equals")
    func posture() async throws {
        let input = try world(
            needing("a") {
                $0.needs[0].levelNow = 3
                $0.needs[0].level = 4
            }, offering("b"))
        #expect(try await change(input).prefix(2) == ["change=posture", "to=peer"])
        let circle = try world(
            needing("a") {
                $0.needs[0].levelNow = 3
                $0.needs[0].level = 4
            }, offering("b") { $0.offers[0].posture = .circle })
        // The other asks for a circle already: the level is no obstacle.
        #expect(try await solveRound(circle).matches.count == 1)
    }

    @Test("A lower wanted level may be worth what a place costs")
    func level() async throws {
        // a wants 4 and b gives 3 once, as d wants: d is worth 1 more to b until a wants less.
        var parameters = Parameters.standard
        parameters.receiptBonuses = []
        let input = try world(
            needing("a") {
                $0.needs[0].level = 4
                $0.needs[0].urgency = 3
            },
            needing("d"), offering("b"), parameters: parameters)
        let round = try await solveRound(input)
        #expect(round.matches.map(\.receiver) == ["d"])
        let found = try #require(try round.nearestChange(receiver: "a"))
        #expect(found.code == .level && found.value == "3" && !found.hasRoom)
    }

    @Test("Who carries no match as a receiver may carry one")
    func receive() async throws {
        let open = try world(needing("a") { $0.receive = 0 }, offering("b"))
        #expect(
            try await change(open) == ["change=receive", "to=1", "with=b/laser", "gain=1150000", "room=yes"])
        // Nothing else can help before, whatever there is.
        let nothing = try world(needing("a") { $0.receive = 0 }, offering("b", "accounts"))
        #expect(try await change(nothing) == ["change=receive", "to=1", "skill=laser"])
    }

    @Test("Of several changes the one of least effort is named, though another gains more")
    func leastEffort() async throws {
        let input = try world(
            place("a", needs: [NeedInput(skill: "laser", urgency: 3, slots: [.day])]) {
                $0.modes = [.onSite]
                $0.position = north(0)
            },
            offering("b") { $0.slots = [.evening] },
            offering("c") {
                $0.modes = [.onSite]
                $0.position = north(0)
                $0.slots = [.evening]
            },
            offering("d", "vinyl"))
        #expect(try await change(input).prefix(2) == ["change=accept-remote", "with=d/vinyl"])
    }

    // MARK: What others can do

    @Test("Offers that suit and are all promised: one more provider is what lacks")
    func moreProviders() async throws {
        let input = try world(
            needing("a") { $0.needs[0].urgency = 1 }, needing("d") { $0.needs[0].urgency = 3 }, offering("b"),
            needing("e", "vinyl") { $0.languages = ["eo"] })
        #expect(try await change(input) == ["change=more-providers", "skill=laser", "suiting=1"])
        // One more, and a is served.
        let more = try world(
            needing("a") { $0.needs[0].urgency = 1 }, needing("d") { $0.needs[0].urgency = 3 }, offering("b"),
            offering("c"), needing("e", "vinyl") { $0.languages = ["eo"] })
        #expect(try await solveRound(more).matches.contains { $0.receiver == "a" })
    }

    @Test("Offers that no one change of the community can open are said to suit nobody")
    func nobodySuits() async throws {
        let languages = try world(needing("a") { $0.languages = ["eo"] }, offering("b"))
        #expect(try await change(languages) == ["change=nobody-suits", "skill=laser"])
        let twice = try world(
            needing("a") {
                $0.modes = [.onSite]
                $0.slots = [.day]
            }, offering("b") { $0.slots = [.evening] })
        #expect(try await change(twice) == ["change=nobody-suits", "skill=laser"])
    }

    @Test("No offer of the skill or near it is said as such; its own does not count")
    func nobodyOffers() async throws {
        let input = try world(
            place("a", offers: [OfferInput(skill: "laser")], needs: [NeedInput(skill: "laser")]),
            offering("b", "accounts"))
        #expect(try await change(input) == ["change=nobody-offers", "skill=laser"])
    }

    // MARK: Whom it is told of

    @Test("Who has a match, no need, or takes no part is told nothing; who is unknown is refused")
    func nothing() async throws {
        let input = try world(
            needing("a"), offering("b"), absentees: [Absentee(slug: "p", reason: .paused)])
        let round = try await solveRound(input)
        for slug in ["a", "b", "p"] { #expect(try round.nearestChange(receiver: slug) == nil) }
        #expect(throws: MatchingError(.unknownCommunity, "z")) { try round.nearestChange(receiver: "z") }
    }

    @Test(
        "The explanation of a community left out carries the change on the need that it is for, and there alone"
    )
    func explained() async throws {
        let input = try world(
            place(
                "a",
                needs: [NeedInput(skill: "accounts"), NeedInput(skill: "laser", slots: [.day])]),
            place("b", offers: [OfferInput(skill: "laser", capacity: 2, slots: [.evening])]), needing("d"))
        let round = try await solveRound(input)
        let entries = try round.explain(receiver: "a")
        #expect(entries.map(\.need) == ["accounts", "laser"])
        #expect(entries.map { $0.change?.code } == [nil, .slot])
        #expect(try round.explain(receiver: "d").allSatisfy { $0.change == nil })
        #expect(try round.explain(receiver: "a", provider: "b").allSatisfy { $0.change == nil })
    }

    // MARK: Against the plain way

    /// The profile with the change really made.
    private func apply(_ change: NearestChange, to profile: Participant) throws -> Participant {
        var profile = profile
        let need = try #require(profile.needs.firstIndex { $0.skill == change.need })
        let value = change.value ?? ""
        func modes(_ mode: Mode) -> [Mode] {
            (profile.needs[need].modes.isEmpty ? profile.modes : profile.needs[need].modes) + [mode]
        }
        switch change.code {
        case .receive: profile.receive = 1
        case .acceptRemote: profile.needs[need].modes = modes(.remote)
        case .acceptOnSite: profile.needs[need].modes = modes(.onSite)
        case .maxKm: profile.maxKm = try #require(Int(value))
        case .slot:
            let now = profile.needs[need].slots.isEmpty ? profile.slots : profile.needs[need].slots
            profile.needs[need].slots = now + [try #require(Slot(rawValue: value))]
        case .posture: profile.needs[need].posture = Posture(rawValue: value)
        case .level: profile.needs[need].level = try #require(Int(value))
        case .moreProviders, .nobodySuits, .nobodyOffers: break
        }
        return profile
    }

    private func replacing(_ profile: Participant, in world: RandomWorld) throws -> RoundInput {
        var world = world
        for place in world.participants.indices where world.participants[place].slug == profile.slug {
            world.participants[place] = profile
        }
        return try world.input()
    }

    @Test(
        "Each proposal, really made: a pair that gains what was told at the round's prices; a match where there is room",
        arguments: WorldShape.allCases)
    func made(shape: WorldShape) async throws {
        var proposals = 0
        var codes = Set<NearestChange.Code>()
        for seed in 1...6 as ClosedRange<UInt64> {
            let world = shape.world(seed: seed, size: 30)
            let round = try await solveRound(world.input())
            for profile in round.market.input.participants {
                guard let change = try round.nearestChange(receiver: profile.slug) else { continue }
                codes.insert(change.code)
                guard let provider = change.provider, let offer = change.offer else {
                    #expect(change.gain == nil && !change.hasRoom)
                    continue
                }
                proposals += 1
                let changed = try await solveRound(replacing(apply(change, to: profile), in: world))
                let pair = try #require(numbers(changed.market, profile.slug, change.need, provider, offer))
                let score = try #require(changed.market.score(need: pair.need, offer: pair.offer))
                // Nobody joined or left: numbers are those of the round.
                let cost =
                    round.prices.offers[pair.offer]
                    + round.prices.providers[round.offers[pair.offer].community]
                let bonus = round.instance.bonuses.first ?? 0
                #expect(change.gain == score.total + bonus - cost, "\(shape) \(seed) \(change)")
                #expect((change.gain ?? 0) > 0)
                if change.hasRoom, change.code != .maxKm {
                    #expect(
                        changed.matches.contains { $0.receiver == profile.slug }, "\(shape) \(seed) \(change)"
                    )
                }
            }
        }
        if shape == .busy { #expect(proposals > 10 && codes.count > 4, "\(proposals) \(codes)") }
    }

    private func numbers(
        _ market: Market, _ receiver: String, _ need: String, _ provider: String, _ offer: String
    ) -> (need: Int, offer: Int)? {
        guard
            let n = market.needs.firstIndex(where: {
                market.communities[$0.community] == receiver && $0.skill == need
            }),
            let o = market.offers.firstIndex(where: {
                market.communities[$0.community] == provider && $0.skill == offer
            })
        else { return nil }
        return (n, o)
    }

    @Test(
        "No smaller change would do: each one tried for real, on every need, over every offer",
        arguments: [
            WorldShape.busy, .thin, .onSite, .nearness,
        ])
    func smallest(shape: WorldShape) async throws {
        var proposals = 0
        for seed in 1...3 as ClosedRange<UInt64> {
            let world = shape.world(seed: seed, size: 16)
            let round = try await solveRound(world.input())
            let served = Set(round.matches.map(\.receiver))
            for profile in round.market.input.participants where !served.contains(profile.slug) {
                let told = try round.nearestChange(receiver: profile.slug)
                let found = try plainly(profile, world, round)
                if let found {
                    proposals += 1
                    #expect(
                        told?.details.map(\.description).prefix(found.count) == found[...], "\(shape) \(seed)"
                    )
                } else {
                    #expect(told?.provider == nil, "\(shape) \(seed) \(profile.slug)")
                }
            }
        }
        #expect(proposals > 5)
    }

    /// The least change by trial: every change of every need, each in a market made anew, every pair priced.
    private func plainly(
        _ profile: Participant, _ world: RandomWorld, _ round: SolvedRound
    ) throws -> [String]? {
        var best: (key: [Int], text: [String])?
        func attempt(
            _ code: NearestChange.Code, _ value: String?, _ amount: Int, need: String, _ changed: Participant
        )
            throws
        {
            let rank = try #require(NearestChange.Code.allCases.firstIndex(of: code))
            let market = try Market(replacing(changed, in: world))
            for (n, needed) in market.needs.enumerated()
            where market.communities[needed.community] == profile.slug && needed.skill == need {
                for (o, offered) in market.offers.enumerated() {
                    if code == .posture, try !levelIsObstacle(round, n, o) { continue }
                    guard let score = market.score(need: n, offer: o) else { continue }
                    let gain =
                        score.total + (round.instance.bonuses.first ?? 0) - round.prices.offers[o]
                        - round.prices.providers[offered.community]
                    guard gain > 0 else { continue }
                    let key = [rank, amount, hasRoom(round, o) ? 0 : 1, -gain, n, o]
                    if let best, !key.lexicographicallyPrecedes(best.key) { continue }
                    let with = "with=\(market.communities[offered.community])/\(offered.skill)"
                    best = (
                        key,
                        ["change=\(code.rawValue)"] + (value.map { ["to=\($0)"] } ?? []) + [
                            with, "gain=\(gain)",
                        ]
                    )
                }
            }
        }
        for (place, need) in profile.needs.enumerated() where need.quantity > 0 {
            var changed = profile
            if profile.receive == 0 {
                changed.receive = 1
                try attempt(.receive, "1", 0, need: need.skill, changed)
                continue
            }
            let modes = need.modes.isEmpty ? profile.modes : need.modes
            for (mode, code) in [(Mode.remote, NearestChange.Code.acceptRemote), (.onSite, .acceptOnSite)]
            where !modes.contains(mode) {
                changed = profile
                changed.needs[place].modes = modes + [mode]
                try attempt(code, nil, 0, need: need.skill, changed)
            }
            for kilometres in stride(from: 5, through: 200, by: 5) where kilometres > profile.maxKm {
                changed = profile
                changed.maxKm = kilometres
                try attempt(.maxKm, "\(kilometres)", kilometres, need: need.skill, changed)
            }
            let slots = need.slots.isEmpty ? profile.slots : need.slots
            for (amount, slot) in Slot.allCases.enumerated() where !slots.isEmpty && !slots.contains(slot) {
                changed = profile
                changed.needs[place].slots = slots + [slot]
                try attempt(.slot, slot.rawValue, amount, need: need.skill, changed)
            }
            for (amount, posture) in [(1, Posture.peer), (2, .circle)] {
                changed = profile
                changed.needs[place].posture = posture
                try attempt(.posture, posture.rawValue, amount, need: need.skill, changed)
            }
            for level in 1...4 where level > need.levelNow && level < need.level {
                changed = profile
                changed.needs[place].level = level
                try attempt(.level, "\(level)", need.level - level, need: need.skill, changed)
            }
        }
        return best?.text
    }

    private func hasRoom(_ round: SolvedRound, _ offer: Int) -> Bool {
        let provider = round.communities[round.offers[offer].community]
        let skill = round.offers[offer].skill
        let given = round.matches.filter { $0.provider == provider }
        guard let profile = round.market.input.participants.first(where: { $0.slug == provider }),
            let terms = profile.offers.first(where: { $0.skill == skill })
        else { return false }
        return given.count < profile.give && given.count { $0.offer == skill } < terms.capacity
    }

    private func levelIsObstacle(_ round: SolvedRound, _ need: Int, _ offer: Int) throws -> Bool {
        let (needed, offered) = (round.needs[need], round.offers[offer])
        guard needed.community != offered.community else { return false }
        return try round.explain(
            receiver: round.communities[needed.community], provider: round.communities[offered.community]
        ).contains { entry in
            guard entry.need == needed.skill, entry.offer == offered.skill,
                case .notMatched(.belowFloor, let detail) = entry.outcome
            else { return false }
            return detail.first?.description == "factor=level"
        }
    }

    @Test("Rows in another order, the same answer")
    func shuffled() async throws {
        for seed in 1...4 as ClosedRange<UInt64> {
            let world = RandomWorld(seed: seed, size: 40)
            let straight = try await solveRound(world.input())
            let shuffled = try await solveRound(world.shuffled(seed: seed + 3).input())
            for slug in straight.communities {
                #expect(
                    try straight.nearestChange(receiver: slug) == shuffled.nearestChange(receiver: slug),
                    "\(slug)")
            }
        }
    }
}
