import EntraideCore
import Postgres
import PostgresTestSupport
import Testing

@Suite("Importing large tables", .core)
struct LargeTableTests {
    @Test("A table of several batches comes in once; again it changes nothing but what it says otherwise")
    func batches() async throws {
        let core = try Core()
        func table(_ urgent: String) -> String {
            "id;nom;compétences;besoins\n"
                + (0..<6_000).map { index in
                    // The last rows come back to the first places, and bring one that was refused there.
                    let id = index < 5_900 ? index : index - 5_900
                    let skills = index % 2 == 0 ? "couture|vidéo" : "couture"
                    return
                        "\(id);\(index % 1000 == 7 ? "" : "Atelier d’Exemple \(id)");\(skills);\(index == 1 ? urgent : "")\n"
                }.joined()
        }
        let first = try await core.table(table(""))
        #expect((first.read, first.added, first.repeated, first.refusedCount) == (6_000, 5_895, 99, 6))
        let offers = try await core.column("SELECT count(*)::text AS x FROM offers")
        #expect(offers == ["8845"])
        let again = try await core.table(table(""))
        #expect((again.added, again.updated, again.unchanged) == (0, 0, 5_895))
        let changed = try await core.table(table("impression 3D"))
        #expect((changed.added, changed.updated, changed.unchanged) == (0, 1, 5_894))
        #expect(try await core.column("SELECT count(*)::text AS x FROM offers") == offers)
        #expect(try await core.column("SELECT count(*)::text AS x FROM needs") == ["1"])
    }

    @Test(
        "In a commune of many only the same words count, and all such pairs are counted, a few of them listed"
    )
    func crowded() async throws {
        let core = try Core()
        try await core.loadCommunes()
        let words = ["dune", "orme", "pont", "lande", "phare", "marais", "galet", "source"]
        let names = (0..<512).map { index in
            "Atelier \(words[index % 8]) \(words[index / 8 % 8]) \(words[index / 64]) d’Exemple \(index)"
        }
        let twins = (0..<12).map { _ in "Fabrique aux mille exemples" }
        let slip = ["Fabrique aux mille exemplas"]
        let rows = (names + twins + slip).enumerated().map { "\($0);\($1);Brest\n" }
        let report = try await core.table("id;nom;ville\n" + rows.joined())
        #expect(report.added == 525)
        #expect(report.duplicates.count == 66 && report.duplicates.pairs.count == 50)
        let again = try await core.table("id;nom;ville\n" + rows.joined())
        #expect(again.duplicates.count == 0)
        let late = try await core.table("id;nom;ville\n9000;Mille exemples, Fabrique aux;Brest\n")
        #expect(late.added == 1 && late.duplicates.count == 12)
    }

    @Test("What is plainly far is never compared letter by letter, and what is near is found all the same")
    func near() async throws {
        let core = try Core()
        try await core.loadCommunes()
        let report = try await core.table(
            """
            id;nom;ville
            1;Maison partagée des tilleuls et des lavoirs;Brest
            2;Maison partagée dse tilleuls et des lavoirs;Brest
            3;Maison partagée des tilleuls;Brest
            4;MAISON PARTAGÉE DES TILLEULS ET DES LAVOIRS;Brest
            5;Maison des lavoirs partagée et tilleuls;Brest
            6;Maison ouverte des collines et des ormes;Brest

            """)
        let pairs = report.duplicates.pairs.map { [$0.one, $0.other] }
        #expect(
            report.duplicates.count == pairs.count && pairs.allSatisfy { !$0.joined().contains("collines") })
        #expect(
            Set(pairs.flatMap { $0 }).count == 5, "\(pairs)")
    }
}
