import Matching

/// Worlds that a search for the best offers could stumble over, each on its own.
enum WorldShape: String, CaseIterable, Sendable {
    /// What the other tests use: every filter met somewhere.
    case busy
    /// Few offers and needs each, and no history.
    case thin
    /// Many offers and needs each.
    case rich
    /// Nobody meets at a distance.
    case onSite
    /// On site, all in a few streets: cells that hold the same place.
    case crowded
    /// On site, around both poles.
    case poles
    /// On site, around the date line.
    case dateLine
    /// Most positions are unknown.
    case nowhere
    /// Everybody is alike and remote: nothing but ties.
    case alike
    /// Everybody is alike, and every second pair has met or is set aside.
    case acquainted
    /// Many languages, few in common.
    case babel
    /// Scores that are nothing but closeness, and limits of nothing.
    case nearness

    func world(seed: UInt64, size: Int) -> RandomWorld {
        var generator = SeededGenerator(seed: seed &* 31 &+ 7)
        var world = RandomWorld(
            seed: seed, size: size, families: self == .rich ? 1 : 2, busy: self != .thin,
            most: self == .rich ? 12 : self == .thin ? 1 : 4)
        for index in world.participants.indices { reshape(&world.participants[index], &generator) }
        if self == .acquainted { acquaint(&world, &generator) }
        if self == .nearness {
            world.parameters.weights = Weights()
            for factor in Factor.allCases { world.parameters.weights[factor] = 0 }
            world.parameters.weights.closeness = 1_000_000
        }
        return world
    }

    private func reshape(_ one: inout Participant, _ generator: inout SeededGenerator) {
        func move(latitudes: ClosedRange<Int>, longitudes: ClosedRange<Int>) {
            one.modes = [.onSite]
            for index in one.offers.indices { one.offers[index].modes = [] }
            for index in one.needs.indices { one.needs[index].modes = [] }
            one.position = Position(
                latitudeE6: Int.random(in: latitudes, using: &generator),
                longitudeE6: Int.random(in: longitudes, using: &generator))
        }
        switch self {
        case .busy, .thin, .rich: break
        case .onSite, .nearness:
            move(latitudes: 44_000_000...46_000_000, longitudes: 0...3_000_000)
        case .crowded:
            // Some ten places a street apart.
            move(latitudes: 45_000_000...45_000_000, longitudes: 0...9)
            one.position?.longitudeE6 *= 1_300
        case .poles:
            move(latitudes: 89_000_000...90_000_000, longitudes: Limits.longitudeE6)
            if generator.chance(30) { one.position?.latitudeE6 *= -1 }
        case .dateLine:
            move(latitudes: -500_000...500_000, longitudes: 179_000_000...180_000_000)
            if generator.chance(50) { one.position?.longitudeE6 *= -1 }
        case .nowhere:
            if generator.chance(80) { one.position = nil }
        case .alike, .acquainted:
            one = Participant(
                slug: one.slug, languages: ["fr"], modes: [.remote],
                offers: [OfferInput(skill: "leaf-0-0-0")],
                needs: [NeedInput(skill: "leaf-0-0-0")])
        case .babel:
            let tags = (0..<90).map { "l\($0)" }
            one.languages = generator.some(tags, 6) + ["l\(Int.random(in: 0..<90, using: &generator))"]
            for index in one.offers.indices { one.offers[index].languages = generator.some(tags, 2) }
            for index in one.needs.indices { one.needs[index].languages = generator.some(tags, 3) }
        }
    }

    private func acquaint(_ world: inout RandomWorld, _ generator: inout SeededGenerator) {
        let slugs = world.participants.map(\.slug)
        for provider in slugs {
            for receiver in slugs where generator.chance(50) {
                if generator.chance(20) {
                    world.exclusions.append(Exclusion(provider: provider, receiver: receiver))
                } else {
                    world.meetings.append(
                        Meeting(
                            provider: provider, receiver: receiver, skill: "leaf-0-0-0",
                            roundsAgo: Int.random(in: 1...7, using: &generator)))
                }
            }
        }
    }
}
