import EntraideCore
import EntraideHTTP
import Lines
import Postgres
import PostgresTestSupport
import Testing

@Suite("Pages and whole lists over HTTP", .world)
struct PagingTests {
    /// The target of the next page, as the `Link` gives it.
    private func next(_ answer: HTTPAnswer) -> String? {
        guard let link = answer["link"] else { return nil }
        #expect(link.hasPrefix("</v1/") && link.hasSuffix(">; rel=\"next\""))
        return String(link.dropFirst().prefix { $0 != ">" })
    }

    private func pages(_ endpoint: LiveEndpoint, _ target: String, _ fields: [String]) async throws
        -> [[String]]
    {
        var pages: [[String]] = []
        var target: String? = target
        while let current = target {
            let answer = try await endpoint.answer(current, fields)
            #expect(answer.status == 200, "\(current)")
            pages.append(answer.lines)
            target = next(answer)
            // A link that led in circles would be a failure, not an endless test.
            if pages.count > 500 { return [] }
        }
        return pages
    }

    @Test("Following the links gives every record once, in pages of the size asked, whatever that is")
    func links() async throws {
        try await World.addCommunities(23)
        let token = ["Authorization: Bearer \(try await World.token([.communities, .matches]))"]
        try await LiveEndpoint.with({ $0.pageSize = 7 }) { endpoint in
            for target in [
                "/v1/communities?kind=fablab&", "/v1/matches?", "/v1/matches.ndjson?round=automne&",
                "/v1/skills?",
                "/v1/skills?q=web&", "/v1/rounds?", "/v1/communities?format=ndjson&",
            ] {
                let whole = try await endpoint.answer(String(target.dropLast()), token)
                #expect(whole.isComplete && whole["link"] == nil)
                for limit in [1, 2, 7, 12, 31, 1000] where limit > 1 || whole.lines.count < 40 {
                    let pages = try await pages(endpoint, "\(target)limit=\(limit)", token)
                    #expect(pages.flatMap { $0 } == whole.lines, "\(target) \(limit)")
                    #expect(pages.dropLast().allSatisfy { $0.count == limit })
                    #expect(pages.count == 1 || pages.last?.isEmpty == false)
                }
            }
        }
    }

    @Test("A link keeps the other parameters, whatever they hold, and the path with its suffix")
    func linkKeeps() async throws {
        try await World.addCommunities(3)
        try await LiveEndpoint.with { endpoint in
            let answer = try await endpoint.answer("/v1/skills.csv?limit=1&header=true&q=%77eb+%2B%26")
            let words = try await endpoint.answer("/v1/skills.csv?q=web&limit=1&header=true")
            #expect(answer.status == 200)
            let link = try #require(next(words))
            #expect(link.hasPrefix("/v1/skills.csv?q=web&limit=1&header=true&cursor="))
            let page = try await endpoint.answer(link)
            #expect(
                page.lines.count == 2
                    && page.lines.first == SkillRecord.columns.map(\.name).joined(separator: ","))
            #expect(page.lines.last != words.lines.last)
        }
    }

    @Test("A page stays where it was when records come or go before it")
    func cursorsHold() async throws {
        try await World.addCommunities(9)
        try await LiveEndpoint.with { endpoint in
            let first = try await endpoint.answer("/v1/communities?limit=4")
            let link = try #require(next(first))
            let before = try await endpoint.answer(link).lines
            try await ScratchDatabase.current.pool.execute(
                "DELETE FROM communities WHERE slug IN ('c00001', 'c00004')")
            #expect(try await endpoint.answer(link).lines == before)
        }
    }

    @Test("Pages of a round that was run again meanwhile are not taken for pages of the same list")
    func roundMoved() async throws {
        let token = ["Authorization: Bearer \(try await World.token([.matches]))"]
        try await LiveEndpoint.with { endpoint in
            let link = try #require(next(try await endpoint.answer("/v1/matches?limit=3", token)))
            #expect(try await endpoint.answer(link, token).status == 200)
            try await ScratchDatabase.current.pool.execute("UPDATE rounds SET epoch = epoch + 1")
            let moved = try await endpoint.answer(link, token)
            #expect(moved.status == 409 && moved.text == "error\t409\tround-moved\t-\n", "\(moved)")
        }
    }

    @Test("A list of many pages streams whole, chunk by chunk, and the connection serves on")
    func streams() async throws {
        try await World.addCommunities(3000)
        try await LiveEndpoint.with { endpoint in
            let whole = try await endpoint.answer("/v1/communities.ndjson")
            #expect(whole["transfer-encoding"] == "chunked" && whole["content-length"] == nil)
            #expect(whole.isComplete && whole.lines.count == 3002)
            let page = try await endpoint.answer("/v1/communities.ndjson?limit=10000")
            let isSame = page.body == whole.body
            #expect(isSame && page["content-length"] == String(whole.body.count))
            let connection = try await RawConnection.open(port: endpoint.port)
            try await connection.send(
                "GET /v1/communities.ndjson HTTP/1.1\r\nHost: a\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            )
            let first = HTTPAnswer(try await connection.readToEnd())
            let isSameAgain = first.body == whole.body
            #expect(first.isComplete && isSameAgain)
            let second = HTTPAnswer(first.rest)
            #expect(second.status == 200 && second.text == "ok\n" && second.rest.isEmpty)
        }
    }

    @Test(
        "A list whose database goes away midway ends with an error line and without a clean end",
        arguments: [LineFormat.text, .ndjson, .csv])
    func brokenOff(format: LineFormat) async throws {
        try await World.addCommunities(30)
        let scratch = try ScratchDatabase.current
        let cluster = try await TestCluster.shared()
        // The fourth page's query is lost on the way, and its connection with it.
        let queries = QueryCounter()
        let proxy = try FaultProxy(to: cluster.socketPath) { message in
            guard message.sender == .client, message.contains("FROM communities AS c") else { return .pass }
            return queries.next() == 4 ? .cut : .pass
        }
        defer { proxy.stop() }
        let whole = try await LiveEndpoint.with {
            try await $0.answer("/v1/communities?format=\(format.rawValue)")
        }
        try await LiveEndpoint.with({ $0.pageSize = 5 }, conninfo: proxy.conninfo(database: scratch.name)) {
            endpoint in
            let broken = try await endpoint.answer("/v1/communities?format=\(format.rawValue)")
            #expect(broken.status == 200 && broken["transfer-encoding"] == "chunked" && !broken.isComplete)
            let error = ErrorRecord(status: 503, code: "database-away")
            let line = try LineWriter(format, header: false).line(error)
            #expect(broken.text.hasSuffix(line))
            let records = broken.text.dropLast(line.count)
            #expect(whole.text.hasPrefix(records) && records.count < whole.text.count)
            #expect(broken.lines.count == 15 + 1 + (format == .csv ? 1 : 0))
            // The next one finds the database again.
            #expect(try await endpoint.answer("/v1/communities?format=\(format.rawValue)").body == whole.body)
        }
    }
}
