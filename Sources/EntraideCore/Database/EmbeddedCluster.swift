import Foundation

/// A private PostgreSQL server under one folder, reached through a Unix socket that only its owner can open.
///
/// ```
/// home/cluster     data directory, whole from the moment it has this name
/// home/run         folder of the socket, mode 0700
/// home/server.log  what the server says of itself
/// home/lock        held while the cluster is made, started or stopped
/// ```
///
/// The server outlives the command that started it. Root never runs it: `initdb` refuses root, and so everything of
/// the server's runs as an unprivileged user, who can write in `cluster` and `run` but not replace them.
package struct EmbeddedCluster: Sendable {
    /// How the cluster stands.
    package enum Status: Sendable, Equatable {
        /// Nothing was made here yet.
        case missing
        case stopped
        /// Answers on its socket. The number is its process, 0 when it has not written it yet.
        case running(pid: Int32)
    }

    /// Absolute path of the folder.
    package let home: String
    let environment: [String: String]
    let userID: UInt32

    /// A cluster under `home`, whether it exists or not. Touches nothing.
    ///
    /// - Parameter environment: read for `PATH` alone.
    package init(home: String, environment: [String: String], userID: UInt32 = geteuid()) {
        self.home = home
        self.environment = environment
        self.userID = userID
    }

    var data: String { home + "/cluster" }
    var run: String { home + "/run" }
    /// Path of the server's log.
    package var log: String { home + "/server.log" }
    /// Path of the socket.
    var socketPath: String { run + "/.s.PGSQL.5432" }

    /// Connection string of our database, as its owner.
    package var conninfo: String { conninfo(database: "entraide", user: "entraide") }

    /// Connection string of the administrator: for tests, backups and repairs.
    package var administratorConninfo: String { conninfo(database: "postgres", user: "postgres") }

    private func conninfo(database: String, user: String) -> String {
        let quoted = run.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        return "host='\(quoted)' port=5432 dbname=\(database) user=\(user)"
    }

    /// Makes the cluster if it is missing, and starts it; true when it was made now. What a creation that was killed
    /// left is swept away.
    ///
    /// - Throws: `home-path-too-long`, `home-not-usable`, `no-unprivileged-user`, `server-programs-missing`,
    ///   `server-did-not-start`, `timed-out`.
    @discardableResult
    package func create() async throws -> Bool {
        try checkPath()
        try makeHome()
        return try await locked {
            let isMissing = !exists
            if isMissing { try await make() }
            try await startLocked()
            return isMissing
        }
    }

    /// Starts the server unless it runs. Safe with others doing the same; recovers from a crash.
    ///
    /// - Throws: `database-missing` when no cluster was made here, and as `create()`.
    package func start() async throws {
        try checkPath()
        guard exists else { throw EntraideError(.databaseMissing) }
        if isReady { return }
        try await locked { try await startLocked() }
    }

    /// Stops the server, ending its sessions. Nothing to do is fine.
    ///
    /// - Throws: `timed-out` when it does not stop within a minute; `home-not-usable`, `server-programs-missing`.
    package func stop() async throws {
        guard exists else { return }
        try await locked {
            guard answers else { return }
            let host = try serverHost()
            let programs = try await programs()
            let arguments = ["stop", "--mode=fast", "--wait", "--timeout=60", "--silent"]
            let outcome = try await host.run(programs.pgCtl, arguments, data: data, folder: home, log: log)
            if !outcome.succeeded, answers { throw EntraideError.databaseBusy }
        }
    }

    /// How the cluster stands now.
    package func status() -> Status {
        guard exists else { return .missing }
        return answers ? .running(pid: pidFile?.pid ?? 0) : .stopped
    }

    /// True once a cluster has its final name, which it takes when whole.
    var exists: Bool {
        var entry = stat()
        return lstat(data, &entry) == 0
    }

    private func locked<R: Sendable>(_ body: () async throws -> R) async throws -> R {
        var entry = stat()
        guard stat(home, &entry) == 0 else { throw EntraideError(.homeNotUsable, ["path": home]) }
        let owner = SystemUser(id: entry.st_uid)
        return try await FolderLock.hold(home + "/lock", owner: owner, timeout: .seconds(120), body)
    }

    /// The programs of the version that made the cluster.
    func programs() async throws -> ServerPrograms {
        guard let version = try? String(contentsOfFile: data + "/PG_VERSION", encoding: .utf8),
            let major = ServerPrograms.majorVersion(in: version)
        else { throw EntraideError(.homeNotUsable, ["path": data]) }
        return try await ServerPrograms.find(major: major, environment: environment)
    }

    /// Who runs the server: the owner of the cluster; for one still to be made, this user, or an unprivileged one
    /// when this user is root.
    func serverHost() throws -> ServerHost {
        var entry = stat()
        let user: SystemUser?
        if lstat(data, &entry) == 0 {
            guard entry.st_uid == userID || userID == 0 else {
                throw EntraideError(.homeNotUsable, ["path": home])
            }
            user = SystemUser(id: entry.st_uid)
        } else if userID == 0 {
            user = SystemUser(name: "postgres") ?? SystemUser(name: "entraide")
        } else {
            user = SystemUser(id: userID)
        }
        guard let user, user.id != 0 else { throw EntraideError(.noUnprivilegedUser) }
        return try ServerHost(user: user, isUs: user.id == userID)
    }

    private func checkPath() throws {
        // A comma separates hosts in libpq, and nothing escapes it there.
        let isPlain = home.unicodeScalars.allSatisfy {
            $0 != "," && $0.properties.generalCategory != .control
        }
        guard home.hasPrefix("/"), isPlain else { throw EntraideError(.homeNotUsable, ["path": home]) }
        guard socketPath.utf8.count <= 107 else {
            throw EntraideError(.homePathTooLong, ["path": socketPath])
        }
    }
}
