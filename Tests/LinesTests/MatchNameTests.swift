import Lines
import Testing

@Suite("Names of matches, relations of skills")
struct MatchNameTests {
    @Test("A match is known as its round, a slash and its number")
    func spelling() throws {
        let name = try #require(MatchName(parsing: "printemps-2027/12"))
        #expect(name == MatchName(round: "printemps-2027", number: 12))
        #expect(name.description == "printemps-2027/12")
    }

    @Test(
        "There is one spelling of a match's name",
        arguments: [
            "", "a", "a/", "/1", "a/0", "a/-1", "a/01", "a/+1", "a/1/2", "A/1", "a/99999999999999999999",
            "a/1 ",
        ])
    func refused(_ text: String) {
        #expect(MatchName(parsing: text) == nil)
    }

    @Test("Matches are ordered by round, then as numbers")
    func order() {
        let names = ["b/1", "a/10", "a/2"].compactMap { MatchName(parsing: $0) }
        #expect(names.sorted().map(\.description) == ["a/2", "a/10", "b/1"])
    }

    @Test("A relation is a slug and its strength in parts per million")
    func relation() throws {
        let relation = try #require(SkillRelation(parsing: "couture:600000"))
        #expect(relation == SkillRelation(skill: "couture", strength: 600_000))
        #expect(relation.description == "couture:600000")
    }

    @Test(
        "There is one spelling of a relation",
        arguments: [
            "", "couture", "couture:", ":1", "couture:1000001", "couture:-1", "couture:01", "a:1:2", "É:1",
        ])
    func refusedRelation(_ text: String) {
        #expect(SkillRelation(parsing: text) == nil)
    }
}
