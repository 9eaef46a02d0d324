import Foundation

/// Runs the server's programs as the user whom the cluster belongs to.
struct ServerHost: Sendable {
    let user: SystemUser
    /// What stands before the program when we are root and the server is not.
    private let prefix: [String]

    /// - Throws: `no-unprivileged-user` when nothing on this machine can change users.
    init(user: SystemUser, isUs: Bool) throws {
        self.user = user
        if isUs {
            prefix = []
        } else if let setpriv = Self.program("setpriv") {
            prefix = [setpriv, "--reuid=\(user.id)", "--regid=\(user.group)", "--init-groups", "--"]
        } else if let runuser = Self.program("runuser") {
            prefix = [runuser, "-u", user.name, "--"]
        } else {
            throw EntraideError(.noUnprivilegedUser)
        }
    }

    /// Runs `program` as the server's user.
    ///
    /// The data directory travels as `PGDATA` and the folder as the working directory: `pg_ctl` builds a shell command
    /// of its options, in which a path with a quote or a dollar would break out.
    func run(
        _ program: String, _ arguments: [String], data: String? = nil, folder: String, input: String = "",
        log: String? = nil
    ) async throws -> ProgramRun.Outcome {
        let words = prefix + [program] + arguments
        var run = ProgramRun(program: words[0], arguments: Array(words.dropFirst()), folder: folder)
        if let data { run.environment["PGDATA"] = data }
        run.input = Array(input.utf8)
        run.log = log
        return try await run.run()
    }

    /// Writes a file as the server's user, so that what stands in a folder of theirs cannot lead root elsewhere.
    func write(_ text: String, to path: String, appending: Bool = false, folder: String) async throws -> Bool
    {
        guard let tee = Self.program("tee") else { return false }
        let arguments = (appending ? ["-a"] : []) + ["--", path]
        return try await run(tee, arguments, folder: folder, input: text).succeeded
    }

    static func program(_ name: String) -> String? {
        ["/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/"].map { $0 + name }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
