import Foundation

/// Making a cluster: under another name until it is whole.
extension EmbeddedCluster {
    /// Makes the home and the folders above it. An existing home keeps its rights; it must be ours, and writable by
    /// nobody else.
    func makeHome() throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: home, isDirectory: &isFolder) {
            // Whoever may write in it could put another server in the place of ours.
            var entry = stat()
            guard isFolder.boolValue, stat(home, &entry) == 0, entry.st_uid == userID,
                entry.st_mode & 0o022 == 0
            else {
                throw EntraideError(.homeNotUsable, ["path": home])
            }
            return
        }
        let parent = (home as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        } catch {
            throw EntraideError(.homeNotUsable, ["path": parent])
        }
        // Under root the server's user passes through the home without writing in it: a name of ours there, such as
        // `cluster`, can then never be a link of theirs.
        let mode: mode_t = userID == 0 ? 0o711 : 0o700
        guard mkdir(home, mode) == 0 || errno == EEXIST, chmod(home, mode) == 0 else {
            throw EntraideError(.homeNotUsable, ["path": home])
        }
    }

    /// Makes the cluster with its roles and database. The lock is held.
    ///
    /// All is done under a passing name, then renamed: killed at any moment, this leaves no cluster or a whole one.
    func make() async throws {
        let host = try serverHost()
        let programs = try await ServerPrograms.find(environment: environment)
        try prepareFolders(for: host)
        try await sweep()
        let passing = home + "/cluster.new-\(getpid())"
        try makeFolder(passing, owner: host.user)

        let made = try await isMade(passing, by: host, with: programs)
        guard made, rename(passing, data) == 0 else {
            try await sweep()
            throw EntraideError(.serverDidNotStart, ["log": log])
        }
        syncFolder(home)
    }

    private func isMade(_ passing: String, by host: ServerHost, with programs: ServerPrograms) async throws
        -> Bool
    {
        let initdb = try await host.run(
            programs.initdb,
            [
                "--encoding=UTF8", "--locale=C", "--data-checksums", "--username=postgres", "--auth=peer",
                "--no-instructions",
            ], data: passing, folder: home, log: log)
        guard initdb.succeeded,
            try await host.write(
                ClusterSettings.postgresql, to: passing + "/postgresql.conf", appending: true, folder: home),
            try await host.write(ClusterSettings.hba, to: passing + "/pg_hba.conf", folder: home),
            try await host.write(
                ClusterSettings.ident(serverUser: host.user.name), to: passing + "/pg_ident.conf",
                folder: home)
        else { return false }
        // One process on standard input, before any socket exists: there is no moment at which another could connect.
        let bootstrap = try await host.run(
            programs.postgres, ["--single", "-c", "exit_on_error=on", "postgres"], data: passing,
            folder: home,
            input: ClusterSettings.bootstrap, log: log)
        guard bootstrap.succeeded else { return false }
        return try await host.run(programs.initdb, ["--sync-only"], data: passing, folder: home, log: log)
            .succeeded
    }

    /// The folder of the socket and the log, both the server user's own.
    func prepareFolders(for host: ServerHost) throws {
        var entry = stat()
        if lstat(run, &entry) != 0 { try makeFolder(run, owner: host.user) }
        let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw EntraideError(.homeNotUsable, ["path": log]) }
        defer { close(descriptor) }
        guard userID != 0 || fchown(descriptor, host.user.id, host.user.group) == 0 else {
            throw EntraideError(.homeNotUsable, ["path": log])
        }
    }

    private func makeFolder(_ path: String, owner: SystemUser) throws {
        guard mkdir(path, 0o700) == 0, userID != 0 || lchown(path, owner.id, owner.group) == 0 else {
            throw EntraideError(.homeNotUsable, ["path": path])
        }
    }

    /// Removes what creations that were killed left behind. A program of theirs may still be writing there; what
    /// cannot go now goes next time.
    private func sweep() async throws {
        guard let rm = ServerHost.program("rm") else { return }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []
        let leftovers = names.filter { $0.hasPrefix("cluster.new") }.sorted().map { home + "/" + $0 }
        if leftovers.isEmpty { return }
        _ = try await ProgramRun(program: rm, arguments: ["-rf", "--"] + leftovers).run()
    }

    /// Makes the names in `folder` last through a power cut.
    private func syncFolder(_ folder: String) {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
