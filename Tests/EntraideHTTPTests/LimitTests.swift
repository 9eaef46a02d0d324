import EntraideCore
import EntraideHTTP
import PostgresTestSupport
import Testing

@Suite("Limits of a connection", .world)
struct LimitTests {
    @Test("An address over 8 KiB is 414, and up to it is read")
    func longAddress() async throws {
        try await LiveEndpoint.with { endpoint in
            func target(_ size: Int) -> String {
                "/v1/rounds?x=" + String(repeating: "a", count: size - "/v1/rounds?x=".utf8.count)
            }
            for (size, line) in [
                (8192, "error\t400\tunknown-parameter"), (8193, "error\t414\turi-too-long\t-\n"),
                (60_000, "error\t414\turi-too-long\t-\n"),
            ] {
                let answer = try await endpoint.answer(target(size))
                #expect(answer.text.hasPrefix(line), "\(size)")
            }
            let endless = try await endpoint.answer(target(1 << 20))
            #expect(endless.status == 400 && endless.rest.isEmpty)
        }
    }

    @Test("A flood of header fields is refused, and the server serves on")
    func headerFlood() async throws {
        try await LiveEndpoint.with { endpoint in
            for flood in [
                String(repeating: "X-A: b\r\n", count: 100_000),
                "X-A: \(String(repeating: "b", count: 1 << 20))\r\n",
                String(repeating: "X: \(String(repeating: "b", count: 10_000))\r\n", count: 50),
            ] {
                let answer = try await endpoint.exchange(
                    Array("GET / HTTP/1.1\r\nHost: a\r\n\(flood)\r\n".utf8))
                // The answer may be lost when the server closes on what it has not read; a success never comes.
                #expect(answer.status == 400 || answer.bytes.isEmpty)
            }
            #expect(try await endpoint.answer("/healthz").status == 200)
        }
    }

    @Test("A body is taken and ignored up to 64 KiB, and refused beyond, however it is sent")
    func bodies() async throws {
        let limit = 64 << 10
        @Sendable func chunks(_ count: Int) -> String {
            String(repeating: "1000\r\n\(String(repeating: "x", count: 4096))\r\n", count: count)
                + "0\r\n\r\n"
        }
        try await LiveEndpoint.with { endpoint in
            for (field, body, status) in [
                ("Content-Length: 5", "hello", 200),
                ("Content-Length: \(limit)", String(repeating: "x", count: limit), 200),
                ("Content-Length: \(limit + 1)", String(repeating: "x", count: limit + 1), 413),
                ("Content-Length: 9000000000000000000", "x", 413),
                ("Transfer-Encoding: chunked", chunks(16), 200),
                ("Transfer-Encoding: chunked", chunks(17), 413),
                ("Transfer-Encoding: chunked", String(chunks(30).dropLast(5)), 413),
            ] {
                let answer = try await endpoint.answer("/v1/rounds", [field], body: body)
                #expect(answer.status == status && answer.isComplete && answer.rest.isEmpty, "\(field)")
                if status == 413 { #expect(answer.text == "error\t413\trequest-too-large\t-\n") }
            }
        }
    }

    @Test("A body is never taken for the next request, and the next request is answered")
    func bodyThenRequest() async throws {
        try await LiveEndpoint.with { endpoint in
            let smuggled = "GET /v1/skills HTTP/1.1\r\nHost: a\r\n\r\n"
            let answer = try await endpoint.exchange(
                Array(
                    "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: \(smuggled.utf8.count)\r\n\r\n\(smuggled)GET /v1/rounds HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Close\r\n\r\n"
                        .utf8))
            #expect(answer.text == "ok\n")
            let second = HTTPAnswer(answer.rest)
            #expect(
                second.text.hasPrefix("automne\t") && second.rest.isEmpty && second["connection"] == "close")
        }
    }

