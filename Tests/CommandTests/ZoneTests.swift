import Testing

/// Fictional lists: no commune of theirs lies in any zone because they say so.
@Suite("Zones, by the command")
struct ZoneTests {
    private static let list = "code_insee;nom\n02722;Soissons\n99999;Nulle-Part\n"

    private func load(
        _ database: Scratch, _ text: String, zone: String = "essai", vintage: String = "2026"
    ) async throws -> Outcome {
        try await database.run(
            "territory", "import", "--zone", zone, "--vintage", vintage, "--source", "Liste fictive", "-",
            input: text)
    }

    /// One place, and two that need it: the one in town more urgently.
    private func world() async throws -> Scratch {
        let database = try await Scratch.like(.entraide)
        for (slug, more) in [
            ("bourg", #""territory":"02722","needs":[{"skill":"video","urgency":1}]"#),
            ("source", #""offers":[{"skill":"video"}]"#),
            ("ville", #""territory":"06088","needs":[{"skill":"video","urgency":3}]"#),
        ] {
            try await database.output(
                "community", "register", "--file", "-",
                input:
                    #"{"community":"\#(slug)","name":"\#(slug)","kind":"fablab","consent":{"matching":true},\#(more)}"#
                    + "\n")
        }
        #expect(try await load(database, Self.list).status == 0)
        return database
    }

    @Test("A list comes in whole, again without change, and is shown with its vintage and source")
    func lists() async throws {
        let database = try await Scratch.like(.sample)
        let first = try await load(database, Self.list)
        #expect(first.status == 0 && first.figures["added"] == "2", "\(first)")
        #expect(first.figures["unknown"] == "1" && first.err.contains("99999"), "\(first)")
        let again = try await load(database, Self.list)
        #expect(again.figures["added"] == "0" && again.figures["unchanged"] == "2", "\(again)")
        let less = try await load(database, "insee,name\n02722,Soissons\n04070,Digne\n")
        #expect(less.figures["added"] == "1" && less.figures["removed"] == "1", "\(less)")
        // A quarter of two communes, in French headers.
        let quarters = try await load(
            database, "code_qp;nom_qp;insee_com\nQN1;Les Essarts;02722, 05061\nQN2;Le Pré;02722\n", zone: "qp"
        )
        #expect(quarters.figures["communes"] == "2" && quarters.figures["added"] == "3", "\(quarters)")
        let shown = try await database.output("territory", "zones")
        #expect(
            shown.fields == [
                ["essai", "2026", "Liste fictive", "2", "0", "0"],
                ["qp", "2026", "Liste fictive", "2", "2", "0"],
            ], "\(shown)")

        let half = try await load(database, "code_insee;nom\n02722;Soissons\n;Sans code\n")
        #expect(half.status == 65 && half.err.contains("[missing-field]"), "\(half)")
        #expect(try await database.output("territory", "zones").out == shown.out)
        let headless = try await load(database, "ville;pays\nSoissons;France\n")
        #expect(headless.status == 65 && headless.err.contains("[missing-column]"), "\(headless)")
        let undated = try await load(database, Self.list, vintage: "cette année")
        #expect(undated.status == 65 && undated.err.contains("[bad-date]"), "\(undated)")
        let alone = try await database.run("territory", "import", "--zone", "essai", "-", input: Self.list)
        #expect(alone.status == 64 && alone.err.contains("[bad-option]"), "\(alone)")
    }

    @Test("A zone's bonus decides, is told, is frozen, and verifies after its list has changed")
    func bonus() async throws {
        let database = try await world()
        func receivers(_ round: String) async throws -> [String] {
            try await database.output("match", "list", "--round", round).fields.map { $0[6] }
        }
        func proof(_ round: String) async throws -> [String] {
            Array(try await database.output("round", "show", round, "--proof").fields[0].dropFirst())
        }
        try await database.output("round", "create", "ete")
        try await database.output("round", "open", "ete")
        try await database.output("round", "run", "ete", "--on", "2027-01-15")
        let plain = try await proof("ete")
        #expect(try await receivers("ete") == ["ville"])

        let run = try await database.output(
            "round", "run", "ete", "--on", "2027-01-15", "--bonus", "zone:essai=150000")
        #expect(try await receivers("ete") == ["bourg"])
        #expect(
            run.err.contains(
                "Zone bonuses: essai 0.150 (list of 2026). Communities in a zone with a need: 1; helped: 1."),
            "\(run)")
        #expect(run.err.contains("helped in a zone: 0. They cost 1"), "\(run)")
        let zoned = try await proof("ete")
        #expect(zoned != plain)
        let instance = try await database.sql(
            "SELECT lines FROM round_instances i JOIN rounds r ON r.id = i.round_id WHERE r.slug = 'ete'")
        #expect(instance.contains("\nB 300000 50000\nF 0 150000\nC 0 "), "\(instance)")
        // The bonus stays with the round, and another round of the same input is the same to the byte.
        let french = try await database.output("round", "run", "ete", "--on", "2027-01-15", in: .fr)
        #expect(french.err.contains("Primes de zone\u{202F}: essai 0.150 (liste 2026)."), "\(french)")
        #expect(try await proof("ete") == zoned)
        try await database.output("round", "create", "autre", "--bonus", "zone:essai=150000")
        try await database.output("round", "open", "autre")
        try await database.output("round", "run", "autre", "--on", "2027-01-15")
        #expect(try await proof("autre") == zoned)
        let why = try await database.output("explain", "ete", "bourg", "source")
        #expect(why.out.contains("zone_bonus=150000 zones=essai@2026"), "\(why)")
        let told = try await database.output("explain", "ete", "bourg", "-o", "table", in: .fr)
        #expect(
            told.out.contains(
                "prime de zone à la première aide reçue par bourg\u{202F}: 0.150, essai (liste 2026)"),
            "\(told)")

        // The list changes: the rounds that were run stand as they are.
        #expect(try await load(database, "code_insee\n06088\n").figures["removed"] == "2")
        for round in ["ete", "autre"] {
            let verified = try await database.output("round", "verify", round)
            #expect(verified.fields.allSatisfy { $0[1] == "yes" }, "\(verified)")
        }
        #expect(try await database.output("explain", "ete", "bourg", "source").out == why.out)
        try await database.output("round", "run", "autre", "--on", "2027-01-15")
        #expect(try await receivers("autre") == ["ville"])
        // Without it, all is as it was before.
        try await database.output("round", "run", "ete", "--on", "2027-01-15", "--bonus", "zone:essai=0")
        #expect(try await proof("ete") == plain)
    }

