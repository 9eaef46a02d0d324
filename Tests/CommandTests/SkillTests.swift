import Foundation
import Testing

@Suite("Skills")
struct SkillTests {
    @Test("A trouble finds a skill, and --why says the score, the name and what each word met")
    func why() async throws {
        let database = try await Scratch.like(.entraide)
        let found = try await database.output("skill", "find", "nos", "reunions", "trop", "longue")
        #expect(found.fields.first?.first == "facilitation", "\(found)")
        let why = try await database.output("skill", "find", "--why", "reunions longue")
        let first = try #require(why.fields.first)
        #expect(first[0] == "facilitation" && first[2] == "réunions trop longues", "\(why)")
        #expect(first[3] == "reunions=reunions,longue=longues")
        let score = try #require(Int(first[1]))
        #expect((500_000..<1_000_000).contains(score))
        let exact = try await database.output("skill", "find", "--why", "AG", "-o", "ndjson")
        #expect(
            exact.out.hasPrefix(#"{"skill":"assemblee-generale","score":1000000,"name":"AG","#), "\(exact)")
        let nothing = try await database.output("skill", "find", "xylophone")
        #expect(nothing.out.isEmpty)
    }

    @Test("What export writes, import reads, in any format, and changes nothing")
    func roundTrip() async throws {
        let database = try await Scratch.like(.entraide)
        let exported = try await database.output("skill", "export")
        #expect(exported.out.hasPrefix(#"{"skill":"acces-droits","#), "\(exported.out.prefix(80))")
        for format in ["ndjson", "csv", "text"] {
            let text = try await database.output("skill", "export", "-o", format).out
            let again = try await database.output("skill", "import", "-", input: text)
            #expect(again.figures["unchanged"] == again.figures["read"], "\(format) \(again)")
            #expect(again.figures["added"] == "0" && again.figures["updated"] == "0")
        }
        #expect(try await database.output("skill", "export").out == exported.out)
        let table = try await database.run("skill", "export", "-o", "table")
        #expect(table.status == 64 && table.err.contains("[bad-option]"), "\(table)")
    }

    @Test(
        "A coordinator's file adds skills and changes others; rows that are wrong are told where they stand")
    func importing() async throws {
        let database = try await Scratch.like(.entraide)
        let text = """
            skill;label_fr;label_en;broader;related;synonyms_fr
            vannerie;vannerie;basketry;fabrication;couture:500000;osier,panier
            couture;"couture
            à la main";hand sewing;textile;;coudre
            tonnellerie;tonnellerie;cooperage;tonneaux;;
            Feutre;feutre;felt;textile;;

            """
        let file = try TestFolder.shared.file("metiers.csv", text)
        let folder = String(file.dropLast("/metiers.csv".count))
        let rehearsal = try await database.run(
            "skill", "import", "metiers.csv", "--dry-run", in: .fr, folder: folder)
        #expect(rehearsal.status == 65 && rehearsal.err.contains("rien n’a été enregistré"), "\(rehearsal)")
        for tongue in Tongue.allCases {
            let colon = tongue == .fr ? "\u{202F}:" : ":"
            let outcome = try await database.run(
                "skill", "import", "metiers.csv", in: tongue, folder: folder)
            #expect(outcome.status == 65, "\(outcome)")
            #expect(outcome.figures["read"] == "4" && outcome.figures["refused"] == "2")
            // Second in English: the same file changes nothing.
            #expect(outcome.figures["added"] == (tongue == .fr ? "1" : "0"))
            #expect(outcome.figures["updated"] == (tongue == .fr ? "1" : "0"))
            let said = outcome.err.split(separator: "\n")
            #expect(said[0].hasPrefix("metiers.csv:3:9: label_fr\(colon) "), "\(outcome)")
            #expect(
                said[1].hasPrefix("metiers.csv:5: broader\(colon)") && said[1].hasSuffix("[unknown-skill]"))
            #expect(said[2].hasPrefix("metiers.csv:6:1: skill\(colon)") && said[2].hasSuffix("[bad-slug]"))
            #expect(said.last?.hasSuffix("[refused-rows]") == true)
        }
        #expect(try await database.output("skill", "find", "paniers").fields.first?.first == "vannerie")
        let couture = try await database.output("skill", "show", "couture")
        #expect(
            couture.fields[0][1...4] == ["couture à la main", "hand sewing", "textile", "-"], "\(couture)")
        let unknown = try await database.run("skill", "import", "personne.csv")
        #expect(unknown.status == 66, "\(unknown)")
    }

    @Test("Unknown skills of an import are kept, unless asked otherwise, then accepted or merged")
    func proposals() async throws {
        let database = try await Scratch.like(.entraide)
        let line = """
            {"community":"un","name":"Un","kind":"fablab","offers":[{"skill":"Vannerie"}],"needs":[{"skill":"coutur"}]}
            """
        let refused = try await database.run(
            "community", "import", "--from", "entraide", "--no-propose-skills", "-", input: line)
        #expect(refused.status == 65 && refused.err.contains("[unknown-skill]"), "\(refused)")
        let kept = try await database.output(
            "community", "import", "--from", "entraide", "-", in: .fr, input: line)
        #expect(kept.err.contains("compétences proposées, 2\u{202F}: coutur, vannerie"), "\(kept)")
        let proposals = try await database.output("skill", "proposals")
        #expect(proposals.fields.map { $0[0] } == ["coutur", "vannerie"], "\(proposals)")
        #expect(proposals.fields[0][5].hasPrefix("couture"), "\(proposals)")
        // Into or under another proposal: what to do first; into itself: what there is.
        for arguments in [["merge", "coutur", "vannerie"], ["accept", "coutur", "--broader", "vannerie"]] {
            for (tongue, words) in [
                (Tongue.fr, "l’accepter d’abord (entraide skill accept vannerie)"),
                (.en, "accept it first (entraide skill accept vannerie)"),
            ] {
                let still = try await database.home.run(
                    ["skill"] + arguments, in: tongue, environment: ["ENTRAIDE_DATABASE": database.conninfo])
                #expect(still.status == 73 && still.err.contains("[still-proposed]"), "\(still)")
                #expect(still.err.contains(words), "\(still)")
            }
        }
        let itself = try await database.run("skill", "merge", "coutur", "coutur")
        #expect(itself.status == 66 && itself.err.contains("[unknown-skill]"), "\(itself)")
        try await database.output("skill", "merge", "coutur", "couture", "--dry-run")
        try await database.output("skill", "merge", "coutur", "couture")
        let accepted = try await database.output(
            "skill", "accept", "vannerie", "--label-en", "basketry", "--broader", "fabrication")
        #expect(
            accepted.fields[0][0...3] == ["vannerie", "Vannerie", "basketry", "fabrication"], "\(accepted)")
        let again = try await database.run("skill", "accept", "vannerie", in: .fr)
        #expect(again.status == 73 && again.err.contains("[not-proposed]"), "\(again)")
        #expect(try await database.output("need", "list", "un").fields.map { $0[1] } == ["couture"])
        #expect(try await database.output("skill", "proposals").out.isEmpty)
    }
}
