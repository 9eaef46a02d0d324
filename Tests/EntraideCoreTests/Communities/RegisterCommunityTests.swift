import EntraideCore
import Lines
import Matching
import Postgres
import PostgresTestSupport
import Testing

@Suite("Registering, changing, confirming and pausing communities", .core)
struct RegisterCommunityTests {
    private func consents(_ core: Core, of slug: String) async throws -> [String] {
        try await core.column(
            """
            SELECT k.purpose || ' ' || k.granted || ' ' || k.channel AS x
            FROM consents AS k JOIN communities AS c ON c.id = k.community_id
            WHERE c.slug = \(slug) ORDER BY k.purpose
            """)
    }

    @Test("What was registered reads back as it was written, whatever it holds")
    func readsBack() async throws {
        let core = try Core()
        var g = SeededGenerator(seed: 7)
        let skills = try bundledVocabulary().skills.map(\.slug)
        try await core.register(line("some-parent"))
        let profiles = (0..<40).map { Profile.random(&g, slug: "community-\($0)", skills: skills) }
        // Equal random source ids belong to the first only.
        var sources: Set<String> = []
        let distinct = profiles.map { profile in
            var copy = profile
            if let id = copy.sourceID, !sources.insert(id).inserted { copy.sourceID = nil }
            return copy
        }
        _ = try await core.communities.register(distinct, by: .itself, on: Core.day)
        for profile in distinct {
            let stored = try await core.communities.profile(profile.community.slug)
            #expect(stored.profile == profile)
            #expect(stored.confirmedOn == Core.day)
        }
    }

    @Test("A slug that stands is refused with status 73, one given twice with 65, and nothing is written")
    func duplicates() async throws {
        let core = try Core()
        #expect(try await core.register(line("a"), line("b")) == ["a", "b"])
        let before = try await core.snapshot()
        let standing = await refusal { try await core.register(line("c"), line("a", offers: ["video"])) }
        #expect(standing == EntraideError(.duplicateCommunity, ["community": "a"]))
        #expect(standing?.code.exitStatus == 73)
        let twice = await refusal { try await core.register(line("d"), line("d")) }
        #expect(twice?.code == .duplicateInFile && twice?.code.exitStatus == 65)
        #expect(twice?.values == ["value": "d"] && twice?.place.field == "community")
        #expect(try await core.snapshot() == before)
    }