    @Test("A head sent drop by drop, a body that does not come, and a silent connection are closed")
    func slowSenders() async throws {
        try await LiveEndpoint.with({
            $0.idleTimeout = .milliseconds(300)
            $0.readTimeout = .milliseconds(300)
        }) { endpoint in
            for start in [
                "", "GET / HTTP/1.1\r\nHo", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc",
                "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
            ] {
                let connection = try await RawConnection.open(port: endpoint.port)
                try await connection.send(start)
                #expect(try await connection.readToEnd().isEmpty, "\(start)")
            }
            // Bytes that keep coming do not keep a head's time from passing.
            let dripping = try await RawConnection.open(port: endpoint.port)
            try await dripping.send("GET / HTTP/1.1\r\nX: ")
            let dripper = Task {
                for _ in 0..<10_000 {
                    try Task.checkCancellation()
                    try await dripping.send("x")
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
            #expect(try await dripping.readToEnd().isEmpty)
            dripper.cancel()
        }
    }

    @Test("A connection kept alive after an answer is closed once it has been silent too long")
    func keptAlive() async throws {
        // Long enough for the request to arrive on however busy a machine.
        try await LiveEndpoint.with({ $0.idleTimeout = .seconds(3) }) { endpoint in
            let kept = try await RawConnection.open(port: endpoint.port)
            try await kept.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = HTTPAnswer(try await kept.readToEnd())
            #expect(answer.text == "ok\n" && answer.rest.isEmpty && answer["connection"] == nil)
        }
    }

    @Test("Who does not read is cut off, and does not hold up the others")
    func slowReader() async throws {
        try await World.addCommunities(40_000)
        let recorder = LogRecorder()
        try await LiveEndpoint.with({ $0.writeTimeout = .seconds(3) }, logger: recorder.logger) { endpoint in
            let lazy = try await RawConnection.open(port: endpoint.port, receiveBuffer: 4096)
            try await lazy.send("GET /v1/communities.ndjson HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let begun = try await lazy.read(upTo: 16)
            let whole = try await endpoint.answer("/v1/communities.ndjson")
            #expect(whole.isComplete && whole.lines.count == 40_002)
            // Once the server gave up on it, what is in the system's buffers still comes.
            try await recorder.wait(for: "broken off")
            let answer = HTTPAnswer(begun + (try await lazy.readToEnd()))
            #expect(answer.status == 200 && !answer.isComplete && answer.lines.count < whole.lines.count)
        }
    }

    @Test("An answer that takes longer than its deadline is broken off")
    func deadline() async throws {
        try await World.addCommunities(40_000)
        try await LiveEndpoint.with({
            $0.requestDeadline = .seconds(2)
            $0.pageSize = 1
        }) { endpoint in
            let answer = try await endpoint.answer("/v1/communities.ndjson")
            #expect(!answer.isComplete && answer.lines.count < 40_002)
            #expect(try await endpoint.answer("/healthz").status == 200)
        }
    }

    @Test("Large pages that wait for slow readers share a bound; past it the client is told to come back")
    func answerBudget() async throws {
        try await World.addCommunities(5000, padding: 1500)
        try await LiveEndpoint.with({ $0.answerBytes = 1 << 20 }) { endpoint in
            let page = "/v1/communities.ndjson?limit=5000"
            let lazy = try await RawConnection.open(port: endpoint.port, receiveBuffer: 4096)
            try await lazy.send("GET \(page) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let begun = try await lazy.read(upTo: 16)
            let refused = try await endpoint.answer(page)
            #expect(refused.status == 503 && refused["retry-after"] == "1")
            #expect(refused["content-type"] == "application/problem+json")
            // Small answers are not concerned.
            #expect(try await endpoint.answer("/v1/communities.ndjson?limit=10").status == 200)
            let answer = HTTPAnswer(begun + (try await lazy.readToEnd()))
            #expect(answer.isComplete && answer.lines.count == 5000)
            // Compared here: a test's own account of a difference between megabytes has no end.
            let isSame = try await Self.once(endpoint, page).body == answer.body
            #expect(isSame)
        }
    }

    @Test("Lists that wait for slow readers share the bound too, keep their place in it, and come whole")
    func streamBudget() async throws {
        // Pages of some 900 KB, and more of them than the system's buffers hold.
        try await World.addCommunities(5000, padding: 1500)
        try await LiveEndpoint.with({ $0.answerBytes = 1 << 20 }) { endpoint in
            let list = "/v1/communities.ndjson"
            let lazy = try await RawConnection.open(port: endpoint.port, receiveBuffer: 4096)
            try await lazy.send("GET \(list) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let begun = try await lazy.read(upTo: 16)
            for method in ["GET", "HEAD"] {
                let refused = try await endpoint.answer(list, method: method)
                #expect(refused.status == 503 && refused["retry-after"] == "1", "\(method)")
            }
            #expect(try await endpoint.answer("\(list)?limit=500").status == 503)
            #expect(try await endpoint.answer("\(list)?limit=10").status == 200)
            let answer = HTTPAnswer(begun + (try await lazy.readToEnd()))
            #expect(answer.isComplete && answer.lines.count == 5002)
            let isSame = try await Self.once(endpoint, list).body == answer.body
            #expect(isSame)
        }
    }

    @Test("A reader that is cut off, or that goes away, gives its share of the bound back")
    func answerBudgetComesBack() async throws {
        try await World.addCommunities(5000, padding: 1500)
        try await LiveEndpoint.with({
            $0.answerBytes = 1 << 20
            $0.writeTimeout = .seconds(3)
        }) { endpoint in
            let page = "/v1/communities.ndjson?limit=5000"
            // A page, and a list: cut off, or gone.
            for (target, staysOpen) in [
                (page, true), (page, false), ("/v1/communities.ndjson", true),
                ("/v1/communities.ndjson", false),
            ] {
                var lazy: RawConnection? = try await RawConnection.open(
                    port: endpoint.port, receiveBuffer: 4096)
                try await lazy?.send("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try await lazy?.read(upTo: 16)
                if !staysOpen { lazy = nil }
                let count = try await Self.once(endpoint, page).lines.count
                #expect(count == 5000)
                withExtendedLifetime(lazy) {}
            }
        }
    }

    /// The answer once the server has room for it, which is a moment after others are done.
    private static func once(_ endpoint: LiveEndpoint, _ target: String) async throws -> HTTPAnswer {
        for _ in 0..<200 {
            let answer = try await endpoint.answer(target)
            if answer.status != 503 { return answer }
            try await Task.sleep(for: .milliseconds(100))
        }
        return try await endpoint.answer(target)
    }

    @Test("Connections beyond the cap wait for a place, and get it")
    func connectionCap() async throws {
        try await LiveEndpoint.with({ $0.maximumConnections = 2 }) { endpoint in
            let first = try await RawConnection.open(port: endpoint.port)
            let second = try await RawConnection.open(port: endpoint.port)
            for connection in [first, second] {
                try await connection.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(HTTPAnswer(try await connection.read(until: "ok\n")).status == 200)
            }
            async let waiting = endpoint.answer("/healthz")
            first.finish()
            #expect(try await waiting.status == 200)
        }
    }
}
