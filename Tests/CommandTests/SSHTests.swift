import Foundation
import Testing

@Suite("A community's own key, through a real SSH server", .serialized)
struct SSHTests {
    /// An SSH server on a port of 127.0.0.1, with a key for each of two communities as `deploy/authorized_keys.example`
    /// writes them. It accepts any variable from its clients, which is more than it should.
    struct Server {
        let process: Spawned
        let port: Int
        let folder: String

        static let user = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "root"

        static func start(_ database: Scratch) async throws -> Server {
            let folder = try TestFolder.shared.newName("ssh")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let example = try String(
                contentsOf: Entraide.repository.appending(path: "deploy/authorized_keys.example"),
                encoding: .utf8)
            let line = try #require(example.split(separator: "\n").first { !$0.hasPrefix("#") })
            var keys = ""
            for name in ["host", "mienne", "autre"] {
                let made = try await Spawned(
                    ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", "\(folder)/\(name)"],
                    environment: Entraide.environment([:])
                ).outcome()
                try #require(made.status == 0, "\(made)")
                if name == "host" { continue }
                let key = try String(contentsOfFile: "\(folder)/\(name).pub", encoding: .utf8)
                    .split(separator: " ").prefix(2).joined(separator: " ")
                let own = line.replacing("fablab-des-dunes", with: name)
                    .replacing("/usr/local/bin/entraide", with: Entraide.path)
                    .replacing("ssh-ed25519 AAAA…", with: key)
                try #require(own.contains("ENTRAIDE_AS=\(name) \(Entraide.path)\"") && own.contains(key))
                keys += own + "\n"
            }
            try keys.write(toFile: "\(folder)/authorized_keys", atomically: true, encoding: .utf8)
            // Where it takes root's right to be another user, the server wants this folder.
            if geteuid() == 0 {
                try FileManager.default.createDirectory(
                    atPath: "/run/sshd", withIntermediateDirectories: true)
            }
            // Another may take the port between our asking and the server's.
            for _ in 0..<5 {
                let port = try freePort()
                try configuration(folder, port, database).write(
                    toFile: "\(folder)/sshd_config", atomically: true, encoding: .utf8)
                let host = try String(contentsOfFile: "\(folder)/host.pub", encoding: .utf8)
                try "[127.0.0.1]:\(port) \(host)".write(
                    toFile: "\(folder)/known_hosts", atomically: true, encoding: .utf8)
                let process = try Spawned(
                    ["/usr/sbin/sshd", "-D", "-e", "-f", "\(folder)/sshd_config"],
                    environment: Entraide.environment([:]))
                try await process.wait {
                    $0.err.contains("Server listening on") || $0.err.contains("fatal")
                        || $0.err.contains("Cannot bind") || $0.err.contains("No such file")
                }
                if process.output.err.contains("Server listening on") {
                    return Server(process: process, port: port, folder: folder)
                }
                let ended = try await process.outcome(within: .seconds(20))
                try #require(ended.err.contains("in use"), "sshd, of the package openssh-server: \(ended)")
            }
            throw Spawned.Failure(description: "no port for sshd")
        }

        private static func configuration(_ folder: String, _ port: Int, _ database: Scratch) -> String {
            let library = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"].map {
                " \"LD_LIBRARY_PATH=\($0)\""
            }
            return """
                Port \(port)
                ListenAddress 127.0.0.1
                HostKey \(folder)/host
                PidFile none
                AuthorizedKeysFile \(folder)/authorized_keys
                StrictModes no
                UsePAM no
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                PermitRootLogin forced-commands-only
                PermitUserEnvironment no
                Subsystem sftp internal-sftp
                AcceptEnv *
                SetEnv "ENTRAIDE_DATABASE=\(database.conninfo)"\(library ?? "")
                """ + "\n"
        }

