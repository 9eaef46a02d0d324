import EntraideCore
import Lines
import Matching
import Testing

@Suite("Reading profiles")
struct ProfileReadingTests {
    private static let yaml = """
        community: fablab-des-dunes
        name: Fablab des Dunes (exemple fictif)
        kind: fablab
        territory: "59183"
        latitude: 51.034300
        longitude: -2.3
        languages: [fr, no]
        modes: [on-site, remote]
        slots: [weekend, day]
        max_km: 80
        give: 3
        receive: 2
        stage: organising
        visibility: public
        contact: contact@dunes.example
        source_id: mednum:42
        consent: {matching: yes, publication: yes, contact: "no", research: no}
        offers:
          - {skill: decoupe-laser, level: 3, capacity: 2, formats: [workshop, visit], group_max: 6, until: 2027-12-31}
        needs:
          - {skill: comptabilite-associative, level_now: 1, level: 2, urgency: 3, needed_by: 2027-03-01, quantity: 2}
        """

    private static let ndjson =
        #"{"needs":[{"skill":"comptabilite-associative","level_now":1,"level":2,"urgency":3,"needed_by":"2027-03-01","#
        + #""quantity":2}],"offers":[{"skill":"decoupe-laser","level":3,"capacity":2,"formats":["visit","workshop"],"#
        + #""group_max":6,"until":"2027-12-31"}],"consent":{"matching":true,"publication":true,"contact":false,"#
        + #""research":false},"source_id":"mednum:42","contact":"contact@dunes.example","visibility":"public","#
        + #""stage":"organising","receive":2,"give":3,"max_km":80,"slots":["day","weekend"],"modes":["remote","on-site"],"#
        + #""languages":["no","fr"],"longitude":-2.3,"latitude":51.0343,"territory":"59183","kind":"fablab","#
        + #""name":"Fablab des Dunes (exemple fictif)","community":"fablab-des-dunes","parent":null}"#

    @Test("YAML and ndjson that say the same are the same profile")
    func equal() throws {
        let profiles = try read([Self.yaml])
        #expect(profiles.count == 1)
        #expect(profiles == (try read([Self.ndjson])))
        let profile = try #require(profiles.first)
        var community = Community(
            slug: "fablab-des-dunes", name: "Fablab des Dunes (exemple fictif)", kind: .fablab)
        community.stage = .organising
        community.territory = "59183"
        community.position = Position(latitudeE6: 51_034_300, longitudeE6: -2_300_000)
        community.languages = ["fr", "no"]
        community.modes = [.remote, .onSite]
        community.slots = [.day, .weekend]
        community.maxKm = 80
        community.give = 3
        community.receive = 2
        community.visibility = .public
        #expect(profile.community == community)
        #expect(profile.contact == "contact@dunes.example")
        #expect(profile.sourceID == "mednum:42")
        #expect(profile.consent == [.matching: true, .publication: true, .contact: false, .research: false])
        var offer = Offer(
            terms: OfferInput(skill: "decoupe-laser", capacity: 2, formats: [.visit, .workshop]))
        offer.groupMax = 6
        offer.until = "2027-12-31"
        #expect(profile.offers == [offer])
        var need = Need(terms: NeedInput(skill: "comptabilite-associative", urgency: 3, quantity: 2))
        need.neededBy = "2027-03-01"
        #expect(profile.needs == [need])
    }

