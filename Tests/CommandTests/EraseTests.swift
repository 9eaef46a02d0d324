import Testing

@Suite("Erasing and exporting, by the command")
struct EraseTests {
    @Test(
        "All that is held is told to its community; erasing asks for a yes, rehearses, and leaves nothing to tell"
    )
    func way() async throws {
        let database = try await Scratch.like(.entraide)
        try await database.output(
            "community", "register", "--file", "-",
            input: """
                {"community":"canari","name":"Canari zinzolin (fictif)","kind":"fablab","contact":"role@zinzolin.example",\
                "consent":{"matching":true},"needs":[{"skill":"video"}]}
                {"community":"autre","name":"Autre (fictif)","kind":"fablab","consent":{"matching":true},\
                "offers":[{"skill":"video"}]}

                """)
        try await database.output("round", "create", "ete")
        try await database.output("round", "open", "ete")
        try await database.output("round", "run", "ete", "--on", "2027-01-15")
        let held = try await database.output("community", "export", "canari")
        #expect(held.lines.allSatisfy { $0.hasPrefix(#"{"held":""#) && $0.hasSuffix("}") }, "\(held)")
        #expect(held.out.contains("role@zinzolin.example") && held.out.contains(#""held":"match""#))

        let asked = try await database.run("community", "erase", "canari")
        #expect(
            asked.status == 64 && asked.err.contains("entraide community erase canari --yes [usage]"),
            "\(asked)")
        let rehearsed = try await database.output("community", "erase", "canari", "--dry-run")
        #expect(rehearsed.figures == ["rounds-touched": "1", "matches-touched": "1"])
        let erased = try await database.output("community", "erase", "canari", "--yes")
        #expect(erased.figures == rehearsed.figures)

        for words in [["export", "canari"], ["show", "canari"], ["erase", "canari", "--yes"]] {
            let gone = try await database.home.run(
                ["community"] + words, environment: ["ENTRAIDE_DATABASE": database.conninfo])
            #expect(gone.status == 66 && gone.err.contains("[unknown-community]"), "\(gone)")
        }
        let matches = try await database.output("match", "list", "--round", "ete")
        #expect(matches.fields.map { [$0[2], $0[4], $0[6]] } == [["erased", "autre", "-"]], "\(matches)")
        let verified = try await database.output("round", "verify", "ete", in: .fr)
        #expect(verified.out.contains("checkable=no"), "\(verified)")
        let explained = try await database.run("explain", "ete", "autre", in: .fr)
        #expect(explained.status == 73 && explained.err.contains("[input-erased]"), "\(explained)")
    }
}
