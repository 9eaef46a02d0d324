import Foundation

/// The folder of PostgreSQL's server programs on this machine, of one version.
struct ServerPrograms: Sendable, Equatable {
    /// Holds `initdb`, `pg_ctl` and `postgres`.
    let folder: String
    /// 15, 16, 17…
    let major: Int

    var initdb: String { folder + "/initdb" }
    var pgCtl: String { folder + "/pg_ctl" }
    var postgres: String { folder + "/postgres" }

    /// The first that fits of: the folder that `pg_config` names, Debian's versioned folders from the newest, then
    /// the folders of `PATH`.
    ///
    /// - Parameter major: the version that made the cluster, since no other can open it; nil for any from 15.
    /// - Throws: `server-programs-missing`.
    static func find(major: Int? = nil, environment: [String: String]) async throws -> ServerPrograms {
        let path = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map(
            String.init
        )
        .filter { $0.hasPrefix("/") }
        var folders: [String] = []
        if let config = path.map({ $0 + "/pg_config" }).first(where: isExecutable),
            let answer = try? await ProgramRun(program: config, arguments: ["--bindir"]).run(),
            answer.succeeded
        {
            folders.append(answer.output.trimmingCharacters(in: .newlines))
        }
        folders += debianFolders() + path
        for folder in folders {
            guard let programs = await inspect(folder) else { continue }
            if let major, programs.major != major { continue }
            if programs.major >= 15 { return programs }
        }
        throw EntraideError(.serverProgramsMissing)
    }

    private static func debianFolders() -> [String] {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return versions.compactMap { Int($0) }.sorted(by: >).map { "\(root)/\($0)/bin" }
    }

    /// The programs in `folder`, when all are there and say their version.
    private static func inspect(_ folder: String) async -> ServerPrograms? {
        let postgres = folder + "/postgres"
        guard ["initdb", "pg_ctl", "postgres"].allSatisfy({ isExecutable(folder + "/" + $0) }),
            let answer = try? await ProgramRun(program: postgres, arguments: ["--version"]).run(),
            answer.succeeded,
            let major = majorVersion(in: answer.output)
        else { return nil }
        return ServerPrograms(folder: folder, major: major)
    }

    /// 15 in `postgres (PostgreSQL) 15.8 (Debian 15.8-0+deb12u1)`.
    static func majorVersion(in text: String) -> Int? {
        for word in text.split(separator: " ") {
            if let number = Int(word.prefix { $0.isASCII && $0.isNumber }) { return number }
        }
        return nil
    }

    private static func isExecutable(_ path: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: path)
    }
}
