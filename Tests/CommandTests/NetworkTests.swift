import Testing

@Suite("Networks, by the command")
struct NetworkTests {
    @Test("A network is made, filled from a file, listed, used by a round and a token, and left")
    func way() async throws {
        let database = try await Scratch.like(.entraide)
        for slug in ["anis", "basilic", "cerise"] {
            try await database.output(
                "community", "register", slug, "--name", "\(slug) (fictif)", "--kind", "fablab", "--offer",
                "couture", "--need", "video", "--consent", "matching")
        }
        try await database.output("network", "add", "nord", "--name", "Réseau du Nord (fictif)")
        let imported = try await database.run(
            "network", "import", "-", input: "community,network,college\nanis,nord,Fablabs\nnobody,nord,\n")
        #expect(imported.status == 65 && imported.figures["added"] == "1", "\(imported)")
        #expect(imported.err.contains("[unknown-community]"), "\(imported)")
        let joined = try await database.output("network", "join", "basilic", "nord", "--referent")
        #expect(joined.fields == [["basilic", "nord", "-", "yes"]])
        #expect(
            try await database.output("network", "list").fields == [["nord", "Réseau du Nord (fictif)", "2"]])
        #expect(
            try await database.output("network", "list", "nord", "-o", "csv").out
                == "community,network,college,referent\r\nanis,nord,Fablabs,no\r\nbasilic,nord,,yes\r\n")
        let listed = try await database.output("community", "list", "--network", "nord")
        #expect(listed.fields.map { $0[0] } == ["anis", "basilic"] && listed.fields[0][16] == "nord")

        let created = try await database.output("round", "create", "ete", "--network", "nord")
        #expect(created.fields[0][3] == "nord")
        #expect(
            try await database.output("round", "participants", "ete").fields.map { $0[1] } == [
                "anis", "basilic",
            ])
        try await database.output("partner", "add", "region")
        try await database.output("token", "create", "region", "--network", "nord")
        #expect(try await database.output("token", "list").fields[0][3] == "nord")

        try await database.output("network", "leave", "anis", "nord")
        let again = try await database.run("network", "leave", "anis", "nord", in: .fr)
        #expect(again.status == 66 && again.err.contains("n’est pas dans le réseau"), "\(again)")
        let unknown = try await database.run("network", "join", "anis", "est", in: .fr)
        #expect(unknown.status == 66 && unknown.err.contains("nord"), "\(unknown)")
    }
}
