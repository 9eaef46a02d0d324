import EntraideCore
import Foundation
import Logging
import Postgres
import PostgresTestSupport
import Testing

@Suite("The private cluster", .serialized)
struct EmbeddedClusterTests {
    /// A cluster in a short folder of its own, stopped and removed afterwards.
    private func withCluster(_ body: (EmbeddedCluster) async throws -> Void) async throws {
        let home = "/tmp/ec-\(UUID().uuidString.prefix(8).lowercased())"
        let cluster = EmbeddedCluster(home: home, environment: ProcessInfo.processInfo.environment)
        do {
            try await body(cluster)
        } catch {
            let log = (try? String(contentsOfFile: cluster.log, encoding: .utf8)) ?? "no log"
            Issue.record("\(error)\n\(log.suffix(2000))")
        }
        try await cluster.stop()
        try? FileManager.default.removeItem(atPath: home)
    }

    private func ask(_ cluster: EmbeddedCluster, _ query: Query) async throws -> String {
        let connection = try await Connection.open(Configuration(conninfo: cluster.conninfo), logger: .silent)
        let rows = try await connection.query(query)
        await connection.close()
        return try #require(rows.first).get("answer")
    }

    private func pid(_ cluster: EmbeddedCluster) throws -> Int32 {
        guard case .running(let pid) = cluster.status() else { throw EntraideError(.databaseAway) }
        return pid
    }

    @Test("It is made, answers, stops, and starts again with what it held")
    func lifecycle() async throws {
        try await withCluster { cluster in
            #expect(cluster.status() == .missing)
            await #expect(throws: EntraideError(.databaseMissing)) { try await cluster.start() }
            #expect(try await cluster.create())
            #expect(try await !cluster.create())
            #expect(try await ask(cluster, "SELECT current_user::text AS answer") == "entraide")
            #expect(try await ask(cluster, "SELECT current_setting('data_checksums') AS answer") == "on")
            #expect(try await ask(cluster, "SELECT current_setting('server_encoding') AS answer") == "UTF8")
            #expect(try await ask(cluster, "SELECT current_setting('listen_addresses') AS answer") == "")
            #expect(try await ask(cluster, "SELECT current_setting('fsync') AS answer") == "on")
            let member: Query = "SELECT pg_has_role('entraide', 'entraide_reader', 'MEMBER')::text AS answer"
            #expect(try await ask(cluster, member) == "true")
            let superuser: Query = "SELECT rolsuper::text AS answer FROM pg_roles WHERE rolname = 'entraide'"
            #expect(try await ask(cluster, superuser) == "false")
            _ = try await ask(cluster, "SELECT set_config('x.y', '', false) AS answer")
            try await write(7, cluster)
            try await cluster.stop()
            #expect(cluster.status() == .stopped)
            try await cluster.stop()
            try await cluster.start()
            #expect(try await ask(cluster, "SELECT max(n)::text AS answer FROM kept") == "7")
            let first = try pid(cluster)
            try await cluster.start()
            #expect(try pid(cluster) == first)
        }
    }