    @Test("A bonus is refused for a zone without a list in force, in another form, or past its limit")
    func refused() async throws {
        let database = try await world()
        #expect(try await load(database, Self.list, zone: "futur", vintage: "2030").status == 0)
        try await database.output("round", "create", "ete")
        try await database.output("round", "open", "ete")
        for (bonus, status, what) in [
            ("zone:autre=5", 66, "essai@2026, futur@2030"), ("zone:futur=5", 66, "[unknown-zone]"),
            ("essai=5", 64, "[bad-option]"), ("zone:essai=peu", 64, "[bad-option]"),
            ("zone:=5", 64, "[bad-option]"), ("zone:essai=99700001", 65, "0–99700000"),
            ("zone:essai=-1", 65, "0–99700000"), ("zone:Essai=5", 65, "[bad-slug]"),
        ] as [(String, Int32, String)] {
            let outcome = try await database.run(
                "round", "run", "ete", "--on", "2027-01-15", "--bonus", bonus)
            #expect(outcome.status == status && outcome.err.contains(what), "\(bonus) \(outcome)")
        }
        let created = try await database.run("round", "create", "hiver", "--bonus", "zone:autre=5")
        #expect(created.status == 66 && created.err.contains("[unknown-zone]"), "\(created)")
        // The most that fits is solved and proven.
        let most = try await database.run(
            "round", "run", "ete", "--on", "2027-01-15", "--bonus", "zone:essai=99700000")
        #expect(most.status == 0, "\(most)")
        let verified = try await database.run("round", "verify", "ete")
        #expect(verified.status == 0, "\(verified)")
    }
}