    @Test("What a profile leaves out takes the defaults of the documentation")
    func defaults() throws {
        let profile = try #require(
            try read([
                #"{"community":"a","name":"A","kind":"other","offers":[{"skill":"couture"}],"needs":[{"skill":"video"}]}"#
            ]).first)
        let community = profile.community
        #expect((community.give, community.receive, community.maxKm) == (3, 2, 50))
        #expect(
            community.languages == ["fr"] && community.modes == [.remote, .onSite] && community.slots == [])
        #expect(community.visibility == .partners && community.status == .active)
        #expect(profile.consent.isEmpty && !profile.consents(to: .matching))
        #expect((profile.offers[0].terms.level, profile.offers[0].terms.capacity) == (3, 1))
        let need = profile.needs[0].terms
        #expect((need.levelNow, need.level, need.urgency, need.quantity) == (1, 2, 2, 1))
    }

    @Test("Several documents and several lines are as many profiles, blank lines and a byte order mark aside")
    func several() throws {
        let yaml = "\u{FEFF}community: a\nname: A\nkind: fablab\n---\ncommunity: b\nname: B\nkind: commons\n"
        #expect(try read([yaml]).map(\.community.slug) == ["a", "b"])
        let lines = ["\u{FEFF}" + line("c") + "\r", "", "  ", line("d")]
        #expect(try read(lines).map(\.community.slug) == ["c", "d"])
    }

    @Test(
        "A territory's code keeps its letters, quoted or not",
        arguments: [
            ("59183", "59183"), ("\"59183\"", "59183"), ("01400", "01400"), ("2A004", "2A004"),
            ("'00'", "00"),
        ])
    func territory(written: String, read code: String) throws {
        let yaml = "community: a\nname: A\nkind: fablab\nterritory: \(written)\n"
        #expect(try read([yaml]).first?.community.territory == code)
    }

    @Test("In YAML, no is Norwegian in a list of languages and a refusal in a consent")
    func norway() throws {
        let yaml =
            "community: a\nname: A\nkind: fablab\nlanguages: [no, fr]\nconsent: {matching: no, contact: oui}\n"
        let profile = try #require(try read([yaml]).first)
        #expect(profile.community.languages == ["fr", "no"])
        #expect(profile.consent == [.matching: false, .contact: true])
    }

    @Test("A name is composed, trimmed, and may take its limit in bytes and not one more")
    func names() throws {
        func name(_ text: String) throws -> String? {
            try read([#"{"community":"a","kind":"fablab","name":"\#(text)"}"#]).first?.community.name
        }
        #expect(try name("  Cafe\u{301} ") == "Café")
        #expect(try name("Cafe\u{301}")?.utf8.count == 5)
        let full = String(repeating: "é", count: 100)
        #expect(try name(full) == full)
        #expect(try name(String(repeating: "e\u{301}", count: 100)) == full)
        #expect(throws: EntraideError.self) { try name(full + "e") }
    }

    @Test("Words of a command line become offers and needs, each part left out taking its default")
    func shortForms() throws {
        let vocabulary = try bundledVocabulary()
        let offer = try Offer(spec: "decoupe-laser:4:2", vocabulary: vocabulary, field: "offer")
        #expect(offer.terms == OfferInput(skill: "decoupe-laser", level: 4, capacity: 2))
        #expect(try Offer(spec: "couture::5", vocabulary: vocabulary, field: "offer").terms.level == 3)
        let need = try Need(spec: "video:3:1:4", vocabulary: vocabulary, field: "need")
        #expect(need.terms == NeedInput(skill: "video", level: 3, urgency: 1, quantity: 4))
        #expect(
            try Need(spec: "video", levelNow: 2, vocabulary: vocabulary, field: "need").terms
                == NeedInput(skill: "video", levelNow: 2, level: 3))
        for (spec, code) in [
            ("decoupe-laser:5", ErrorCode.outOfRange), ("decoupe-laser:x", .wrongType),
            ("decoupe-laser:1:1:1", .wrongType),
            ("decoupe-lazer", .unknownSkill), ("", .unknownSkill), ("couture:3:1001", .outOfRange),
        ] {
            let error = #expect(throws: EntraideError.self, "\(spec)") {
                try Offer(spec: spec, vocabulary: vocabulary, field: "offer")
            }
            #expect(error?.code == code)
            #expect(error?.place.field?.hasPrefix("offer") == true)
        }
    }
}