        private static func freePort() throws -> Int {
            let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(socket) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let done = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0
                }
            }
            guard done else { throw Spawned.Failure(description: "no free port") }
            return Int(UInt16(bigEndian: address.sin_port))
        }

        /// What every client says: which key, and that it knows the server.
        private func options(_ key: String) -> [String] {
            [
                "-F", "none", "-i", "\(folder)/\(key)", "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
                "-o", "StrictHostKeyChecking=yes", "-o", "UserKnownHostsFile=\(folder)/known_hosts",
            ]
        }

        /// `ssh` with a key; `words` are sent as they stand.
        func ask(
            _ key: String, _ words: String..., more: [String] = [], input: String = "",
            environment: [String: String] = [:]
        ) async throws -> Outcome {
            try await Spawned(
                ["ssh"] + options(key) + ["-p", "\(port)"] + more + ["\(Self.user)@127.0.0.1"] + words,
                environment: Entraide.environment(environment), input: Array(input.utf8)
            ).outcome()
        }

        /// `scp` or `sftp` with a key.
        func copy(_ key: String, _ program: String, _ more: [String], input: String = "") async throws
            -> Outcome
        {
            try await Spawned(
                [program] + options(key) + ["-P", "\(port)"] + more, environment: Entraide.environment([:]),
                input: Array(input.utf8)
            ).outcome()
        }

        func stop() async throws {
            kill(process.id, SIGTERM)
            _ = try await process.outcome(within: .seconds(20))
        }
    }

    /// Runs `body` with a server that is ended whatever happens.
    private func withServer(_ body: (Server, Scratch) async throws -> Void) async throws {
        let database = try await ConfinementTests.filled()
        let server = try await Server.start(database)
        do {
            try await body(server, database)
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
    }

    @Test(
        "Each key opens its own profile, by words and by standard input, and neither reads nor changes the other's"
    )
    func profiles() async throws {
        try await withServer { server, database in
            for (own, other) in [("mienne", "autre"), ("autre", "mienne")] {
                let before = try await CodeTests.held(other, database)
                let shown = try await server.ask(own, "community", "show", own)
                #expect(shown.status == 0 && shown.fields.first?.first == own, "\(shown)")
                for words in [
                    "community show \(other)", "community update \(other) --name Prise",
                    "community pause \(other)",
                    "community confirm \(other)", "community export \(other)",
                    "community erase \(other) --yes",
                    "community invite \(other)", "community list", "offer list \(other)",
                    "offer add \(other) video",
                    "offer remove \(other) video", "need list \(other)", "need close \(other) video",
                    "community show \(other) --as \(other)", "community export --to entraide --all",
                    "database status", "round list", "match list", "token list", "partner add x",
                ] {
                    let refused = try await server.ask(own, words)
                    #expect(refused.status == 77 && refused.out.isEmpty, "\(words) \(refused)")
                }
                #expect(try await CodeTests.held(other, database) == before)
            }
            let profile = #"{"community":"mienne","name":"Mienne relue (fictive)","kind":"fablab"}"#
            let written = try await server.ask(
                "mienne", "community", "update", "mienne", "--file", "-", input: profile + "\n")
            #expect(written.status == 0 && written.fields.first?[1] == "Mienne relue (fictive)", "\(written)")
            let taken = try await server.ask(
                "autre", "community update autre --file -", input: profile + "\n")
            #expect(taken.status != 0 && taken.out.isEmpty, "\(taken)")
            let code = try #require(
                try await database.output("community", "invite", "mienne", "-o", "text").fields.first?[3])
            let foreign = try await server.ask("autre", "community pause --code -", input: code + "\n")
            #expect(foreign.status == 77 && foreign.err.contains("[code-refused]"), "\(foreign)")
            let confirmed = try await server.ask("mienne", "community confirm --code -", input: code + "\n")
            #expect(confirmed.status == 0, "\(confirmed)")
            #expect(
                try await database.sql(
                    "SELECT count(*) FROM audit WHERE action = 'community.update' AND actor LIKE '%@% as:mienne'"
                )
                    == "1\n")
        }
    }

    @Test("A key opens no shell, and what a shell would run is text")
    func noShell() async throws {
        try await withServer { server, database in
            let mark = "\(server.folder)/mark"
            for words in [
                "sh", "bash -c id", "/bin/sh -i", "id", "env ENTRAIDE_AS=autre entraide community show autre",
                "ENTRAIDE_AS=autre entraide community show autre", "community show mienne; touch \(mark)",
                "community show mienne && touch \(mark)", "community show mienne | tee \(mark)",
                "community show mienne > \(mark)", "community show $(touch \(mark))", "`touch \(mark)`",
                "community show mienne\ntouch \(mark)", "'", "\\", "internal-sftp", "scp -f /etc/passwd",
                "rsync --server . /etc",
            ] {
                let refused = try await server.ask("mienne", words)
                #expect([64, 77].contains(refused.status) && refused.out.isEmpty, "\(words) \(refused)")
                #expect(!"\(refused)".contains("uid=") && !"\(refused)".contains("zinzolin"), "\(refused)")
            }
            let name = #"L’atelier $(id) `id` ; id | cat & > \#(mark) * ~ # ${HOME}"#
            let changed = try await server.ask("mienne", "community update mienne --name '\(name)'")
            #expect(changed.status == 0 && changed.fields.first?[1] == name, "\(changed)")
            #expect(!FileManager.default.fileExists(atPath: mark))
            let terminal = try await server.ask("mienne", more: ["-tt"], input: "id\n")
            #expect(terminal.err.contains("PTY allocation request failed"), "\(terminal)")
            #expect(terminal.status == 255 && terminal.out.isEmpty, "\(terminal)")
            // Where a shell would open, there is the help.
            let nothing = try await server.ask("mienne", input: "id\n")
            #expect(nothing.out.contains("USAGE: entraide") && !nothing.out.contains("uid="), "\(nothing)")
            #expect(
                try await database.sql("SELECT name FROM communities WHERE slug = 'mienne'") == name + "\n")
        }
    }

    @Test("No variable that a client sends takes another's place")
    func variables() async throws {
        try await withServer { server, database in
            for more in [
                ["-o", "SendEnv=ENTRAIDE_AS"], ["-o", "SetEnv=ENTRAIDE_AS=autre"],
                ["-o", "SendEnv=ENTRAIDE_*", "-o", "SetEnv=SSH_ORIGINAL_COMMAND=help"],
            ] {
                let refused = try await server.ask(
                    "mienne", "community", "show", "autre", more: more, environment: ["ENTRAIDE_AS": "autre"])
                #expect(refused.status == 77 && refused.out.isEmpty, "\(more) \(refused)")
                let own = try await server.ask(
                    "mienne", "community", "show", "mienne", more: more, environment: ["ENTRAIDE_AS": "autre"]
                )
                #expect(own.status == 0 && own.fields.first?.first == "mienne", "\(more) \(own)")
            }
            // The server lets a variable through, and with it no more than words.
            let words = try await server.ask(
                "mienne", more: ["-o", "SetEnv=SSH_ORIGINAL_COMMAND=community show autre"])
            #expect(!"\(words)".contains("zinzolin"), "\(words)")
            let elsewhere = try await server.ask(
                "mienne", "community", "show", "mienne",
                more: ["-o", "SetEnv=ENTRAIDE_DATABASE=host=127.0.0.1"])
            #expect(elsewhere.status == 0, "\(elsewhere)")
        }
    }

    @Test("A key forwards nothing and copies no file")
    func nothingElse() async throws {
        try await withServer { server, database in
            let through = try await server.ask("mienne", more: ["-W", "127.0.0.1:\(server.port)"])
            #expect(through.status == 255 && through.err.contains("prohibited"), "\(through)")
            #expect(!through.out.contains("SSH-2.0"), "\(through)")
            let back = try await server.ask(
                "mienne",
                more: ["-N", "-o", "ExitOnForwardFailure=yes", "-R", "127.0.0.1:0:127.0.0.1:\(server.port)"])
            #expect(back.status == 255 && back.err.contains("forwarding failed"), "\(back)")
            let remote = "\(Server.user)@127.0.0.1"
            let taken = "\(server.folder)/taken"
            let left = "\(server.folder)/left"
            for (program, words, input) in [
                ("scp", ["-O", "\(remote):/etc/passwd", taken], ""),
                ("scp", ["-s", "\(remote):/etc/passwd", taken], ""),
                ("scp", ["-O", "\(server.folder)/known_hosts", "\(remote):\(left)"], ""),
                ("scp", ["-s", "\(server.folder)/known_hosts", "\(remote):\(left)"], ""),
                (
                    "sftp", ["-b", "-", remote],
                    "get /etc/passwd \(taken)\nput \(server.folder)/known_hosts \(left)\n"
                ),
            ] {
                let refused = try await server.copy("mienne", program, words, input: input)
                #expect(refused.status != 0, "\(program) \(words) \(refused)")
                #expect(!FileManager.default.fileExists(atPath: taken), "\(program) \(words)")
                #expect(!FileManager.default.fileExists(atPath: left), "\(program) \(words)")
            }
            #expect(try await database.sql("SELECT count(*) FROM communities") == "2\n")
        }
    }
}
