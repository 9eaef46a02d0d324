import Foundation
import Testing

@Suite("Pauses, consents and units, by the command")
struct FreshnessTests {
    @Test("A consent is withdrawn as it is given; nothing else is lent to whom withdraws on behalf")
    func withdraw() async throws {
        let database = try await Scratch.like(.entraide)
        try await database.output(
            "community", "register", "a", "--name", "A (fictif)", "--kind", "fablab", "--visibility",
            "public",
            "--consent", "publication", "contact", "--contact", "zinzolin@exemple.example")
        try await database.output(
            "community", "update", "a", "--withdraw", "contact", "--on-behalf", "--channel", "phone")
        let consents = try await database.sql(
            "SELECT string_agg(purpose || ' ' || granted || ' ' || channel, ', ' ORDER BY purpose) FROM consents"
        )
        #expect(consents == "contact false phone, publication true coordinator\n", "\(consents)")
        let export = try await database.output(
            "community", "export", "--to", "entraide", "--all", "--contacts")
        #expect(!export.out.contains("zinzolin"), "\(export)")
        let both = try await database.run(
            "community", "update", "a", "--consent", "contact", "--withdraw", "contact")
        #expect(both.status == 64 && both.err.contains("[bad-option]"), "\(both)")
    }

    @Test("Each consent that an update changes is told, and no other")
    func changesOfConsent() async throws {
        let database = try await Scratch.like(.entraide)
        try await database.output(
            "community", "register", "a", "--name", "A (fictif)", "--kind", "fablab", "--consent", "matching",
            "publication")
        let words = [
            "community", "update", "a", "--consent", "matching", "contact", "--withdraw", "publication",
            "research",
        ]
        let told: [(Tongue, String)] = [
            (
                .fr,
                """
                Accord retiré\u{202F}: montrer son profil aux partenaires.
                Accord donné\u{202F}: transmettre son contact.
                Accord refusé\u{202F}: servir à la recherche.

                """
            ),
            (
                .en,
                """
                Consent withdrawn: showing its profile to partners.
                Consent given: passing on its contact.
                Consent refused: use in research.

                """
            ),
        ]
        let environment = ["ENTRAIDE_DATABASE": database.conninfo]
        for (tongue, lines) in told {
            let tried = try await database.home.run(
                words + ["--dry-run"], in: tongue, environment: environment)
            #expect(tried.status == 0 && tried.err.hasPrefix(lines), "\(tried)")
        }
        let done = try await database.home.run(words, in: .fr, environment: environment)
        #expect(done.status == 0 && done.err.hasPrefix(told[0].1), "\(done)")
        let again = try await database.home.run(words, environment: environment)
        #expect(again.err.hasPrefix("Nothing to change.") && !again.err.contains("Consent "), "\(again)")
    }

