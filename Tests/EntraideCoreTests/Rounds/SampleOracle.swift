import EntraideCore
import Foundation
import Lines
import Matching

/// The rules of matching written a second time over whole profiles, as plainly as can be: full scans, strings, and
/// distances in floating point. It shares nothing with the engine but the codes.
struct SampleOracle {
    let profiles: [Profile]
    private let bySlug: [String: Profile]
    private let skills: [String: Skill]
    private let positions: [String: (latitude: Double, longitude: Double)]
    private let day: String

    /// - Parameter positions: degrees by code of territory.
    init(
        _ profiles: [Profile], vocabulary: Vocabulary,
        positions: [String: (latitude: Double, longitude: Double)], on day: String
    ) {
        self.profiles = profiles
        bySlug = Dictionary(uniqueKeysWithValues: profiles.map { ($0.community.slug, $0) })
        skills = Dictionary(uniqueKeysWithValues: vocabulary.skills.map { ($0.slug, $0) })
        self.positions = positions
        self.day = day
    }

    var participants: [Profile] { profiles.filter { $0.consents(to: .matching) } }

    func needs(of profile: Profile) -> [NeedInput] {
        profile.needs.filter { $0.neededBy.map { $0 >= day } ?? true }.map(\.terms)
    }

    func offers(of profile: Profile) -> [OfferInput] {
        profile.offers.filter { $0.until.map { $0 >= day } ?? true }.map(\.terms)
    }

    func profile(_ slug: String) -> Profile? { bySlug[slug] }

    // MARK: Skills

    private func above(_ skill: String) -> [String] {
        guard let broader = skills[skill]?.broader else { return [] }
        return [broader] + above(broader)
    }

    func proximity(need: String, offer: String) -> Double {
        if need == offer { return 1 }
        var best = 0.0
        if let steps = above(offer).firstIndex(of: need) { best = max(best, pow(0.9, Double(steps + 1))) }
        if let steps = above(need).firstIndex(of: offer) { best = max(best, pow(0.7, Double(steps + 1))) }
        if let broader = skills[need]?.broader, broader == skills[offer]?.broader { best = max(best, 0.5) }
        for related in skills[offer]?.related ?? [] where related.slug == need {
            best = max(best, Double(related.strength) / 1_000_000)
        }
        return best
    }

    // MARK: Pairs

    /// The first thing that keeps the two apart; nil when nothing does. Only for skills that are related at all.
    func obstacle(_ receiver: Profile, _ need: NeedInput, _ provider: Profile, _ offer: OfferInput) -> WhyNot?
    {
        let r = receiver.community
        let g = provider.community
        if let parent = r.parent, parent == g.parent || parent == g.slug { return .sameParent }
        if g.parent == r.slug { return .sameParent }
        if proximity(need: need.skill, offer: offer.skill) < 0.45 { return .belowFloor }
        if level(need, offer) == nil { return .belowFloor }
        if shared(need.languages, r.languages, offer.languages, g.languages).isEmpty {
            return .noSharedLanguage
        }
        let modes = modes(receiver, need, provider, offer)
        if modes.isEmpty { return .noSharedMode }
        let any = Slot.allCases
        if shared(need.slots, r.slots.isEmpty ? any : r.slots, offer.slots, g.slots.isEmpty ? any : g.slots)
            .isEmpty
        {
            return .noSharedSlot
        }
        if !modes.contains(.remote) {
            guard let distance = kilometres(receiver, provider) else { return .tooFar }
            if (distance * 10).rounded() > Double(min(r.maxKm, g.maxKm) * 10) { return .tooFar }
        }
        return nil
    }

    func modes(_ receiver: Profile, _ need: NeedInput, _ provider: Profile, _ offer: OfferInput) -> Set<Mode>
    {
        shared(need.modes, receiver.community.modes, offer.modes, provider.community.modes)
    }

    private func shared<E: Hashable>(_ a: [E], _ aDefault: [E], _ b: [E], _ bDefault: [E]) -> Set<E> {
        Set(a.isEmpty ? aDefault : a).intersection(b.isEmpty ? bDefault : b)
    }

    /// The value of the level factor; nil when the offer is not above and neither side asks for a peer.
    func level(_ need: NeedInput, _ offer: OfferInput) -> Double? {
        let amongPeers = [need.posture, offer.posture].contains { $0 == .peer || $0 == .circle }
        if offer.level <= need.levelNow { return amongPeers ? 0.2 : nil }
        if offer.level < need.level { return offer.level == need.level - 1 ? 0.6 : 0.4 }
        return offer.level - need.levelNow <= 2 ? 1 : 0.85
    }

    func fit(_ need: NeedInput, _ offer: OfferInput) -> Double {
        var wishes: [Bool] = []
        if let a = need.posture, let b = offer.posture { wishes.append(a == b) }
        if !need.formats.isEmpty, !offer.formats.isEmpty {
            let common = need.formats.filter(offer.formats.contains).count
            let stated = min(need.formats.count, offer.formats.count)
            wishes += (0..<stated).map { $0 < common }
        }
        return wishes.isEmpty ? 1 : Double(wishes.count { $0 }) / Double(wishes.count)
    }

    /// Along the great circle; nil when a place is not known.
    func kilometres(_ a: Profile, _ b: Profile) -> Double? {
        guard let from = degrees(a), let to = degrees(b) else { return nil }
        let radians = Double.pi / 180
        let north = (to.latitude - from.latitude) * radians
        let east = (to.longitude - from.longitude) * radians
        let chord =
            pow(sin(north / 2), 2)
            + cos(from.latitude * radians) * cos(to.latitude * radians) * pow(sin(east / 2), 2)
        return 2 * 6371.0088 * asin(sqrt(chord))
    }

    private func degrees(_ profile: Profile) -> (latitude: Double, longitude: Double)? {
        if let own = profile.community.position {
            return (Double(own.latitudeE6) / 1e6, Double(own.longitudeE6) / 1e6)
        }
        return profile.community.territory.flatMap { positions[$0] }
    }
}
