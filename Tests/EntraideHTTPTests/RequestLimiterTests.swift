import EntraideCore
import Foundation
import Postgres
import PostgresTestSupport
import Testing

@testable import EntraideHTTP

@Suite("Whose requests are counted together")
struct ClientAddressTests {
    @Test("An IPv4 address is one client however it is written; an IPv6 one is its /64")
    func networks() throws {
        func network(_ text: String) throws -> ClientAddress {
            try #require(ClientAddress(parsing: text), "\(text)").network
        }
        #expect(try network("192.0.2.1") == network("::ffff:192.0.2.1"))
        #expect(try network("192.0.2.1") != network("192.0.2.2"))
        #expect(try network("::ffff:192.0.2.1") != network("::ffff:192.0.2.2"))
        #expect(try network("2001:db8::1") == network("2001:db8::ffff:1:2:3"))
        #expect(try network("2001:db8::1") != network("2001:db8:0:1::1"))
        #expect(ClientAddress(parsing: "2001:db8::1") != ClientAddress(parsing: "2001:db8::2"))
        for text in ["", "unknown", "192.0.2", "192.0.2.1:80", "[::1]", "_x"] {
            #expect(ClientAddress(parsing: text) == nil, "\(text)")
        }
    }
}

@Suite("Too many requests", .world)
struct RequestLimiterTests {
    /// Asks until refused, thirty times at most: on a slow machine some come back meanwhile.
    private static func exhaust(
        _ endpoint: LiveEndpoint, _ target: String, _ fields: [String] = []
    ) async throws -> (before: Int, refusal: HTTPAnswer) {
        for count in 0..<30 {
            let answer = try await endpoint.answer(target, fields)
            if answer.status == 429 { return (count, answer) }
        }
        throw EntraideError(.internalFailure, ["what": "never refused"])
    }