    @Test(
        "A parent may come after its child; one that is unknown, or a circle, is refused and nothing is written"
    )
    func parents() async throws {
        let core = try Core()
        #expect(
            try await core.register(
                line("child", #""parent":"mother""#), line("mother", #""parent":"grand""#), line("grand"))
                == ["child", "mother", "grand"])
        #expect(try await core.communities.profile("child").profile.community.parent == "mother")
        let before = try await core.snapshot()
        let unknown = await refusal {
            try await core.register(line("x"), line("orphan", #""parent":"nobody""#))
        }
        #expect(unknown == EntraideError(.badParent, ["parent": "nobody"], at: Place(field: "parent")))
        let circle = await refusal {
            try await core.register(
                line("x", #""parent":"y""#), line("y", #""parent":"z""#), line("z", #""parent":"x""#))
        }
        #expect(circle?.code == .badParent)
        let itself = await refusal {
            try await core.communities.update("grand", by: .itself) { $0.community.parent = "grand" }
        }
        #expect(itself?.code == .badParent)
        #expect(try await core.snapshot() == before)
    }

    @Test("A line of parents a thousand long is put in order")
    func longLine() async throws {
        let core = try Core()
        let lines = (0..<1000).map { line("c-\($0)", $0 < 999 ? #""parent":"c-\#($0 + 1)""# : "") }
        #expect(try await core.register(lines).count == 1000)
    }

    @Test("What is said on behalf of a community records its consent to matching and the channel")
    func onBehalf() async throws {
        let core = try Core()
        let profiles = try read([line("a", #""consent":{"publication":false}"#), line("b")])
        _ = try await core.communities.register(profiles, by: .onBehalf(through: .phone), on: Core.day)
        #expect(try await consents(core, of: "a") == ["matching true phone", "publication false phone"])
        try await core.register(line("c", #""consent":{"matching":false}"#))
        #expect(try await consents(core, of: "c") == ["matching false coordinator"])
        #expect(
            try await core.communities.update("c", by: .onBehalf(through: .meeting)) {
                $0.contact = "x@y.example"
            }.outcome == .updated)
        #expect(try await consents(core, of: "c") == ["matching true meeting"])
        try await core.register(line("d", #""consent":{}"#))
        #expect(
            await refusal { try await core.communities.confirm("d", by: .itself, on: Core.day) }?.code
                == .onBehalfMissing)
        #expect(
            try await Caller.$community.withValue("d") {
                try await core.communities.confirm("d", by: .itself, on: Core.day)
            } == false)
        #expect(try await core.communities.confirm("d", by: .onBehalf(through: .mail), on: Core.day))
        #expect(try await consents(core, of: "d") == ["matching true mail"])
    }

    @Test("A rehearsal answers as the write would, refuses what it would refuse, and leaves nothing")
    func dryRun() async throws {
        let core = try Core()
        try await core.register(line("a", needs: ["video"]))
        let before = try await core.snapshot()
        let dry = Communities(core.database, dryRun: true)
        #expect(
            try await dry.register(try read([line("b")]), by: .itself, on: Core.day).map(\.community) == ["b"]
        )
        #expect(
            await refusal { try await dry.register(try read([line("a")]), by: .itself, on: Core.day) } != nil)
        #expect(try await dry.update("a", by: .itself) { $0.community.give = 9 }.outcome == .updated)
        #expect(try await dry.confirm("a", by: .onBehalf(through: .phone), on: "2027-02-02"))
        try await dry.pause("a")
        try await dry.closeNeed("video", of: "a")
        try await dry.add(Offer(terms: OfferInput(skill: "couture")), to: "a")
        let report = try await core.load([line("a"), line("c"), line("d", #""parent":"c""#)], dryRun: true)
        #expect((report.added, report.updated, report.refused.count) == (2, 1, 0))
        #expect(try await core.snapshot() == before)
    }

    @Test("A change is written, no change is none, and a change that fails leaves what stood")
    func update() async throws {
        let core = try Core()
        try await core.register(
            line("a", offers: ["couture:4"], needs: ["video", "redaction"], #""contact":"a@a.example""#))
        try await core.communities.closeNeed("video", of: "a")
        let standing = try await core.communities.profile("a")
        let before = try await core.snapshot()
        #expect(try await core.communities.update("a", by: .itself) { _ in }.outcome == .unchanged)
        struct Interruption: Error {}
        let failed = await refusal {
            try await core.communities.update("a", by: .itself) { profile in
                profile.community.name = "B"
                throw EntraideError(.badText)
            }
        }
        #expect(failed?.code == .badText)
        #expect(try await core.snapshot() == before)
        #expect(
            try await core.communities.update("a", by: .itself) {
                $0.community.name = "B"
                $0.community.languages = ["fr", "br"]
            }.outcome == .updated)
        var wanted = standing
        wanted.profile.community.name = "B"
        wanted.profile.community.languages = ["br", "fr"]
        #expect(try await core.communities.profile("a") == wanted)
        #expect(wanted.closedNeeds.map(\.terms.skill) == ["video"])
        let unknown = await refusal { try await core.communities.update("zz", by: .itself) { _ in } }
        #expect(unknown == EntraideError(.unknownCommunity, ["community": "zz"]))
        #expect(unknown?.code.exitStatus == 66)
    }

    @Test("A pause takes a community out, and its end brings back the status it had")
    func pauses() async throws {
        let core = try Core()
        try await core.register(line("a"))
        try await core.communities.pause("a")
        #expect(try await core.communities.show("a", for: .coordinator).status == "paused")
        #expect(try await core.communities.resume("a") == .active)
        #expect(try await core.communities.resume("a") == .active)
        let csv = "nom,adresse\nMairie,1 rue\n"
        _ = try await core.table(csv)
        try await core.communities.pause("mairie")
        #expect(try await core.communities.resume("mairie") == .unconfirmed)
        #expect(try await core.communities.confirm("mairie", by: .onBehalf(through: .phone), on: Core.day))
        try await core.communities.pause("mairie")
        #expect(try await core.communities.resume("mairie") == .active)
        #expect(await refusal { try await core.communities.pause("zz") }?.code == .unknownCommunity)
        #expect(await refusal { try await core.communities.resume("zz") }?.code == .unknownCommunity)
        #expect(
            await refusal {
                try await core.communities.confirm("zz", by: .onBehalf(through: .phone), on: Core.day)
            }?.code
                == .unknownCommunity)
    }

    @Test("Two that register the same slug at once leave one community, and the other is told")
    func race() async throws {
        let core = try Core()
        let outcomes = await withTaskGroup(of: ErrorCode?.self) { group in
            for number in 0..<4 {
                group.addTask {
                    await refusal { try await core.register(line("a", #""give":\#(number)"#)) }?.code
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 == nil }.count == 1)
        #expect(outcomes.filter { $0 == .duplicateCommunity }.count == 3)
        #expect(try await core.communities.list(CommunityFilter(), for: .coordinator).count == 1)
    }
}
