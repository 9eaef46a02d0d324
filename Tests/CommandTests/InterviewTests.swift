import Foundation
import Testing

/// The interview on a real terminal; what it asks is tested in the core.
@Suite("Registering by questions")
struct InterviewTests {
    private static let short: [TerminalRun.Key] = [
        "Le Phare (fictif)", "", "", "", "", "", "", "", "", "menuiserie", "", "", "", "", "", "o", "o",
        "",
    ]

    @Test("Ctrl-C and the end of input leave nothing, and say so", arguments: Tongue.allCases)
    func left(tongue: Tongue) async throws {
        let database = try await Scratch.like(.sample)
        let before = try await database.trace()
        for (key, status) in [(TerminalRun.Key.controlC, Int32(130)), (.controlD, 75)] {
            for typed in [0, 3, Self.short.count] {
                let run = try await TerminalRun.of(
                    ["community", "register"], on: database, in: tongue,
                    typing: Array(Self.short.prefix(typed)) + [key])
                #expect(run.status == status, "\(run)")
                let said = tongue == .fr ? "rien n’a été enregistré" : "nothing was stored"
                #expect(run.screen.contains(said) && run.screen.contains("[interview-left]"), "\(run)")
            }
        }
        #expect(try await database.trace() == before)
    }

    @Test("A dumb terminal gets plain lines: no escape, nothing that a line editor would have to draw")
    func dumb() async throws {
        let database = try await Scratch.like(.sample)
        let dumb = try await TerminalRun.of(
            ["community", "register"], on: database, in: .fr, typing: Self.short + [""],
            environment: ["TERM": "dumb", "NO_COLOR": ""])
        #expect(dumb.status == 0, "\(dumb)")
        #expect(!dumb.screen.contains("\u{1B}") && !dumb.screen.contains("\r"))
        #expect(try await database.output("community", "show", "le-phare-fictif").fields[0][3] == "active")
        let other = try await Scratch.like(.sample)
        let bold = try await TerminalRun.of(
            ["community", "register"], on: other, in: .fr, typing: Self.short + [""],
            environment: ["NO_COLOR": ""])
        #expect(bold.screen.contains("\u{1B}[1m") && bold.status == 0)
    }

    @Test("What is answered is what is kept, a no being a no even on another's behalf")
    func kept() async throws {
        let database = try await Scratch.like(.sample)
        let run = try await TerminalRun.of(
            ["community", "register", "--on-behalf", "--channel", "phone"], on: database, in: .fr,
            typing: [
                "Le Granit Libre", "", "1", "0", "", "1", "3", "5", "0", "", "couture", "", "", "2", "5",
                "contact@granit.example", "non", "non", "oui", "non", "",
            ])
        #expect(run.status == 0, "\(run)")
        let community = try await database.output("community", "show", "le-granit-libre-2").fields[0]
        #expect(community[2] == "fablab" && community[4] == "funding" && community[10] == "remote")
        let offers = try await database.output("offer", "list", "le-granit-libre-2").fields
        #expect(offers.map { Array($0[1...3]) } == [["couture", "2", "5"]])
        let consents = try await database.sql(
            "SELECT purpose, granted, channel FROM consents WHERE channel = 'phone' ORDER BY purpose")
        #expect(
            consents.contains("matching|f|phone") && consents.contains("publication|t|phone"), "\(consents)")
    }

    @Test("Without a terminal nobody is asked, and a dry run of an interview stores nothing")
    func elsewhere() async throws {
        let database = try await Scratch.like(.sample)
        let before = try await database.trace()
        let silent = try await database.run("community", "register", in: .fr, input: "Le Phare\n")
        #expect(silent.status == 64 && silent.err.contains("[not-a-terminal]"), "\(silent)")
        let dry = try await TerminalRun.of(
            ["community", "register", "--dry-run"], on: database, in: .en, typing: Self.short + [""])
        #expect(dry.status == 0 && dry.screen.contains("(dry run: nothing was stored)"), "\(dry)")
        #expect(try await database.trace() == before)
    }
}
