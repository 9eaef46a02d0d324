import EntraideCore
import Lines
import Matching

/// The same numbers on every machine from a seed that a failing test can print (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    mutating func some<Element>(_ all: [Element]) -> [Element] { all.filter { _ in chance(40) } }

    mutating func one<Element>(_ all: [Element]) -> Element { all[Int.random(in: all.indices, using: &self)] }

    mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}

extension Profile {
    /// Any profile that the reading of profiles admits, in canonical form.
    static func random(_ g: inout SeededGenerator, slug: String, skills: [String]) -> Profile {
        var community = Community(slug: slug, name: text(&g), kind: g.one(CommunityKind.allCases))
        if g.chance(50) { community.stage = g.one(Stage.allCases) }
        if g.chance(20) { community.parent = "some-parent" }
        if g.chance(50) { community.territory = g.one(["59183", "01400", "2A004", "97411"]) }
        if g.chance(50) {
            community.position = Position(
                latitudeE6: g.int(-90_000_000...90_000_000), longitudeE6: g.int(-180_000_000...180_000_000))
        }
        community.languages = languages(&g) + ["fr"]
        community.modes = g.one([[.remote], [.onSite], [.remote, .onSite]])
        community.slots = g.some(Slot.allCases)
        community.maxKm = g.int(ProfileLimits.maxKm)
        community.give = g.int(ProfileLimits.give)
        community.receive = g.int(ProfileLimits.receive)
        community.visibility = g.one(Visibility.allCases)
        var profile = Profile(community: community)
        if g.chance(50) { profile.contact = text(&g) }
        if g.chance(50) { profile.sourceID = "mednum:\(g.int(0...9999)):x" }
        for purpose in Purpose.allCases where g.chance(60) { profile.consent[purpose] = g.chance(50) }
        for skill in g.some(skills).prefix(g.int(0...6)) { profile.offers.append(offer(skill, &g)) }
        for skill in g.some(skills).prefix(g.int(0...6)) { profile.needs.append(need(skill, &g)) }
        return profile.canonical
    }

    private static func offer(_ skill: String, _ g: inout SeededGenerator) -> Offer {
        var offer = Offer(
            terms: OfferInput(
                skill: skill, level: g.int(1...4), capacity: g.int(ProfileLimits.capacity),
                posture: g.chance(50) ? g.one(Posture.allCases) : nil, formats: g.some(Format.allCases),
                modes: g.some(Mode.allCases), languages: languages(&g), slots: g.some(Slot.allCases)))
        if g.chance(40) { offer.groupMax = g.int(ProfileLimits.groupMax) }
        if g.chance(40) { offer.until = g.one(["2027-03-01", "2028-02-29", "9999-12-31"]) }
        return offer
    }

    private static func need(_ skill: String, _ g: inout SeededGenerator) -> Need {
        var need = Need(
            terms: NeedInput(
                skill: skill, levelNow: g.int(1...4), level: g.int(1...4), urgency: g.int(1...3),
                quantity: g.int(ProfileLimits.quantity),
                posture: g.chance(50) ? g.one(Posture.allCases) : nil,
                formats: g.some(Format.allCases), modes: g.some(Mode.allCases), languages: languages(&g),
                slots: g.some(Slot.allCases)))
        if g.chance(40) { need.neededBy = g.one(["2027-03-01", "2028-02-29", "0001-01-01"]) }
        return need
    }

    private static func languages(_ g: inout SeededGenerator) -> [String] {
        g.some(["br", "en", "no", "oc", "zh-hant"])
    }

    /// Letters of several scripts, quotes and backslashes, what YAML and JSON hold special; composed, and never
    /// beginning or ending with a space.
    private static func text(_ g: inout SeededGenerator) -> String {
        let pieces = [
            "é", "ŵ", "\"", "\\", "'", "<&>", "{", "}", ": ", "# ", "-", ",", "日本", "😀", "ﬁ", "\u{A0}x", "~",
            "a b",
        ]
        return "N" + (0..<g.int(0...12)).map { _ in g.one(pieces) }.joined() + "."
    }
}
