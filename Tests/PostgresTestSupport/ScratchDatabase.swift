import Foundation
package import Logging
package import Postgres

/// A database of a test's own, empty or prepared, dropped when the test ends.
package struct ScratchDatabase: Sendable {
    /// Its name on the server.
    package let name: String
    /// How to reach it, as a superuser (or as the user of `ENTRAIDE_TEST_DATABASE`).
    package let configuration: Configuration
    /// A pool on it; opens nothing until used.
    package let pool: Pool

    /// How to reach it, as libpq's keywords.
    package var conninfo: String { configuration.conninfo }

    /// The database of the test that runs.
    ///
    /// - Throws: when the test lacks the trait `.scratchDatabase`.
    package static var current: ScratchDatabase {
        get throws {
            guard let active else {
                throw Command.Failure(description: "this test needs the trait .scratchDatabase")
            }
            return active
        }
    }

    @TaskLocal static var active: ScratchDatabase?

    /// Makes a database, lends it to `body`, and drops it whatever happened.
    ///
    /// - Parameter template: name of the database that it starts as a copy of.
    package static func with<R>(
        template: String = "template1", _ body: (ScratchDatabase) async throws -> R
    ) async throws -> R {
        let scratch = try await create(template: template)
        do {
            let value = try await body(scratch)
            try await scratch.drop()
            return value
        } catch {
            try? await scratch.drop()
            throw error
        }
    }

    static func create(template: String) async throws -> ScratchDatabase {
        let server = try await TestServer.shared.administration()
        let name = "scratch_" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
        let target = try quotedIdentifier(name)
        let source = try quotedIdentifier(template)
        try await server.execute("CREATE DATABASE \(unsafeSQL: target) TEMPLATE \(unsafeSQL: source)")
        let configuration = try server.configuration.with(database: name)
        return ScratchDatabase(
            name: name, configuration: configuration, pool: Pool(configuration, logger: .silent))
    }

    func drop() async throws {
        await pool.close()
        let server = try await TestServer.shared.administration()
        let target = try quotedIdentifier(name)
        // Shielded: a cancelled test still drops its database.
        _ = try await Task {
            try await server.execute("DROP DATABASE IF EXISTS \(unsafeSQL: target) WITH (FORCE)")
        }.value
    }
}

/// The server that scratch databases live on: `ENTRAIDE_TEST_DATABASE` if set, else the shared cluster.
actor TestServer {
    static let shared = TestServer()

    private var pool: Task<Pool, any Error>?
    private var templates: [String: Task<String, any Error>] = [:]

    /// A pool on a database where others can be created.
    func administration() async throws -> Pool {
        let task =
            pool
            ?? Task {
                let url = ProcessInfo.processInfo.environment["ENTRAIDE_TEST_DATABASE"]
                let conninfo: String
                if let url, !url.isEmpty {
                    conninfo = url
                } else {
                    conninfo = try await TestCluster.shared().conninfo()
                }
                return Pool(
                    Configuration(conninfo: conninfo), size: 4, acquireTimeout: .seconds(60),
                    logger: .silent)
            }
        pool = task
        return try await task.value
    }

    /// Name of the database that `prepare` made ready; run once per `key` in this process.
    func template(
        _ key: String, _ prepare: @escaping @Sendable (Pool) async throws -> Void
    ) async throws -> String {
        let task =
            templates[key]
            ?? Task {
                let scratch = try await ScratchDatabase.create(template: "template1")
                try await prepare(scratch.pool)
                // A database with sessions on it cannot be copied.
                await scratch.pool.close()
                return scratch.name
            }
        templates[key] = task
        return try await task.value
    }
}

extension Logger {
    /// Logs nothing.
    package static var silent: Logger { Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() } }
}