    @Test("Its folders are closed to others, and its configuration lets in only its owner and root")
    func closed() async throws {
        try await withCluster { cluster in
            try await cluster.create()
            for folder in ["run", "cluster"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: cluster.home + "/" + folder)
                #expect(attributes[.posixPermissions] as? Int == 0o700)
            }
            let log = try FileManager.default.attributesOfItem(atPath: cluster.log)
            #expect(log[.posixPermissions] as? Int == 0o600)
            let hba = try String(contentsOfFile: cluster.home + "/cluster/pg_hba.conf", encoding: .utf8)
            #expect(hba == "local all all peer map=entraide\n")
            // Even past the folder's rights, another user of the machine is nobody to the server. Only root can try.
            guard geteuid() == 0 else { return }
            #expect(chmod(cluster.home + "/run", 0o711) == 0 && chmod(cluster.home, 0o711) == 0)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
            process.arguments = [
                "--reuid=65534", "--regid=65534", "--clear-groups", "psql", cluster.conninfo, "-c",
                "SELECT 1",
            ]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 2)
        }
    }

    @Test(
        "After kill -9 of the server, with sessions open, it starts again and holds every acknowledged write")
    func killed() async throws {
        try await withCluster { cluster in
            try await cluster.create()
            for round in 1...3 {
                try await write(round, cluster)
                let configuration = Configuration(conninfo: cluster.conninfo)
                let busy = Task {
                    let connection = try await Connection.open(configuration, logger: .silent)
                    _ = try await connection.query("SELECT pg_sleep(30)")
                }
                try await waitForSession(cluster)
                let victim = try pid(cluster)
                #expect(kill(victim, SIGKILL) == 0)
                await #expect(throws: (any Error).self) { try await busy.value }
                try await cluster.start()
                #expect(try pid(cluster) != victim)
                #expect(try await ask(cluster, "SELECT max(n)::text AS answer FROM kept") == "\(round)")
            }
        }
    }

    @Test("The remains of a creation that was killed are swept away, and a whole cluster is made")
    func halfMade() async throws {
        try await withCluster { cluster in
            let half = cluster.home + "/cluster.new-1"
            try FileManager.default.createDirectory(atPath: half + "/base", withIntermediateDirectories: true)
            try "15\n".write(toFile: half + "/PG_VERSION", atomically: false, encoding: .utf8)
            if geteuid() == 0 { #expect(chmod(cluster.home, 0o711) == 0) }
            #expect(cluster.status() == .missing)
            #expect(try await cluster.create())
            #expect(!FileManager.default.fileExists(atPath: half))
            #expect(try await ask(cluster, "SELECT current_database()::text AS answer") == "entraide")
        }
    }

    @Test("Of several that make it at once one does, and all find it running; the same goes for starting")
    func together() async throws {
        try await withCluster { cluster in
            let made = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 { group.addTask { try await cluster.create() } }
                var made = 0
                for try await isNew in group where isNew { made += 1 }
                return made
            }
            #expect(made == 1)
            #expect(kill(try pid(cluster), SIGKILL) == 0)
            while cluster.status() != .stopped { try await Task.sleep(for: .milliseconds(10)) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { try await cluster.start() } }
                try await group.waitForAll()
            }
            #expect(try await ask(cluster, "SELECT 'well' AS answer") == "well")
        }
    }

    @Test("A process number that came round to another program does not keep the server from starting")
    func staleProcessNumber() async throws {
        try await withCluster { cluster in
            try await cluster.create()
            let path = cluster.home + "/cluster/postmaster.pid"
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            try await cluster.stop()
            // A program of the server's own user, which PostgreSQL takes for a server by its number alone.
            let other = Process()
            let owner = try #require(attributes[.ownerAccountID] as? Int)
            other.executableURL = URL(fileURLWithPath: geteuid() == 0 ? "/usr/bin/setpriv" : "/usr/bin/sleep")
            let change = ["--reuid=\(owner)", "--regid=\(owner)", "--clear-groups", "sleep"]
            other.arguments = (geteuid() == 0 ? change : []) + ["100"]
            try other.run()
            defer { other.terminate() }
            let stale = ["\(other.processIdentifier)"] + lines.dropFirst().map(String.init)
            try (stale.joined(separator: "\n") + "\n").write(toFile: path, atomically: false, encoding: .utf8)
            #expect(chown(path, uid_t(owner), gid_t(owner)) == 0)
            #expect(cluster.status() == .stopped)
            try await cluster.start()
            #expect(try pid(cluster) != other.processIdentifier)
        }
    }

    @Test("A home whose path holds a quote, a space and a dollar is served like any other")
    func oddPath() async throws {
        let home = "/tmp/ec 'o$\(UUID().uuidString.prefix(6)) \"é\\"
        let cluster = EmbeddedCluster(home: home, environment: [:])
        try await cluster.create()
        #expect(try await ask(cluster, "SELECT 'well' AS answer") == "well")
        try await cluster.stop()
        try FileManager.default.removeItem(atPath: home)
    }

    @Test("A path too long for a socket, with a comma, or that is a file, is refused before anything is made")
    func unusablePaths() async throws {
        let long = "/tmp/" + String(repeating: "x", count: 90)
        await #expect(throws: EntraideError(.homePathTooLong, ["path": long + "/run/.s.PGSQL.5432"])) {
            try await EmbeddedCluster(home: long, environment: [:]).create()
        }
        #expect(!FileManager.default.fileExists(atPath: long))
        for home in ["/tmp/a,b", "relative", "/etc/hostname"] {
            await #expect(throws: EntraideError(.homeNotUsable, ["path": home])) {
                try await EmbeddedCluster(home: home, environment: [:]).create()
            }
        }
    }

    private func write(_ n: Int, _ cluster: EmbeddedCluster) async throws {
        let connection = try await Connection.open(Configuration(conninfo: cluster.conninfo), logger: .silent)
        try await connection.execute("CREATE TABLE IF NOT EXISTS kept (n bigint)")
        try await connection.execute("INSERT INTO kept VALUES (\(n))")
        await connection.close()
    }

    private func waitForSession(_ cluster: EmbeddedCluster) async throws {
        let count: Query = """
            SELECT count(*)::text AS answer FROM pg_stat_activity
            WHERE state = 'active' AND query LIKE 'SELECT pg_sleep%'
            """
        while try await ask(cluster, count) == "0" { try await Task.sleep(for: .milliseconds(20)) }
    }
}