    @Test("A no to taking part is told by where it was read or heard")
    func refusals() async throws {
        let database = try await Scratch.like(.entraide)
        let consent = #""kind":"fablab","consent":{"matching":false}}"#
        try await database.output(
            "community", "register", "--file", "-",
            input: #"{"community":"lue","name":"Lue",\#(consent)"# + "\n"
                + #"{"community":"jamais","name":"Jamais",\#(consent)"# + "\n")
        for slug in ["dite", "notee"] {
            try await database.output("community", "register", slug, "--name", "X", "--kind", "fablab")
        }
        try await database.output("community", "update", "notee", "--withdraw", "matching")
        try await database.output(
            "community", "update", "dite", "--withdraw", "matching", "--on-behalf", "--channel", "phone")
        try await database.sql(
            """
            UPDATE consents SET given_at = '2026-11-12 10:00Z';
            UPDATE communities SET status = 'unconfirmed', confirmed_on = NULL WHERE slug = 'jamais'
            """)
        for (tongue, lines) in [
            (
                Tongue.fr,
                """
                dite\u{202F}: elle ne veut pas participer aux sessions (dit le 12 novembre 2026)
                jamais\u{202F}: profil jamais confirmé\u{202F}; elle ne veut pas participer, d’après un fichier
                lue\u{202F}: elle ne veut pas participer aux sessions (lu dans un fichier le 12 novembre 2026)
                notee\u{202F}: elle ne veut pas participer aux sessions (noté par la coordination le 12 novembre 2026)

                """
            ),
            (
                .en,
                """
                dite: does not want to take part in rounds (said on 12 November 2026)
                jamais: never confirmed its profile; it does not want to take part, according to a file
                lue: does not want to take part in rounds (read in a file on 12 November 2026)
                notee: does not want to take part in rounds (noted by the coordinator on 12 November 2026)

                """
            ),
        ] {
            let rests = try await database.output("community", "list", "--stale", "-o", "table", in: tongue)
            #expect(rests.out == lines, "\(rests)")
        }
        try await database.sql("UPDATE consents SET channel = 'coordinator'")
        for (tongue, words) in [
            (Tongue.fr, "d’après la coordination\n"), (.en, "according to the coordinator\n"),
        ] {
            let rests = try await database.output("community", "list", "--stale", "-o", "table", in: tongue)
            #expect(rests.out.contains(words), "\(rests)")
        }
    }

    @Test("Dates in the past are refused where they are typed")
    func past() async throws {
        let database = try await Scratch.like(.sample)
        let before = try await database.trace()
        for words in [
            ["community", "pause", "le-granit-libre", "--until", "2020-01-01"],
            ["need", "add", "le-granit-libre", "podcast-radio", "--needed-by", "2020-01-01"],
            ["offer", "add", "le-granit-libre", "podcast-radio", "--until", "2020-01-01"],
        ] {
            let outcome = try await database.home.run(
                words, environment: ["ENTRAIDE_DATABASE": database.conninfo])
            #expect(outcome.status == 65 && outcome.err.contains("[past-date]"), "\(words) \(outcome)")
        }
        #expect(try await database.trace() == before)
    }

    @Test("Privacy and rests are told in both languages, lines in neither")
    func languages() async throws {
        let database = try await Scratch.like(.sample)
        try await database.output("community", "pause", "le-granit-libre", "--until", "2099-01-01")
        let privacy = try await database.output("doctor", "--privacy", "-o", "ndjson", in: .fr)
        #expect(privacy.out == (try await database.output("doctor", "--privacy", "-o", "ndjson")).out)
        #expect(privacy.err.contains("sécurité par ligne"), "\(privacy.err)")
        let table = try await database.output("doctor", "--privacy", "-o", "table", in: .fr)
        #expect(table.out.contains("vu par\u{202F}: la coordination"), "\(table.out)")
        // Tables and columns by the names that people give them, on lines that fit a screen.
        for (tongue, words) in [
            (Tongue.fr, ["Mises en relation\n", "dernière confirmation (", "par session (", "36 mois\n"]),
            (.en, ["Matches\n", "last confirmation (", "a round (", "36 months\n"]),
        ] {
            let shown = try await database.output("doctor", "--privacy", "-o", "table", in: tongue).out
            for word in words { #expect(shown.contains(word), "\(word) \(shown)") }
            #expect(
                !shown.contains("_") && shown.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(shown)"
            )
        }
        let rests = try await database.output("community", "list", "--stale", "-o", "text", in: .fr)
        #expect(
            rests.out.contains("le-granit-libre\tpaused\t2099-01-01\t-\tentraide community resume"),
            "\(rests)")
        let told = try await database.output("community", "list", "--stale", "-o", "table")
        #expect(told.out.contains("le-granit-libre: on pause through 1 January 2099\n"), "\(told)")
    }

    @Test("The units run the command, give no folder away, and systemd reads them where it is at hand")
    func units() async throws {
        let folder = try TestFolder.shared.newName("u")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let source = URL(fileURLWithPath: Entraide.sample("x")).deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("systemd").path
        let names = ["entraide-tick.service", "entraide-tick.timer", "entraide-serve.service"]
        for name in names {
            // The command is not installed where tests run; another stands in its place.
            let text = try String(contentsOfFile: "\(source)/\(name)", encoding: .utf8)
                .replacing("/usr/local/bin/entraide", with: "/usr/bin/env")
            try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            let sections = text.split(separator: "\n").filter { $0.hasPrefix("[") }
            let settings =
                text.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n") + "\n"
            if name == "entraide-tick.timer" {
                #expect(
                    sections == ["[Unit]", "[Timer]", "[Install]"]
                        && settings.contains("\nOnCalendar=*-*-* "))
                continue
            }
            let isServer = name == "entraide-serve.service"
            #expect(sections == ["[Unit]", "[Service]"] + (isServer ? ["[Install]"] : []))
            #expect(
                settings.contains(
                    isServer
                        ? "\nExecStart=/usr/bin/env serve --listen 127.0.0.1:8080\n"
                        : "\nExecStart=/usr/bin/env tick\n"))
            // systemd gives such folders to the unit's account with all that is in them, and root's own database is in this one.
            #expect(!settings.contains("Directory=") && !settings.contains("/var/lib/entraide"), "\(name)")
            #expect(settings.contains("\nUser=entraide\n") && settings.contains("\nNoNewPrivileges=yes\n"))
            #expect(
                settings.contains("\nReadWritePaths=/srv/entraide\n")
                    && settings.contains("\nProtectSystem=strict\n"))
            #expect(
                !isServer || settings.contains("\nMemoryMax=") && settings.contains("\nRestart=on-failure\n"))
        }
        guard FileManager.default.fileExists(atPath: "/usr/bin/systemd-analyze") else { return }
        let outcome = try await Spawned(
            ["systemd-analyze", "verify", "--man=no"] + names.map { "\(folder)/\($0)" },
            environment: Entraide.environment([:])
        ).outcome()
        #expect(outcome.status == 0 && !outcome.err.contains("entraide-"), "\(outcome)")
    }
}
