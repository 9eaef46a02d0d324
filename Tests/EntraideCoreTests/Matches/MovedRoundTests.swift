import EntraideCore
import Lines
import Matching
import PostgresTestSupport
import Testing

@Suite("Reading matches of a round that moves", .core)
struct MovedRoundTests {
    /// Round `r`, published, with two matches; the place after the first.
    private func firstPage(_ core: Core) async throws -> MatchCursor {
        try await core.register(
            line("gives", offers: ["couture", "soudure-metal"], #""visibility":"public""#),
            line("needs", needs: ["couture", "soudure-metal"], #""visibility":"public""#))
        try await core.run("r")
        try await core.rounds.publish("r")
        let page = try await core.matches.list(MatchFilter(), for: .anyone, limit: 1)
        #expect(page.records.count == 1)
        return try #require(page.cursor)
    }

    @Test("A list goes on while its round stays, and breaks off once it was withdrawn or published anew")
    func moved() async throws {
        let core = try Core()
        let cursor = try await firstPage(core)
        let rest = try await core.matches.list(MatchFilter(), for: .anyone, after: cursor)
        #expect(rest.records.map(\.match) == [MatchName(round: "r", number: 2)])

        try await core.rounds.withdraw("r")
        #expect(
            await refusal { try await core.matches.list(MatchFilter(), for: .anyone, after: cursor) }?.code
                == .roundMoved)
        try await core.rounds.publish("r")
        #expect(
            await refusal { try await core.matches.list(MatchFilter(), for: .anyone, after: cursor) }?.code
                == .roundMoved)
    }

    @Test("A place in a list is read back from its own text, and from no other")
    func texts() async throws {
        let core = try Core()
        let cursor = try await firstPage(core)
        #expect(MatchCursor(parsing: cursor.description) == cursor)
        for text in [
            "", "1", "1.1", "1.1.1.1", "1.1.+1", "01.1.1", "1..1", "a.b.c", "1.1.99999999999999999999",
        ] {
            #expect(MatchCursor(parsing: text) == nil)
        }
    }
}
