import EntraideCore
import PostgresTestSupport
import Testing

@Suite("Malformed requests", .world)
struct MalformedTests {
    static let whole =
        "GET /v1/matches?round=automne&limit=1 HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv;q=0.5, */*\r\n\r\n"

    @Test("What could be read in two ways is refused once, and the connection closed")
    func ambiguous() async throws {
        let next = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
        try await LiveEndpoint.with { endpoint in
            for request in [
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 6\r\n\r\nhello",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: b\u{0}c\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: a\r\n\r\n", "GET /\r\n\r\n",
                "GET /v1/rounds/é HTTP/1.1\r\nHost: a\r\n\r\n",
            ] {
                let answer = try await endpoint.exchange(Array((request + next).utf8))
                #expect(
                    answer.status == 400 && answer.isComplete && answer.rest.isEmpty
                        && answer["connection"] == "close", "\(request.debugDescription)")
                #expect(
                    answer.text == "error\t400\tbad-request\t-\n"
                        && answer["content-type"] == "text/plain; charset=utf-8",
                    "\(request.debugDescription)")
            }
            #expect(try await endpoint.answer("/healthz").status == 200)
        }
    }

    @Test("Thousands of random requests end no process, and none is answered with a server's failure")
    func random() async throws {
        try await LiveEndpoint.with { endpoint in
            var generator = SplitMix64(seed: 20_261_123)
            var statuses: [Int: Int] = [:]
            for round in 0..<4000 {
                let bytes = Self.request(&generator)
                let connection = try await RawConnection.open(port: endpoint.port)
                try await connection.send(bytes)
                connection.finish()
                var answer = HTTPAnswer(try await connection.readToEnd())
                while true {
                    #expect(
                        answer.status < 500,
                        "\(round): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
                    statuses[answer.status, default: 0] += 1
                    if answer.rest.isEmpty { break }
                    answer = HTTPAnswer(answer.rest)
                }
            }
            // The generator reaches behind the parser, not only its refusals.
            #expect(
                statuses[200, default: 0] > 50 && statuses[404, default: 0] > 50
                    && statuses[400, default: 0] > 50)
            #expect(try await endpoint.answer("/v1/matches").status == 200)
        }
    }

    /// A whole request that was damaged a little, a request line of random pieces, or noise.
    private static func request(_ generator: inout SplitMix64) -> [UInt8] {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: return noise(400, &generator)
        case 1...4:
            var bytes = Array(whole.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
                default: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
                }
            }
            return bytes
        default:
            let method = pieces(["GET", "HEAD", "OPTIONS", "POST", "CONNECT", "M-SEARCH"], 1, &generator)
            let path = pieces(
                [
                    "/v1", "/matches", "/communities", "/rounds", "/automne", "/1", "/public-a", "/offers",
                    ".csv", ".",
                    "//", "%2F", "%", "%00", "%c3%a9", "?", "&", "=", "limit", "cursor", "MS4x",
                    "9223372036854775808",
                    "-1", "q", "%F0%9F%98%80", "format", "ndjson", "header=true", "http://", "a:b@", "[::1]",
                    ":", "#",
                    "*", "/..", ";", "'", "\"", "+", "status=met", "kind=fablab",
                ], 8, &generator)
            let fields = pieces(
                [
                    "Accept: */*;q=0.1234\r\n", "Accept: ;;,,q=\r\n", "Accept-Language: -;q=1.001, fr-\r\n",
                    "Authorization: Bearer entr_a_b\r\n", "Authorization: \r\n", "Content-Length: 3\r\n",
                    "Connection: ,close,\r\n", "Host: \r\n", "Expect: 100-continue\r\n",
                    "Range: bytes=0-\r\n",
                    "Upgrade: websocket\r\nConnection: upgrade\r\n", "Transfer-Encoding: chunked\r\n",
                ], 4, &generator)
            return Array(
                "\(method) /\(path) HTTP/1.\(Int.random(in: 0...1, using: &generator))\r\n\(fields)\r\nabc"
                    .utf8)
        }
    }

    private static func noise(_ most: Int, _ generator: inout SplitMix64) -> [UInt8] {
        (0..<Int.random(in: 1...most, using: &generator)).map { _ in
            UInt8.random(in: 0...255, using: &generator)
        }
    }

    private static func pieces(_ words: [String], _ most: Int, _ generator: inout SplitMix64) -> String {
        (0..<Int.random(in: 1...most, using: &generator)).map { _ in
            words[Int.random(in: 0..<words.count, using: &generator)]
        }.joined()
    }
}

/// Steele, Lea and Flood's generator, for the same requests on every machine.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
