import Foundation

/// Starting a cluster, after a crash too.
extension EmbeddedCluster {
    /// What the server wrote in its `postmaster.pid`.
    struct PidFile: Sendable, Equatable {
        let pid: Int32
        /// False while it starts, recovers or stops.
        let isReady: Bool

        /// Nil when the text is not such a file, or not yet whole.
        init?(_ text: String) {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            guard let first = lines.first, let pid = Int32(first.trimmingCharacters(in: .whitespaces)),
                pid > 0
            else {
                return nil
            }
            self.pid = pid
            isReady = lines.count > 7 && lines[7].trimmingCharacters(in: .whitespaces) == "ready"
        }
    }

    private var pidPath: String { data + "/postmaster.pid" }

    var pidFile: PidFile? {
        (try? String(contentsOfFile: pidPath, encoding: .utf8)).flatMap(PidFile.init)
    }

    /// True when a server listens on the socket. Nobody else can listen in that folder, so it is ours: a surer sign
    /// than the number in a file, which another process may bear by now.
    var answers: Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array(socketPath.utf8)
        guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) }
        }
        // EAGAIN: it listens, and its queue is full.
        return status == 0 || errno == EAGAIN
    }

    /// True when the server answers and takes statements.
    var isReady: Bool { answers && pidFile?.isReady == true }

    /// Starts the server unless it runs. The lock is held.
    func startLocked() async throws {
        let host = try serverHost()
        let programs = try await programs()
        try prepareFolders(for: host)
        guard try await canEnter(host) else { throw EntraideError(.homeNotUsable, ["path": home]) }
        try clearRemainsOfLog()
        // Sessions of a server that was killed end within moments, and hold its shared memory until then.
        let deadline = ContinuousClock.now + .seconds(30)
        var attempts = 0
        repeat {
            if answers {
                try await waitUntilReady()
                return
            }
            let logged = logSize
            let outcome = try await host.run(
                programs.pgCtl, ["start", "--wait", "--timeout=120", "--silent", "--log=server.log"],
                data: data,
                folder: home, log: log)
            attempts += 1
            if outcome.succeeded { return }
            try await removeStalePidFile(host)
            // Anything but remains of an earlier server will not mend by waiting; one more attempt is for the server
            // that was stopping at that very moment.
            guard attempts < 2 || logSays(["shared memory block", "lock file"], since: logged) else { break }
            try await Task.sleep(for: .milliseconds(300))
        } while ContinuousClock.now < deadline
        throw EntraideError(.serverDidNotStart, ["log": log])
    }

    private func waitUntilReady() async throws {
        let deadline = ContinuousClock.now + .seconds(120)
        while !isReady {
            guard ContinuousClock.now < deadline, answers else {
                throw EntraideError(.serverDidNotStart, ["log": log])
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// True when the server's user may pass through every folder above the cluster.
    private func canEnter(_ host: ServerHost) async throws -> Bool {
        guard let test = ServerHost.program("test") else { return true }
        return try await host.run(test, ["-x", data], folder: "/").succeeded
    }

    /// Removes `postmaster.pid` when the process of that number is alive but is no server of this cluster: after a
    /// reboot or in a container, numbers come round again, and PostgreSQL then refuses to start.
    ///
    /// Safe: nobody listens on our socket, we hold the lock, and PostgreSQL checks its shared memory all the same.
    private func removeStalePidFile(_ host: ServerHost) async throws {
        guard !answers, let pid = pidFile?.pid, kill(pid, 0) == 0 || errno == EPERM else { return }
        guard let rm = ServerHost.program("rm"), try await isForeign(pid, host) else { return }
        _ = try await host.run(rm, ["-f", "--", pidPath], folder: "/")
    }

    /// True when the process is surely no server of this cluster: it has ended and only waits for its parent to notice
    /// (for ever, in containers whose first process does not), its program has another name, or it works in another
    /// folder, where a server works in its data directory.
    private func isForeign(_ pid: Int32, _ host: ServerHost) async throws -> Bool {
        if let bytes = FileManager.default.contents(atPath: "/proc/\(pid)/stat") {
            // `pid (name) state …`; the name may hold anything.
            let state = String(decoding: bytes, as: UTF8.self).split(separator: ")").last
            if state?.hasPrefix(" Z") == true { return true }
        }
        if let words = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline"), !words.isEmpty {
            let first = String(decoding: words.prefix { $0 != 0 }, as: UTF8.self)
            if !(first as NSString).lastPathComponent.hasPrefix("post") { return true }
        }
        guard let readlink = ServerHost.program("readlink") else { return false }
        let folder = try await host.run(readlink, ["--", "/proc/\(pid)/cwd"], folder: "/")
        let found = folder.output.trimmingCharacters(in: .newlines)
        return folder.succeeded && !found.isEmpty
            && found != URL(fileURLWithPath: data).resolvingSymlinksInPath().path
    }

    private var logSize: Int {
        var entry = stat()
        return stat(log, &entry) == 0 ? Int(entry.st_size) : 0
    }

    /// True when the log, from the byte `offset` on, holds one of `words`.
    private func logSays(_ words: [String], since offset: Int) -> Bool {
        guard let handle = FileHandle(forReadingAtPath: log) else { return false }
        defer { try? handle.close() }
        guard (try? handle.seek(toOffset: UInt64(max(0, offset)))) != nil,
            let bytes = try? handle.read(upToCount: 65_536)
        else { return false }
        let text = String(decoding: bytes, as: UTF8.self)
        return words.contains { text.contains($0) }
    }

    /// Starts the log afresh when it has grown past 4 MiB: nobody else rotates it.
    private func clearRemainsOfLog() throws {
        guard !answers, logSize > 4 << 20 else { return }
        guard truncate(log, 0) == 0 else { throw EntraideError(.homeNotUsable, ["path": log]) }
    }
}
