import Foundation
import Testing

@Suite("Serving")
struct ServeTests {
    /// Starts a server on a port of the system's choice; the port.
    static func start(_ database: Scratch, listen: String = "127.0.0.1:0", _ options: [String] = [])
        async throws -> (Spawned, UInt16)
    {
        let server = try database.home.start(
            ["serve", "--listen", listen] + options, environment: ["ENTRAIDE_DATABASE": database.conninfo])
        try await server.wait { $0.err.contains("\n") }
        let address = try #require(
            server.output.err.firstMatch(of: #/http://127\.0\.0\.1:(\d+)//#), "\(server.output)")
        return (server, try #require(UInt16(address.1)))
    }

    /// One request and its whole answer, through a socket of our own.
    static func get(_ path: String, port: UInt16) throws -> (head: String, body: String) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) }
        }
        guard connected == 0 else { throw Spawned.Failure(description: "connect: errno \(errno)") }
        let request = Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
        guard send(descriptor, request, request.count, 0) == request.count else {
            throw Spawned.Failure(description: "send: errno \(errno)")
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        let text = String(decoding: answer, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return (text, "") }
        return (String(text[..<end.lowerBound]), String(text[end.upperBound...]))
    }

    @Test("It answers, refuses its port to another, and a SIGTERM ends it with 0 within 20 seconds")
    func lifetime() async throws {
        let database = try await Scratch.like(.round)
        let (server, port) = try await Self.start(database)
        let health = try Self.get("/healthz", port: port)
        #expect(health.head.hasPrefix("HTTP/1.1 200 "), "\(health)")
        let skills = try Self.get("/v1/skills", port: port)
        #expect(
            skills.head.hasPrefix("HTTP/1.1 200 ") && skills.body.contains("decoupe-laser\t"),
            "\(skills.head)")
        #expect(try Self.get("/nowhere", port: port).head.hasPrefix("HTTP/1.1 404 "))

        for tongue in Tongue.allCases {
            let second = try await database.run("serve", "--listen", "127.0.0.1:\(port)", in: tongue)
            #expect(second.status == 75 && second.out.isEmpty, "\(second)")
            #expect(
                second.err.contains("127.0.0.1:\(port)") && second.err.hasSuffix("[port-in-use]\n"),
                "\(second)")
        }
        #expect(try Self.get("/healthz", port: port).head.hasPrefix("HTTP/1.1 200 "))

        kill(server.id, SIGTERM)
        let end = try await server.outcome(within: .seconds(20))
        #expect(end.status == 0 && end.out.isEmpty, "\(end)")
    }

    @Test("Ctrl-C ends it too, and its port is free again at once")
    func interrupt() async throws {
        let database = try await Scratch.like(.round)
        let (server, port) = try await Self.start(database)
        kill(server.id, SIGINT)
        #expect(try await server.outcome(within: .seconds(20)).status == 0)
        let (next, again) = try await Self.start(database, listen: "127.0.0.1:\(port)")
        #expect(again == port)
        kill(next.id, SIGTERM)
        #expect(try await next.outcome(within: .seconds(20)).status == 0)
    }

    @Test("Listening beyond this machine, it says once that tokens need TLS; on its own address nothing")
    func beyond() async throws {
        let database = try await Scratch.like(.round)
        let sentences = [
            Tongue.fr: "Attention\u{202F}: hors de cette machine, les jetons circulent en clair, à moins",
            .en: "Beware: beyond this machine tokens travel in clear, unless a TLS proxy",
        ]
        for (tongue, sentence) in sentences {
            for (listen, isTold) in [
                ("0.0.0.0:0", true), ("127.0.0.1:0", false), ("127.0.0.2:0", false), ("localhost:0", false),
            ] {
                let server = try database.home.start(
                    ["serve", "--listen", listen], in: tongue,
                    environment: ["ENTRAIDE_DATABASE": database.conninfo])
                try await server.wait { $0.err.contains(isTold ? sentence : "\n") }
                kill(server.id, SIGTERM)
                let end = try await server.outcome(within: .seconds(20))
                #expect(end.status == 0 && end.out.isEmpty, "\(end)")
                #expect(end.err.ranges(of: sentence).count == (isTold ? 1 : 0), "\(listen) \(end)")
            }
        }
    }

    @Test("Past a limit given on the line it answers 429; with 0 it never does; what is no limit is refused")
    func limits() async throws {
        let database = try await Scratch.like(.round)
        for (rate, isLimited) in [("1", true), ("0", false)] {
            let (server, port) = try await Self.start(database, ["--address-rate", rate])
            var refusal: (head: String, body: String)?
            for _ in 0..<150 where refusal == nil {
                let answer = try Self.get("/v1/rounds", port: port)
                if !answer.head.hasPrefix("HTTP/1.1 200 ") { refusal = answer }
            }
            #expect((refusal != nil) == isLimited)
            if let refusal {
                #expect(
                    refusal.head.hasPrefix("HTTP/1.1 429 ")
                        && refusal.head.contains("\r\nRetry-After: 1\r\n"),
                    "\(refusal)")
                #expect(refusal.body == "error\t429\ttoo-many-requests\tseconds=1\n")
            }
            kill(server.id, SIGTERM)
            #expect(try await server.outcome(within: .seconds(20)).status == 0)
        }
        for options in [
            ["--address-rate", "1000001"], ["--token-rate=-1"], ["--address-connections=-1"],
            ["--trusted-proxy", "proxy.example.org"], ["--trusted-proxy", "192.0.2.1:80"],
        ] {
            let outcome = try await Home.fresh().run(["serve"] + options)
            #expect(outcome.status == 64 && outcome.err.contains("[bad-option]"), "\(outcome)")
        }
    }

    @Test(
        "An address that is none is refused before anything is opened",
        arguments: ["8080", "127.0.0.1", "127.0.0.1:70000", ":8080", "127.0.0.1:http", ""])
    func badAddress(listen: String) async throws {
        let outcome = try await Home.fresh().run(["serve", "--listen", listen])
        #expect(outcome.status == 64 && outcome.err.contains("[bad-option]"), "\(outcome)")
        #expect(outcome.err.contains("expected: ADDRESS:PORT, for example 127.0.0.1:8080"), "\(outcome)")
    }
}
