import Foundation
import Testing

@Suite("Screens")
struct ScreenTests {
    @Test("The help of the command and of each noun", arguments: Tongue.allCases)
    func help(tongue: Tongue) async throws {
        let home = try Home.fresh()
        let root = try await home.run(["--help"], in: tongue)
        try Golden.check("help", tongue, root.out)
        // A name in the list with verbs of its own is a noun.
        let heading = tongue == .fr ? "SOUS-COMMANDES" : "SUBCOMMANDS"
        func list(_ text: String) -> [String] {
            guard let start = text.firstRange(of: heading) else { return [] }
            return text[start.upperBound...].split(separator: "\n").compactMap {
                $0.wholeMatch(of: #/  ([a-z]+)  .*/#).map { String($0.1) }
            }
        }
        let names = list(root.out)
        #expect(names.contains("community") && names.contains("round"))
        for name in names {
            let help = try await home.run([name, "--help"], in: tongue).out
            if !list(help).isEmpty { try Golden.check("help-\(name)", tongue, help) }
        }
        for verb in [["community", "register"], ["community", "import"], ["status"]] {
            let help = try await home.run(verb + ["--help"], in: tongue).out
            try Golden.check("help-\(verb.joined(separator: "-"))", tongue, help)
        }
    }

    @Test("The interview, from its first question to what it registers", arguments: Tongue.allCases)
    func interview(tongue: Tongue) async throws {
        let database = try await Scratch.like(.sample)
        let said = try await TerminalRun.of(
            ["community", "register"], on: database, in: tongue,
            typing: [
                "Atelier du Fanal (exemple fictif)", "?", "1", "Dunk", "", "", "80", "2", "1 2 +", "", "",
                "qsdfghjk", tongue == .fr ? "réparer des vélos" : "mending bicycles", "", "1", "", "2", "",
                "", "2 3", "", "couture", "0", "couture", "1", "", "4", "2", "contact@fanal.example",
                tongue == .fr ? "oui" : "yes", "o", "y", "", "7", "3", "",
            ])
        #expect(said.status == 0, "\(said)")
        try Golden.check("register", tongue, said.screen)
    }

    @Test("What the database holds", arguments: Tongue.allCases)
    func status(tongue: Tongue) async throws {
        let database = try await Scratch.like(.round)
        try await Self.putOffAllDays(in: database)
        let run = try await TerminalRun.of(["status"], on: database, in: tongue)
        #expect(run.status == 0, "\(run)")
        try Golden.check("status", tongue, Self.still(run.screen))
    }

    /// A table as a network keeps it, with a fault of each common sort. Fictional.
    private static let table = """
        Annuaire du réseau (exemple fictif);;;;;
        Nom de la structure;Type;Code postal;Ville;Nous savons faire;Nous cherchons
        Atelier du Fanal;fablab;59140;Dunkerque;Découpe laser, couture;comptabilité
        Le Grenier des Vagues;tiers-lieu;59140;Dunkerque;réparation de vélos;zglorb
        Café des Communs;café;99999;Nulle-Part;jardinage;recherche de subventions
        ;fablab;59140;Dunkerque;soudure;

        """

    @Test("Reading a table, a first time to see", arguments: Tongue.allCases)
    func table(tongue: Tongue) async throws {
        let database = try await Scratch.like(.sample)
        let file = try TestFolder.shared.file("annuaire.csv", Self.table)
        let run = try await TerminalRun.of(
            ["community", "import", "--from", "auto", "annuaire.csv", "--dry-run"], on: database, in: tongue,
            environment: ["TERM": "dumb"], folder: String(file.dropLast("/annuaire.csv".count)))
        try Golden.check("import-table", tongue, Self.still(run.screen))
    }

    @Test("Reading whole profiles again", arguments: Tongue.allCases)
    func profiles(tongue: Tongue) async throws {
        let database = try await Scratch.like(.sample)
        let sample = try String(
            contentsOf: Entraide.repository.appending(path: "deploy/sample/communities.ndjson"),
            encoding: .utf8)
        // What ends on a day would be told from that day on.
        let lasting = sample.split(separator: "\n").filter { !$0.contains(#/"(until|needed_by)"/#) }
        let file = try TestFolder.shared.file("communities.ndjson", lasting.joined(separator: "\n") + "\n")
        let run = try await TerminalRun.of(
            ["community", "import", "--from", "entraide", "communities.ndjson"], on: database, in: tongue,
            environment: ["TERM": "dumb"], folder: String(file.dropLast("/communities.ndjson".count)))
        #expect(run.status == 0, "\(run)")
        try Golden.check("import-profiles", tongue, Self.still(run.screen))
    }

    /// A screen each, one after the other: what a coordinator looks at in a day.
    @Test("A coordinator's day", arguments: Tongue.allCases)
    func coordinator(tongue: Tongue) async throws {
        let database = try await Scratch.like(.round)
        try await Self.putOffAllDays(in: database)
        try await database.output(
            "territory", "import", "--zone", "frr", "--vintage", "2025-07-01", "--source", "Liste fictive",
            "-",
            input: "code_insee;nom\n02722;Soissons\n22113;Lannion\n99999;Nulle-Part\n")
        try await database.output("network", "add", "hauts", "--name", "Réseau des Hauts (exemple fictif)")
        try await database.output("network", "join", "le-granit-libre", "hauts")
        try await database.output(
            "community", "import", "--from", "csv", "-",
            input: "Nom,Offres\nLe Panier,VANNERIE EN OSIER; couture\n")
        try await database.output(
            "community", "pause", "le-ponton-bricoleur", "--until", "2099-03-01", "--reason", "season")
        try await database.sql("UPDATE consents SET given_at = '2026-11-01 12:00Z'")
        try await database.output("round", "create", "ete", "--mutual", "rings", "--bonus", "zone:frr=50000")
        try await database.output("round", "open", "ete")
        var screen = ""
        for words in [
            "community list --kind association", "community show le-granit-libre", "community list --stale",
            "round run ete --on 2027-01-15", "round list", "round show ete", "explain ete le-granit-libre",
            "explain ete l-octet-de-trop", "skill proposals", "territory zones", "network list",
        ] {
            let run = try await TerminalRun.of(
                words.split(separator: " ").map(String.init), on: database, in: tongue,
                environment: ["TERM": "dumb"])
            #expect(run.status == 0, "\(words) \(run)")
            screen += "$ entraide \(words)\n\(run.screen)\n"
        }
        try Golden.check("coordinator", tongue, Self.still(screen))
    }

    /// Moves the days on which offers and needs of the sample end to where no run of these tests comes.
    private static func putOffAllDays(in database: Scratch) async throws {
        try await database.sql("UPDATE offers SET until = '2099-01-31' WHERE until IS NOT NULL")
        try await database.sql("UPDATE needs SET needed_by = '2099-01-31' WHERE needed_by IS NOT NULL")
    }

    /// The rows of a table whose value is another machine's.
    private static let moving = ["base de données  ", "database  ", "taille sur disque", "size on disk"]

    /// The same without what another machine or another day would change.
    private static func still(_ screen: String) -> String {
        screen.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            moving.contains { line.hasPrefix($0) }
                ? String(line).replacing(#/  +\S.*/#, with: "  …", maxReplacements: 1) : String(line)
        }.joined(separator: "\n")
            .replacing(#/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/#, with: "2027-01-15T12:00:00Z")
            .replacing(#/\d{4}-\d\d-\d\d/#, with: "2027-01-15")
            .replacing(#/\b1[5-9]\.\d+\b/#, with: "15.0")
    }
}
