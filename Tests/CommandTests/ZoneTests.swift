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
        #expect(undated.status == 64 && undated.err.contains("expected: 2025, 2025-06-30"), "\(undated)")
        for tongue in Tongue.allCases {
            let alone = try await database.run(
                "territory", "import", "--zone", "essai", "-", in: tongue, input: Self.list)
            #expect(alone.status == 64 && alone.err.contains("[incomplete-zone]"), "\(alone)")
            let wanted =
                tongue == .fr
                ? "il manque --vintage, --source\u{202F}: " : "missing: --vintage, --source; "
            #expect(alone.err.contains(wanted) && alone.err.contains("--zone frr --vintage 2025"), "\(alone)")
        }
    }

    @Test("A malformed code is told with its place, itself and what it may have been, and nothing comes in")
    func codes() async throws {
        let database = try await Scratch.like(.sample)
        let list = "nom;Code INSEE\nAmbérieu;1004\nX;abc\nSoissons;02 722\nAjaccio;20004\nBastia;2b033\n"
        for tongue in Tongue.allCases {
            let refused = try await database.run(
                "territory", "import", "--zone", "essai", "--vintage", "2026", "--source", "Liste fictive",
                "-",
                in: tongue, input: list)
            #expect(refused.status == 65 && refused.figures["refused"] == "4", "\(refused)")
            let lines = refused.err.split(separator: "\n").map(String.init)
            let wanted: [String] =
                switch tongue {
                case .fr:
                    [
                        "stdin:2:10: Code INSEE\u{202F}: «\u{A0}1004\u{A0}» n’a que quatre chiffres\u{202F}: sans doute 01004,",
                        "stdin:3:3: Code INSEE\u{202F}: «\u{A0}abc\u{A0}» n’est pas un code INSEE",
                        "trois chiffres\u{202F}; peut-être 02722 [bad-commune-code]",
                        "peut-être 2A004, 2B004 [bad-commune-code]", "rien n’a été chargé",
                    ]
                case .en:
                    [
                        "stdin:2:10: Code INSEE: '1004' has four digits only: probably 01004,",
                        "stdin:3:3: Code INSEE: 'abc' is no INSEE code of a commune",
                        "three digits; perhaps 02722 [bad-commune-code]",
                        "perhaps 2A004, 2B004 [bad-commune-code]", "nothing was loaded",
                    ]
                }
            #expect(lines.count == wanted.count, "\(refused)")
            for (line, wanted) in zip(lines, wanted) { #expect(line.contains(wanted), "\(line)") }
        }
        #expect(try await database.output("territory", "zones").out == "")
    }

    @Test(
        "What is listed twice is told and counts once; a list that is replaced is told, and those that stay")
    func replaced() async throws {
        let database = try await Scratch.like(.sample)
        let twice = try await load(database, Self.list + "02722;Soissons\n", vintage: "2025-07-01")
        #expect(twice.figures["repeated"] == "1" && twice.figures["added"] == "2", "\(twice)")
        #expect(twice.err.contains("One row repeats another, and does not count: 02722"), "\(twice)")
        #expect(!twice.err.contains("replaced") && !twice.err.contains("stay"), "\(twice)")
        let same = try await load(database, Self.list, vintage: "2025-07-01")
        #expect(
            same.err.contains("The list of essai of 1 July 2025 was loaded already, just the same."),
            "\(same)")
        let less = try await database.output(
            "territory", "import", "--zone", "essai", "--vintage", "2025-07-01", "--source", "Autre", "-",
            in: .fr, input: "insee\n02722\n")
        #expect(
            less.err.contains(
                "La liste essai (1er juillet 2025) déjà chargée est remplacée\u{202F}: communes, 2 avant, 1 maintenant."
            ),
            "\(less)")
        #expect(less.err.contains("Elle venait de\u{202F}: Liste fictive."), "\(less)")
        let newer = try await load(database, Self.list)
        #expect(
            newer.err.contains(
                "Other lists of essai, which stay: 1 July 2025 (communes: 1). This one: 2026 (communes: 2)."),
            "\(newer)")
        #expect(
            try await database.output("territory", "zones").fields.map { $0[1] } == ["2025-07-01", "2026"])
    }

    @Test("A file with other headers is read by --map, which the refusal proposes")
    func mapped() async throws {
        let database = try await Scratch.like(.sample)
        let list = "Lieu;Code du lieu\nSoissons;02722\n"
        let refused = try await load(database, list)
        #expect(refused.status == 65 && refused.err.contains("--map code_insee=Header"), "\(refused)")
        func mapped(_ map: String) async throws -> Outcome {
            try await database.run(
                "territory", "import", "--zone", "essai", "--vintage", "2026", "--source", "L", "--map", map,
                "-",
                input: list)
        }
        let read = try await mapped("code_insee=code du lieu")
        #expect(read.status == 0 && read.figures["added"] == "1", "\(read)")
        let missing = try await mapped("code_insee=Code")
        #expect(missing.status == 65 && missing.err.contains("Lieu, Code du lieu"), "\(missing)")
        for map in ["code_insee", "population=Lieu"] {
            let outcome = try await mapped(map)
            #expect(outcome.status == 64 && outcome.err.contains("option --map does not take"), "\(outcome)")
        }
        // Communes, for distances, are read so too.
        let communes = try await database.output(
            "territory", "import", "-", "--map", "code_insee=Code",
            input: "Code,nom,code_postal,departement,region,lat,lon,population_2021,type\n"
                + "59178,Douai,59500,59,32,50.37,3.08,40023,COM\n")
        #expect(communes.figures["codes"] == "1", "\(communes)")
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
                "Zone bonus: essai 0.150 (list of 2026). Communities in a zone with a need: 1; helped: 1."),
            "\(run)")
        #expect(run.err.contains("helped in a zone: 0. It costs 1"), "\(run)")
        let zoned = try await proof("ete")
        #expect(zoned != plain)
        let instance = try await database.sql(
            "SELECT lines FROM round_instances i JOIN rounds r ON r.id = i.round_id WHERE r.slug = 'ete'")
        #expect(instance.contains("\nB 300000 50000\nF 0 150000\nC 0 "), "\(instance)")
        // The bonus stays with the round, and another round of the same input is the same to the byte.
        let french = try await database.output("round", "run", "ete", "--on", "2027-01-15", in: .fr)
        #expect(french.err.contains("Prime de zone\u{202F}: essai 0,150 (liste de 2026)."), "\(french)")
        // Nobody typed it this time: it says so, and how to take it away.
        #expect(
            french.err.contains(
                "reste à la session\u{202F}; pour l’enlever\u{202F}:\n    entraide round run ete --bonus zone:essai=0\n"
            ),
            "\(french)")
        #expect(!run.err.contains("stays with the round"), "\(run)")
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
                "prime de zone à la première aide reçue par bourg\u{202F}: 0,150, essai (liste de 2026)"),
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
        // Who looks at a round sees what is set.
        let list = try await database.output("round", "list")
        #expect(list.fields.map { $0.last ?? "" } == ["essai:150000", "essai:150000"], "\(list)")
        for (tongue, title, bonus) in [
            (Tongue.fr, "primes de zone ", " essai +0,150\n"), (.en, "zone bonuses ", " essai +0.150\n"),
        ] {
            let shown = try await database.output("round", "show", "ete", "-o", "table", in: tongue)
            #expect(shown.out.contains(title) && shown.out.contains(bonus), "\(shown)")
        }
        let table = try await database.output("round", "list", "-o", "table", in: .fr)
        #expect(table.out.contains("essai +0,150"), "\(table)")
        // Without it, all is as it was before.
        try await database.output("round", "run", "ete", "--on", "2027-01-15", "--bonus", "zone:essai=0")
        #expect(try await proof("ete") == plain)
        #expect(try await database.output("round", "show", "ete").fields[0].last == "-")
    }

    @Test("A receiver of two matches gains its zone's bonus once, and it is shown once, on the first")
    func once() async throws {
        let database = try await world()
        try await database.output(
            "community", "register", "--file", "-",
            input:
                #"{"community":"deux","name":"deux","kind":"fablab","consent":{"matching":true},"territory":"02722","#
                + #""needs":[{"skill":"couture"},{"skill":"redaction"}]}"# + "\n"
                + #"{"community":"mains","name":"mains","kind":"fablab","consent":{"matching":true},"#
                + #""offers":[{"skill":"couture"},{"skill":"redaction"}]}"# + "\n")
        try await database.output("round", "create", "ete", "--bonus", "zone:essai=150000")
        try await database.output("round", "open", "ete")
        try await database.output("round", "run", "ete", "--on", "2027-01-15")
        for provider in [[], ["mains"]] as [[String]] {
            let why = try await database.home.run(
                ["explain", "ete", "deux"] + provider, environment: ["ENTRAIDE_DATABASE": database.conninfo])
            let lines = why.out.split(separator: "\n")
            #expect(lines.count == 2 && lines.allSatisfy { $0.contains("match=ete/") }, "\(why)")
            #expect(lines.map { $0.contains("zone_bonus=150000") } == [true, false], "\(why)")
        }
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
