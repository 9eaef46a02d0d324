import Matching
import Testing

@Suite("The filters, and their order")
struct FilterTests {
    private let here = Position(latitudeE6: 47_000_000, longitudeE6: 0)
    private let there = Position(latitudeE6: 48_000_000, longitudeE6: 0)

    @Test("Nobody helps itself")
    func itself() async throws {
        let input = try world(
            place("a", offers: [OfferInput(skill: "laser")], needs: [NeedInput(skill: "laser")]))
        #expect(try Market(input).candidates().isEmpty)
        #expect(try await reason(input, receiver: "a", provider: "a") == .itself)
    }

    @Test(
        "Those of one parent, and a parent with its own, are not paired",
        arguments: [
            ("head", "head", true), ("b", nil, true), (nil, "a", true), ("head", "other", false),
            (nil, nil, false),
            ("head", nil, false),
        ] as [(String?, String?, Bool)])
    func sameParent(receiver: String?, provider: String?, kin: Bool) async throws {
        let input = try world(needing("a") { $0.parent = receiver }, offering("b") { $0.parent = provider })
        #expect(try Market(input).candidates().isEmpty == kin)
        if kin {
            #expect(try await reason(input) == .sameParent)
            #expect(try await details(input) == ["parent=\(receiver ?? provider ?? "")"])
        }
    }

    @Test("An exclusion holds in its direction only")
    func excluded() async throws {
        let forth = try world(
            needing("a"), offering("b"), exclusions: [Exclusion(provider: "b", receiver: "a")])
        #expect(try await reason(forth) == .excluded)
        let back = try world(
            needing("a"), offering("b"), exclusions: [Exclusion(provider: "a", receiver: "b")])
        #expect(try Market(back).candidates().count == 1)
    }

    @Test("No related offer; too far a relation; too low a level")
    func relation() async throws {
        let nothing = try world(needing("a"), offering("b", "accounts"))
        #expect(try await reason(nothing) == .noOffer)
        let far = try world(needing("a", "laser-metal"), offering("b", "making"))
        #expect(try await reason(far) == .belowFloor)
        #expect(try await details(far) == ["factor=skill", "value=343000", "floor=450000"])
        let low = try world(needing("a"), offering("b") { $0.offers[0].level = 1 })
        #expect(try await reason(low) == .belowFloor)
        #expect(try await details(low) == ["factor=level", "level=1", "level_now=1"])
    }

