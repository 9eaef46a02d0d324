import EntraideCore
import EntraideHTTP
import Foundation
import Lines
import Logging
import PostgresTestSupport
import ServiceLifecycle
import Synchronization

/// The real server on a port of its own, over the test's database and with the role that only reads.
struct LiveEndpoint: Sendable {
    let port: Int
    let database: Database
    private let group: ServiceGroup
    private let run: Task<Void, any Error>

    /// Runs `body` against a server, and stops the server in order.
    static func with<R: Sendable>(
        _ change: @Sendable (inout EndpointConfiguration) -> Void = { _ in }, conninfo: String? = nil,
        logger: Logger = .silent, _ body: @Sendable (LiveEndpoint) async throws -> R
    ) async throws -> R {
        let endpoint = try await start(change, conninfo: conninfo, logger: logger)
        do {
            let value = try await body(endpoint)
            try await endpoint.stop()
            return value
        } catch {
            try? await endpoint.stop()
            throw error
        }
    }

    static func start(
        _ change: @Sendable (inout EndpointConfiguration) -> Void = { _ in }, conninfo: String? = nil,
        logger: Logger = .silent
    ) async throws -> LiveEndpoint {
        let conninfo = try conninfo ?? ScratchDatabase.current.conninfo
        let database = try await Database.open(
            .given(conninfo: conninfo), purpose: .serve, environment: [:], logger: .silent)
        var configuration = EndpointConfiguration(host: "127.0.0.1", port: 0)
        configuration.language = .en
        // All tests ask from one address, as fast as they are answered: limits are for the tests that set some.
        configuration.addressRate = 0
        configuration.tokenRate = 0
        configuration.addressConnections = 0
        change(&configuration)
        let (ready, continuation) = AsyncStream.makeStream(of: Int.self)
        let endpoint = Endpoint(
            database: database, configuration: configuration, logger: logger,
            onReady: { _, port in
                continuation.yield(port)
                continuation.finish()
            })
        let group = endpoint.group()
        let run = Task {
            defer { continuation.finish() }
            try await group.run()
        }
        for await port in ready {
            return LiveEndpoint(port: port, database: database, group: group, run: run)
        }
        try await run.value
        throw EntraideError(.internalFailure, ["what": "not ready"])
    }

    /// Asks the server to stop, without waiting.
    func beginStop() async {
        await group.triggerGracefulShutdown()
    }

    /// Waits for its end, after asking for it.
    func stop() async throws {
        await beginStop()
        try await run.value
        await database.close()
    }

    /// One request on a connection of its own, and all that came back before the server closed it.
    func answer(
        _ target: String, method: String = "GET", _ fields: [String] = [], body: String = ""
    ) async throws -> HTTPAnswer {
        let head = ["\(method) \(target) HTTP/1.1", "Host: localhost", "Connection: close"] + fields
        return try await exchange(
            Array((head.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8), method: method)
    }

    func exchange(_ bytes: [UInt8], method: String = "GET") async throws -> HTTPAnswer {
        let connection = try await RawConnection.open(port: port)
        try await connection.send(bytes)
        return HTTPAnswer(try await connection.readToEnd(), isHead: method == "HEAD")
    }
}

/// A logger's entries, for a test to look at.
final class LogRecorder: Sendable {
    private let entries = Mutex<[String]>([])

    var lines: [String] { entries.withLock { $0 } }

    /// Waits for an entry that begins so, a minute at most.
    func wait(for beginning: String) async throws {
        for _ in 0..<600 {
            if lines.contains(where: { $0.hasPrefix(beginning) }) { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw EntraideError(.internalFailure, ["what": "no entry \(beginning)"])
    }

    var logger: Logger { Logger(label: "test") { _ in Handler(recorder: self) } }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let pairs = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            recorder.entries.withLock {
                $0.append(([event.message.description] + pairs).joined(separator: " "))
            }
        }
    }
}