    @Test(
        "Past its burst an address gets 429 and Retry-After, in its own format and language; probes are free")
    func anonymous() async throws {
        try await LiveEndpoint.with({ $0.addressRate = 1 }) { endpoint in
            let (before, text) = try await Self.exhaust(endpoint, "/v1/rounds")
            #expect(before >= 5)
            #expect(text.text == "error\t429\ttoo-many-requests\tseconds=1\n" && text["retry-after"] == "1")
            #expect(
                text["content-type"]?.hasPrefix("text/plain") == true && text.isComplete && text.rest.isEmpty)
            // What is no route, and what is no request of a record, count as well.
            for (target, fields, word) in [
                ("/v1/rounds.ndjson", ["Accept-Language: en"], "too many requests in a row"),
                ("/", ["Accept: application/json", "Accept-Language: fr"], "trop de requêtes d’affilée"),
                ("/nowhere?format=ndjson", [], "too many requests in a row"),
            ] {
                let (_, json) = try await Self.exhaust(endpoint, target, fields)
                #expect(json["content-type"] == "application/problem+json" && json["retry-after"] == "1")
                #expect(json.text.contains(#""type":"urn:entraide:error:too-many-requests""#))
                #expect(json.text.contains(#""status":429"#) && json.text.contains(word), "\(json.text)")
            }
            for _ in 0..<20 {
                #expect(try await endpoint.answer("/healthz").status == 200)
                #expect(try await endpoint.answer("/readyz").status == 200)
            }
            // Before a body is read: the connection ends, and what follows is no request.
            for _ in 0..<30 {
                let answer = try await endpoint.answer(
                    "/v1/rounds", ["Content-Length: 60000"], body: String(repeating: "x", count: 60_000))
                if answer.status == 429 {
                    #expect(answer["connection"] == "close" && answer.rest.isEmpty)
                    break
                }
            }
            try await Task.sleep(for: .seconds(2))
            #expect(try await endpoint.answer("/v1/rounds").status == 200)
        }
    }

    @Test("A valid token is counted for itself, whatever its address did")
    func token() async throws {
        let token = try await World.token([.communities])
        let fields = ["Authorization: Bearer \(token)"]
        try await LiveEndpoint.with({
            $0.addressRate = 1
            $0.tokenRate = 2
        }) { endpoint in
            #expect(try await endpoint.answer("/v1/communities", fields).status == 200)
            _ = try await Self.exhaust(endpoint, "/v1/communities")
            let (before, refusal) = try await Self.exhaust(endpoint, "/v1/communities", fields)
            #expect(before >= 9 && refusal["retry-after"] == "1")
            // A token that lacks a scope is a valid one; spelled otherwise it is the same.
            let other = try await World.token([.matches])
            try await Task.sleep(for: .seconds(1.2))
            #expect(
                try await endpoint.answer("/v1/communities", ["Authorization: bearer  \(other)"]).status
                    == 403)
            _ = try await Self.exhaust(endpoint, "/v1/skills")
            #expect(
                try await endpoint.answer("/v1/matches", ["Authorization: Bearer \(other)"]).status == 200)
        }
    }

    @Test("Guessing tokens has the limit of an address, and takes nothing from who holds one")
    func guessing() async throws {
        let token = try await World.token([.communities])
        let fields = ["Authorization: Bearer \(token)"]
        let wrong = String(token.dropLast(4)) + "0000"
        try await LiveEndpoint.with({ $0.addressRate = 1 }) { endpoint in
            #expect(try await endpoint.answer("/v1/skills", fields).status == 200)
            for guess in [wrong, "entr_x_y"] {
                let (_, refusal) = try await Self.exhaust(
                    endpoint, "/v1/skills", ["Authorization: Bearer \(guess)"])
                #expect(refusal["www-authenticate"] == nil)
            }
            for _ in 0..<20 { #expect(try await endpoint.answer("/v1/skills", fields).status == 200) }
            // Once revoked it is refused, and then counted like any guess.
            let id = try #require(token.split(separator: "_").dropFirst().first)
            try await ScratchDatabase.current.pool.execute(
                "UPDATE tokens SET revoked_at = now() WHERE id = \(String(id))")
            #expect(try await endpoint.answer("/v1/skills", fields).status == 401)
            _ = try await Self.exhaust(endpoint, "/v1/skills", fields)
        }
    }

    @Test("A trusted proxy's last word is whom it asks for; from anyone else, the field says nothing")
    func proxy() async throws {
        for isTrusted in [true, false] {
            try await LiveEndpoint.with({
                $0.addressRate = 1
                $0.trustedProxy = isTrusted ? "127.0.0.1" : "192.0.2.9"
            }) { endpoint in
                func status(_ list: String) async throws -> Int {
                    try await endpoint.answer("/v1/rounds", ["X-Forwarded-For: \(list)"]).status
                }
                _ = try await Self.exhaust(
                    endpoint, "/v1/rounds", ["X-Forwarded-For: 198.51.100.7, 192.0.2.1"])
                // A client may write whatever it wants ahead of what the proxy adds.
                _ = try await Self.exhaust(
                    endpoint, "/v1/rounds", ["X-Forwarded-For: 198.51.100.8,192.0.2.1"])
                if isTrusted {
                    #expect(try await status("192.0.2.1, 192.0.2.2") == 200)
                    // What is no address counts as the proxy's own.
                    #expect(try await status("192.0.2.1, unknown") == 200)
                    _ = try await Self.exhaust(endpoint, "/v1/rounds", ["X-Forwarded-For: -"])
                    _ = try await Self.exhaust(endpoint, "/v1/rounds")
                    #expect(try await status("192.0.2.3") == 200)
                } else {
                    _ = try await Self.exhaust(endpoint, "/v1/rounds", ["X-Forwarded-For: 192.0.2.2"])
                }
            }
        }
    }

    @Test("Connections of one address beyond its own cap are closed, until one of them ends")
    func connections() async throws {
        try await LiveEndpoint.with({ $0.addressConnections = 2 }) { endpoint in
            var held: [RawConnection] = []
            for _ in 0..<2 {
                let connection = try await RawConnection.open(port: endpoint.port)
                try await connection.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(HTTPAnswer(try await connection.read(until: "ok\n")).status == 200)
                held.append(connection)
            }
            for _ in 0..<3 { #expect(try await endpoint.answer("/healthz").bytes.isEmpty) }
            held.removeLast()
            var answer = try await endpoint.answer("/healthz")
            for _ in 0..<200 where answer.status != 200 {
                try await Task.sleep(for: .milliseconds(50))
                answer = try await endpoint.answer("/healthz")
            }
            #expect(answer.status == 200)
            // Those that were closed, and those that ended, are counted out: there is room for one more again and again.
            for _ in 0..<20 {
                var again = try await endpoint.answer("/healthz")
                for _ in 0..<200 where again.status != 200 {
                    try await Task.sleep(for: .milliseconds(50))
                    again = try await endpoint.answer("/healthz")
                }
                #expect(again.status == 200)
            }
            withExtendedLifetime(held) {}
        }
    }

    @Test("A trusted proxy may have any number of connections")
    func proxyConnections() async throws {
        try await LiveEndpoint.with({
            $0.addressConnections = 1
            $0.trustedProxy = "127.0.0.1"
        }) { endpoint in
            var held: [RawConnection] = []
            for _ in 0..<4 {
                let connection = try await RawConnection.open(port: endpoint.port)
                try await connection.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(HTTPAnswer(try await connection.read(until: "ok\n")).status == 200)
                held.append(connection)
            }
        }
    }
}
