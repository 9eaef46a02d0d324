import Foundation
import Synchronization

/// A private PostgreSQL cluster: unix socket only, in a short private folder under /tmp, gone with this
/// process.
///
/// A watchdog outside this process waits on a pipe that only we hold open: however we end (return, `exit`, a
/// crash, `kill -9`), it stops the server and removes the folder.
package final class TestCluster: Sendable {
    /// Folder of the socket, the data and the log.
    package let folder: String
    private let programs: ServerPrograms
    private let leash: Mutex<FileHandle?>

    private init(folder: String, programs: ServerPrograms, leash: FileHandle) {
        self.folder = folder
        self.programs = programs
        self.leash = Mutex(leash)
    }

    /// The cluster of this test process, started by the first test that asks. Nobody may stop it.
    package static func shared() async throws -> TestCluster {
        try await sharedCluster.value()
    }

    /// A cluster of one's own, to crash and restart.
    ///
    /// - Parameters:
    ///   - fsync: whether commits reach the disk. Off, the server's own crash still loses nothing; the
    ///     machine's would.
    ///   - settings: more lines of `postgresql.conf`, as name and value.
    package static func start(
        fsync: Bool = false, settings: [(name: String, value: String)] = []
    ) async throws -> TestCluster {
        let programs = try await ServerPrograms.find()
        var template = Array("/tmp/entraide-pg-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Command.Failure(description: "no folder under /tmp: errno \(errno)")
        }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if let owner = programs.owner, chown(folder, owner.user, owner.group) != 0 {
            throw Command.Failure(description: "chown \(folder): errno \(errno)")
        }
        let leash = try await startWatchdog(folder: folder)
        let cluster = TestCluster(folder: folder, programs: programs, leash: leash)
        try await programs.run(
            "initdb",
            ["-D", cluster.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"])
        try cluster.configure(fsync: fsync, settings: settings)
        try await cluster.restart()
        return cluster
    }

    /// libpq's keywords for a database of this cluster, as its superuser unless said otherwise.
    package func conninfo(database: String = "postgres", user: String = "postgres") -> String {
        "host=\(folder) port=5432 dbname=\(database) user=\(user)"
    }

    /// Path of the server's socket.
    package var socketPath: String { "\(folder)/.s.PGSQL.5432" }

    /// Process id of the running postmaster.
    package var postmasterPID: Int32? {
        guard let text = try? String(contentsOfFile: "\(data)/postmaster.pid", encoding: .utf8) else {
            return nil
        }
        return text.split(separator: "\n").first.flatMap { Int32($0) }
    }

    /// SIGKILL to the postmaster; returns once it is gone. Its backends notice by themselves.
    package func crash() async throws {
        guard let pid = postmasterPID else { throw Command.Failure(description: "no postmaster to kill") }
        kill(pid, SIGKILL)
        while kill(pid, 0) == 0 { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// Starts the server, after a crash too; returns when it accepts connections.
    package func restart() async throws {
        var attempts = 0
        while true {
            do {
                return try await programs.run(
                    "pg_ctl", ["start", "-w", "-t", "60", "-s", "-D", data, "-l", "\(folder)/log"])
            } catch {
                // Backends of a killed postmaster hold its shared memory for a moment.
                attempts += 1
                if attempts == 20 { throw error }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    /// Ends the server in order (`fast`), leaving the folder, so that it can start again.
    package func shutDown() async throws {
        try await programs.run("pg_ctl", ["stop", "-w", "-s", "-m", "fast", "-D", data])
    }

    /// Ends the server at once and removes the folder, by the watchdog's hand.
    package func remove() {
        leash.withLock {
            try? $0?.close()
            $0 = nil
        }
    }

    private var data: String { "\(folder)/data" }

    private func configure(fsync: Bool, settings: [(name: String, value: String)]) throws {
        let switches = fsync ? "on" : "off"
        let own: [(name: String, value: String)] = [
            ("listen_addresses", ""), ("unix_socket_directories", folder), ("port", "5432"),
            ("fsync", switches), ("full_page_writes", switches), ("max_connections", "200"),
            ("shared_buffers", "32MB"), ("deadlock_timeout", "100ms"), ("restart_after_crash", "on"),
        ]
        let lines = (own + settings).map { "\($0.name) = '\($0.value)'\n" }.joined()
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(data)/postgresql.conf"))
        defer { try? file.close() }
        try file.seekToEnd()
        try file.write(contentsOf: Data(lines.utf8))
    }

    /// Starts the watchdog and returns our end of its pipe. It has a session of its own, so that no signal to
    /// our process group reaches it.
    private static func startWatchdog(folder: String) async throws -> FileHandle {
        let script = """
            trap '' INT TERM HUP
            cat > /dev/null
            pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)
            if [ -n "$pid" ]; then
                kill -QUIT "$pid" 2>/dev/null
                for turn in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
                    kill -0 "$pid" 2>/dev/null || break
                    sleep 0.1
                done
            fi
            rm -rf "$1"
            """
        let pipe = Pipe()
        let leash = pipe.fileHandleForWriting
        // A child that inherited our end would keep the server alive after us.
        _ = fcntl(leash.fileDescriptor, F_SETFD, FD_CLOEXEC)
        _ = try await Command.run(
            ["setsid", "--fork", "sh", "-c", script, "watchdog", folder],
            input: pipe.fileHandleForReading.fileDescriptor)
        try? pipe.fileHandleForReading.close()
        return leash
    }
}

/// Starts the shared cluster once, whoever asks first.
private actor SharedCluster {
    private var starting: Task<TestCluster, any Error>?

    func value() async throws -> TestCluster {
        let task = starting ?? Task { try await TestCluster.start() }
        starting = task
        return try await task.value
    }
}

private let sharedCluster = SharedCluster()
