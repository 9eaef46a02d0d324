import Foundation

/// Where PostgreSQL's server programs are, and how to run them as someone that they accept.
struct ServerPrograms {
    /// Folder of `initdb` and `pg_ctl`.
    let folder: String
    /// What to put before a command line: nothing, or a change of user, since `initdb` refuses root.
    let prefix: [String]
    /// User and group that own the cluster's files; nil for our own.
    let owner: (user: UInt32, group: UInt32)?

    /// Looks the programs up: `pg_config --bindir`, then Debian's versioned folders, newest first.
    static func find() async throws -> ServerPrograms {
        var folders: [String] = []
        if let said = try? await Command.run(["pg_config", "--bindir"]) {
            folders.append(said.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        let debian = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? [])
            .compactMap(Int.init).sorted(by: >)
        folders += versions.map { "\(debian)/\($0)/bin" }
        let folder = folders.first { FileManager.default.isExecutableFile(atPath: "\($0)/initdb") }
        guard let folder else {
            throw Command.Failure(
                description: "no initdb in \(folders); install PostgreSQL or set ENTRAIDE_TEST_DATABASE")
        }
        guard geteuid() == 0 else { return ServerPrograms(folder: folder, prefix: [], owner: nil) }

        for name in ["postgres", "nobody"] {
            guard let entry = getpwnam(name) else { continue }
            let (user, group) = (entry.pointee.pw_uid, entry.pointee.pw_gid)
            let prefix =
                FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")
                ? ["setpriv", "--reuid=\(user)", "--regid=\(group)", "--clear-groups", "--"]
                : ["runuser", "-u", name, "--"]
            return ServerPrograms(folder: folder, prefix: prefix, owner: (user, group))
        }
        throw Command.Failure(description: "root may not run PostgreSQL, and no other user is there")
    }

    /// Runs one of the programs.
    func run(_ program: String, _ arguments: [String]) async throws {
        _ = try await Command.run(prefix + ["\(folder)/\(program)"] + arguments)
    }
}
