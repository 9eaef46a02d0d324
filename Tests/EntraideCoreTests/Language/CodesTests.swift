import EntraideCore
import Lines
import Matching
import Testing

@Suite("Closed lists of codes")
struct CodesTests {
    private func expectSoundList<C: CodeList>(_: C.Type, _ codes: [String], separator: Character = "-") {
        #expect(C.allCases.map(\.rawValue) == codes, "\(C.self)")
        #expect(Set(codes).count == codes.count)
        #expect(!C.field.isEmpty)
        for code in C.allCases {
            expectSound(code.label, "\(C.self).\(code.rawValue)")
            #expect(C(rawValue: code.rawValue) == code)
            #expect(code.rawValue.allSatisfy { $0.isASCII && ($0.isLowercase || $0 == separator) })
        }
        #expect(Set(C.allCases.map(\.label.fr)).count == codes.count)
        #expect(Set(C.allCases.map(\.label.en)).count == codes.count)
    }

    @Test("Each list holds the codes of its contract, each with a label of its own in both languages")
    func lists() {
        expectSoundList(
            CommunityKind.self,
            [
                "fablab", "third-place", "association", "collective", "commons", "mediation", "cooperative",
                "public-body",
                "other",
            ])
        expectSoundList(CommunityStatus.self, ["unconfirmed", "active", "paused"])
        expectSoundList(Visibility.self, ["public", "partners", "private"])
        expectSoundList(Stage.self, ["starting", "organising", "funding", "documenting", "passing-on"])
        expectSoundList(Mode.self, ["remote", "on-site"])
        expectSoundList(Posture.self, ["mentor", "peer", "circle"])
        expectSoundList(Format.self, ["short-help", "visit", "workshop", "companionship", "residency"])
        expectSoundList(Slot.self, ["day", "evening", "weekend"])
        expectSoundList(RoundStatus.self, ["draft", "open", "proposed", "published", "closed", "cancelled"])
        expectSoundList(
            MatchStatus.self,
            [
                "proposed", "accepted_provider", "accepted_receiver", "agreed", "met", "completed",
                "declined", "lapsed",
                "abandoned", "erased",
            ], separator: "_")
        expectSoundList(Factor.self, ["skill", "level", "closeness", "urgency", "waiting", "novelty", "fit"])
        expectSoundList(Coverage.self, ["bonus", "first"])
        expectSoundList(Purpose.self, ["matching", "publication", "contact", "research"])
        expectSoundList(Channel.self, ["self", "phone", "mail", "meeting", "file", "coordinator"])
        expectSoundList(TokenScope.self, ["communities", "matches", "contacts", "changes"])
    }

    @Test("The reasons of why not are those of the contract, each with a label of its own")
    func whyNot() {
        let contract: Set = [
            "no_offer", "no_shared_language", "no_shared_mode", "no_shared_slot", "too_far", "below_floor",
            "same_parent",
            "excluded", "repeat", "itself", "no_consent", "offer_full", "provider_full", "need_met",
            "receiver_full",
            "paused", "unconfirmed", "stale",
        ]
        #expect(Set(WhyNot.allCases.map(\.rawValue)) == contract)
        expectSoundList(WhyNot.self, WhyNot.allCases.map(\.rawValue), separator: "_")
    }
}
