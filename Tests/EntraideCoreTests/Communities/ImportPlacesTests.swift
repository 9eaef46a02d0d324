import EntraideCore
import Lines
import Matching
import Postgres
import PostgresTestSupport
import Testing

@Suite("Importing digital-mediation places", .core)
struct ImportPlacesTests {
    private static let header = "id,nom,adresse,code_insee,latitude,longitude,services,typologie"
    private static let rows = [
        "s-1,Espace public numérique,1 rue A,59183,51.0343211,2.3768,Utilisation sécurisée du numérique|Aide aux démarches administratives,ASSO",
        "s-2,Mairie de Corscia,2 rue B,,,,Compréhension du monde numérique|Télépathie,",
    ]

    private func load(
        _ core: Core, _ text: String, map: [String] = [], dryRun: Bool = false
    ) async throws -> TableImportReport {
        var options = TableImportOptions()
        options.source = "mednum"
        options.map = ColumnMap(pairs: try map.flatMap { try ColumnMap(pair: $0).pairs })
        return try await core.table(text, options, dryRun: dryRun)
    }

    private func text(_ rows: [String], header: String = Self.header) -> String {
        ([header] + rows).joined(separator: "\r\n") + "\r\n"
    }

    @Test("Standard columns come in, unconfirmed and without consent, activities becoming suggested offers")
    func standard() async throws {
        let core = try Core()
        let report = try await load(core, text(Self.rows))
        #expect((report.read, report.added, report.repeated, report.refusedCount) == (2, 2, 0, 0))
        #expect(report.losses.count(.unknownSkill) == 1)
        let stored = try await core.communities.profile("espace-public-numerique")
        let community = stored.profile.community
        #expect(community.name == "Espace public numérique")
        #expect(
            community.status == .unconfirmed && community.kind == .association
                && community.territory == "59183")
        #expect(community.position == Position(latitudeE6: 51_034_321, longitudeE6: 2_376_800))
        #expect(stored.profile.consent == [:] && stored.profile.contact == nil && stored.confirmedOn == nil)
        #expect(stored.profile.sourceID == "mednum:s-1")
        #expect(stored.profile.offers.map(\.terms.skill) == ["aide-demarches", "usages-surs"])
        #expect(stored.profile.offers.allSatisfy { $0.suggested })
        let other = try await core.communities.profile("mairie-de-corscia").profile
        #expect(other.community.kind == .other && other.community.position == nil)
        #expect(other.offers.map(\.terms.skill) == ["culture-numerique"])
    }

    @Test("The same file again adds and changes nothing; a changed row updates what is not confirmed yet")
    func twice() async throws {
        let core = try Core()
        _ = try await load(core, text(Self.rows))
        let before = try await core.snapshot()
        let again = try await load(core, text(Self.rows.reversed()))
        #expect((again.added, again.updated, again.unchanged) == (0, 0, 2))
        #expect(try await core.snapshot() == before)
        let renamed = Self.rows[1].replacing("Mairie de Corscia", with: "Maison de Corscia")
        let third = try await load(core, text([renamed]))
        #expect((third.added, third.updated) == (0, 1))
        #expect(
            try await core.communities.profile("mairie-de-corscia").profile.community.name
                == "Maison de Corscia")
    }

    @Test("Other headers are mapped, with semicolons and a byte order mark as spreadsheets write them")
    func mapped() async throws {
        let core = try Core()
        let csv =
            "\u{FEFF}Structure;Adresse;lat;long;Type;Activités proposées\r\nÉpicerie “L'Œil”;3 rue C;48.1;-1.6;Association;Compréhension du monde numérique\r\n"
        let map = [
            "nom=structure", "adresse=Adresse", "latitude=lat", "longitude=long", "typologie=Type",
            "services=activites proposees",
        ]
        let report = try await load(core, csv, map: map)
        #expect((report.added, report.refusedCount) == (1, 0))
        let slug = try #require(
            try await core.communities.list(CommunityFilter(), for: .coordinator).first?.community)
        let profile = try await core.communities.profile(slug).profile
        #expect(profile.community.name == "Épicerie “L'Œil”")
        #expect(profile.community.position == Position(latitudeE6: 48_100_000, longitudeE6: -1_600_000))
        #expect(profile.offers.map(\.terms.skill) == ["culture-numerique"])
        #expect(try await load(core, csv, map: map).added == 0)
    }

    @Test(
        "Without an id a place is its name at its address; rows that repeat it bring their services together")
    func identity() async throws {
        let core = try Core()
        let csv = """
            nom,adresse,services
            Médiathèque,1 rue A,Compréhension du monde numérique
            MEDIATHEQUE,1  Rue A,Utilisation sécurisée du numérique
            Médiathèque,2 rue A,Aide aux démarches administratives

            """
        let report = try await load(core, csv)
        #expect((report.read, report.added, report.repeated) == (3, 2, 1))
        let records = try await core.communities.list(CommunityFilter(), for: .coordinator)
        #expect(records.count == 2)
        #expect(records.first?.community == "mediatheque")
        #expect(records.last?.community.hasPrefix("mediatheque-") == true)
        let merged = try await core.communities.profile("mediatheque").profile
        #expect(merged.offers.map(\.terms.skill) == ["culture-numerique", "usages-surs"])
        let again = try await load(core, csv)
        #expect((again.added, again.updated, again.unchanged, again.repeated) == (0, 0, 2, 1))
    }

    @Test("A place is matched by no round before it is confirmed, and by the next one after")
    func matchedOnceConfirmed() async throws {
        let core = try Core()
        _ = try await load(core, text(Self.rows))
        try await core.register(line("needy", needs: ["usages-surs:3"]))
        #expect(try await core.run("before").round.result?.matches == 0)
        let outcomes = try await core.rounds.participants("before", on: Core.day)
        #expect(outcomes.filter { $0.reason == "unconfirmed" }.count == 2)
        #expect(
            try await core.communities.confirm(
                "espace-public-numerique", by: .onBehalf(through: .meeting), on: Core.day))
        #expect(
            try await core.communities.offers(of: "espace-public-numerique", for: .coordinator).allSatisfy {
                !$0.suggested
            })
        try await core.run("after")
        let found = try await core.allMatches("after")
        #expect(found.map(\.provider) == ["espace-public-numerique"])
        #expect(found.map(\.receiver) == ["needy"])
    }

    @Test("What a community has confirmed stays as it is when the file comes again")
    func confirmedStays() async throws {
        let core = try Core()
        _ = try await load(core, text(Self.rows))
        _ = try await core.communities.confirm(
            "mairie-de-corscia", by: .onBehalf(through: .phone), on: Core.day)
        try await core.communities.removeOffer("culture-numerique", from: "mairie-de-corscia")
        try await core.communities.pause("espace-public-numerique")
        let before = try await core.snapshot()
        let changed = Self.rows.map {
            $0.replacing("rue", with: "avenue").replacing("numérique,1", with: "neuf,1")
        }
        let report = try await load(core, text(changed))
        #expect((report.added, report.updated, report.unchanged) == (0, 0, 2))
        #expect(try await core.snapshot() == before)
    }

    @Test("What a coordinator noted on a place that is not confirmed yet survives the file")
    func notesStay() async throws {
        let core = try Core()
        _ = try await load(core, text(Self.rows))
        let slug = "mairie-de-corscia"
        _ = try await core.communities.update(slug, by: .itself) {
            $0.contact = "mairie@corscia.example"
            $0.community.maxKm = 12
            $0.needs.append(Need(terms: NeedInput(skill: "video")))
        }
        try await core.communities.add(Offer(terms: OfferInput(skill: "couture")), to: slug)
        let renamed = Self.rows[1].replacing("Mairie de", with: "Maison de").replacing(
            "Compréhension du monde", with: "Utilisation sécurisée du")
        #expect(try await load(core, text([renamed])).updated == 1)
        let profile = try await core.communities.profile(slug).profile
        #expect(profile.community.name == "Maison de Corscia")
        #expect(profile.contact == "mairie@corscia.example" && profile.community.maxKm == 12)
        #expect(profile.needs.map(\.terms.skill) == ["video"])
        #expect(
            profile.offers.map { "\($0.terms.skill) \($0.suggested)" } == [
                "couture false", "usages-surs true",
            ])
    }

    @Test("Unknown services become proposed skills when that is asked, and are suggested with the others")
    func proposed() async throws {
        let core = try Core()
        var options = TableImportOptions()
        options.source = "mednum"
        options.isProposing = true
        let report = try await core.table(text(Self.rows), options)
        #expect(report.proposed == ["telepathie"] && report.losses.count(.unknownSkill) == 1)
        let offers = try await core.communities.profile("mairie-de-corscia").profile.offers
        #expect(offers.map(\.terms.skill) == ["culture-numerique", "telepathie"])
        #expect(offers.allSatisfy { $0.suggested })
        let again = try await core.table(text(Self.rows), options)
        #expect((again.added, again.updated, again.unchanged) == (0, 0, 2))
    }

    @Test("A rehearsal tells what would come in, and leaves nothing")
    func dryRun() async throws {
        let core = try Core()
        let before = try await core.snapshot()
        let report = try await load(core, text(Self.rows), dryRun: true)
        #expect(report.added == 2)
        #expect(try await core.snapshot() == before)
    }
}