    @Test(
        "The same help is not proposed again within three rounds",
        arguments: [(1, true), (3, true), (4, false)])
    func repeated(ago: Int, held: Bool) async throws {
        let met = Meeting(provider: "b", receiver: "a", skill: "laser", roundsAgo: ago)
        let input = try world(needing("a"), offering("b"), meetings: [met])
        #expect(try Market(input).candidates().isEmpty == held)
        if held { #expect(try await details(input) == ["rounds_ago=\(ago)"]) }
        // Another need of the same two is another help.
        let other = try world(
            needing("a"), offering("b"),
            meetings: [Meeting(provider: "b", receiver: "a", skill: "vinyl", roundsAgo: ago)])
        #expect(try Market(other).candidates().count == 1)
    }

    @Test("No repeat is held against anyone when a round says so")
    func repeatsAllowed() throws {
        var parameters = Parameters.standard
        parameters.repeatRounds = 0
        let met = Meeting(provider: "b", receiver: "a", skill: "laser", roundsAgo: 1)
        let input = try world(needing("a"), offering("b"), parameters: parameters, meetings: [met])
        #expect(try Market(input).candidates().count == 1)
    }

    @Test("Languages, modes and slots that share nothing exclude the pair")
    func shared() async throws {
        let speech = try world(needing("a"), offering("b") { $0.languages = ["oc", "br"] })
        #expect(try await reason(speech) == .noSharedLanguage)
        #expect(try await details(speech) == ["need=fr", "offer=br,oc"])
        let way = try world(needing("a"), offering("b") { $0.modes = [.onSite] })
        #expect(try await reason(way) == .noSharedMode)
        #expect(try await details(way) == ["need=remote", "offer=on-site"])
        let time = try world(
            needing("a") { $0.slots = [.day] }, offering("b") { $0.slots = [.weekend, .evening] })
        #expect(try await reason(time) == .noSharedSlot)
        #expect(try await details(time) == ["need=day", "offer=evening,weekend"])
    }

    @Test("What a need or an offer states stands in for its community's list")
    func overrides() async throws {
        let own = try world(
            needing("a") { $0.needs[0].languages = ["oc"] },
            offering("b") {
                $0.languages = ["br"]
                $0.offers[0].languages = ["oc"]
            })
        #expect(try Market(own).candidates().count == 1)
        let lost = try world(needing("a") { $0.needs[0].languages = ["oc"] }, offering("b"))
        #expect(try await details(lost) == ["need=oc", "offer=fr"])
        let mode = try world(needing("a") { $0.needs[0].modes = [.onSite] }, offering("b"))
        #expect(try await reason(mode) == .noSharedMode)
        let slot = try world(
            needing("a") {
                $0.slots = [.day]
                $0.needs[0].slots = [.evening]
            }, offering("b") { $0.offers[0].slots = [.day] })
        #expect(try await details(slot) == ["need=evening", "offer=day"])
    }

    @Test("Slots left empty mean any")
    func anySlot() throws {
        let input = try world(needing("a"), offering("b") { $0.slots = [.weekend] })
        #expect(try Market(input).candidates().count == 1)
    }

    @Test("On site only: past a limit, or from an unknown place, is too far")
    func tooFar() async throws {
        func pair(_ from: Position?, _ to: Position?) throws -> RoundInput {
            try world(
                needing("a") {
                    $0.modes = [.onSite]
                    $0.position = from
                    $0.maxKm = 80
                },
                offering("b") {
                    $0.modes = [.onSite]
                    $0.position = to
                })
        }
        let far = try pair(here, there)
        #expect(try await reason(far) == .tooFar)
        #expect(try await details(far) == ["distance_km=111.2", "max_km=50"])
        for unknown in [try pair(nil, there), try pair(here, nil), try pair(nil, nil)] {
            #expect(try await reason(unknown) == .tooFar)
            #expect(try await details(unknown) == ["distance=unknown", "max_km=50"])
        }
        #expect(try Market(pair(here, here)).candidates().count == 1)
    }

    @Test("The first filter in order gives the reason, each hiding those after it")
    func order() async throws {
        // A pair that fails everything, mended filter by filter.
        var receiver = needing("a", "laser-metal") {
            $0.parent = "head"
            $0.modes = [.onSite]
            $0.slots = [.day]
        }
        var provider = offering("b", "accounts") {
            $0.parent = "head"
            $0.languages = ["br"]
            $0.slots = [.evening]
        }
        var exclusions = [Exclusion(provider: "b", receiver: "a")]
        var meetings = [Meeting(provider: "b", receiver: "a", skill: "laser-metal", roundsAgo: 1)]
        func now() async throws -> WhyNot? {
            try await reason(world(receiver, provider, meetings: meetings, exclusions: exclusions))
        }
        #expect(try await now() == .sameParent)
        provider.parent = nil
        #expect(try await now() == .excluded)
        exclusions = []
        #expect(try await now() == .noOffer)
        provider.offers[0].skill = "making"
        #expect(try await now() == .belowFloor)
        provider.offers[0].skill = "laser-metal"
        provider.offers[0].level = 1
        #expect(try await now() == .belowFloor)
        provider.offers[0].level = 3
        #expect(try await now() == .repeat)
        meetings = []
        #expect(try await now() == .noSharedLanguage)
        provider.languages = ["fr"]
        #expect(try await now() == .noSharedMode)
        provider.modes = [.onSite]
        #expect(try await now() == .noSharedSlot)
        provider.slots = [.day]
        #expect(try await now() == .tooFar)
        receiver.position = here
        provider.position = here
        #expect(try await now() == nil)
    }

    @Test("A standing is given first, the receiver's before the provider's")
    func standing() async throws {
        let input = try world(
            needing("a"),
            absentees: [
                Absentee(slug: "b", reason: .paused), Absentee(slug: "c", reason: .noConsent),
                Absentee(slug: "d", reason: .stale), Absentee(slug: "e", reason: .unconfirmed),
            ])
        #expect(try await reason(input, receiver: "a", provider: "b") == .paused)
        #expect(try await details(input, receiver: "a", provider: "b") == ["community=b"])
        #expect(try await reason(input, receiver: "c", provider: "a") == .noConsent)
        #expect(try await reason(input, receiver: "d", provider: "e") == .stale)
        #expect(try await reason(input, receiver: "e", provider: "d") == .unconfirmed)
        #expect(try await reason(input, receiver: "e", provider: "e") == .itself)
    }

    @Test("The codes are those of the machine formats")
    func codes() {
        #expect(
            WhyNot.allCases.map(\.rawValue) == [
                "itself", "unconfirmed", "paused", "no_consent", "stale", "same_parent", "excluded",
                "no_offer",
                "below_floor", "repeat", "no_shared_language", "no_shared_mode", "no_shared_slot", "too_far",
                "need_met", "receiver_full", "offer_full", "provider_full",
            ])
        #expect(Mode.allCases.map(\.rawValue) == ["remote", "on-site"])
        #expect(Slot.allCases.map(\.rawValue) == ["day", "evening", "weekend"])
        #expect(Posture.allCases.map(\.rawValue) == ["mentor", "peer", "circle"])
        #expect(
            Format.allCases.map(\.rawValue) == [
                "short-help", "visit", "workshop", "companionship", "residency",
            ])
        #expect(
            Factor.allCases.map(\.rawValue) == [
                "skill", "level", "closeness", "urgency", "waiting", "novelty", "fit",
            ])
    }
}
