import Foundation

/// One run of another program. Arguments are passed as they are: no shell reads them.
///
/// `posix_spawn` rather than Foundation's `Process`, which on Linux lends the child a socket and waits until every
/// heir of it is gone: of `pg_ctl start`, that is the server itself.
struct ProgramRun: Sendable {
    /// Absolute path of the program.
    var program: String
    var arguments: [String]
    /// The whole environment beside a plain `PATH` and locale: nothing is inherited, so that no `PG…` variable of the
    /// user's changes what we start.
    var environment: [String: String] = [:]
    /// Working directory.
    var folder: String = "/"
    /// Bytes for standard input.
    var input: [UInt8] = []
    /// File to which standard output and error are appended; nil captures the output and drops errors.
    var log: String?

    struct Outcome: Sendable {
        /// Exit status (125 to 127 when the folder or the program is missing); 128 and the signal's number when one ended the program.
        let status: Int32
        /// Standard output, when no log was given; at most 64 KiB.
        let output: String

        var succeeded: Bool { status == 0 }
    }

    struct Failure: Error {
        let program: String
        let errno: Int32
    }

    /// Runs the program to its end, on a thread that may block. A cancelled task waits for it all the same.
    ///
    /// - Throws: `Failure` when the program cannot be started.
    func run() async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try runBlocking() }) }
        }
    }

    private func runBlocking() throws -> Outcome {
        // Files without a name rather than pipes: a daemon that kept a pipe open would keep us reading, and writing to
        // a program that ended would raise SIGPIPE here.
        let stdin = try namelessFile(holding: input)
        defer { close(stdin) }
        let stdout = try namelessFile(holding: [])
        defer { close(stdout) }

        var pid = pid_t()
        let status = spawn(&pid, stdin: stdin, stdout: stdout)
        guard status == 0 else { throw Failure(program: program, errno: status) }
        var ended: Int32 = 0
        while waitpid(pid, &ended, 0) < 0, errno == EINTR {}
        let signal = ended & 0x7F
        return Outcome(
            status: signal == 0 ? (ended >> 8) & 0xFF : 128 + signal,
            output: String(decoding: readAll(stdout), as: UTF8.self))
    }

    private func spawn(_ pid: inout pid_t, stdin: Int32, stdout: Int32) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, stdin, 0)
        if let log {
            posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_APPEND | O_NOFOLLOW, 0)
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        } else {
            posix_spawn_file_actions_adddup2(&actions, stdout, 1)
            posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A process group of its own: Ctrl-C in the terminal ends the command, not a cluster half made or started.
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        posix_spawnattr_setpgroup(&attributes, 0)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)

        // `env -C`: what changes the folder within posix_spawn is not in POSIX.2008, and so not within Swift's reach.
        let words = ["env", "-C", folder, program] + arguments
        let variables = Self.plain.merging(environment) { $1 }.map { "\($0.key)=\($0.value)" }.sorted()
        return withPointers(words) { words in
            withPointers(variables) { posix_spawn(&pid, Self.env, &actions, &attributes, words, $0) }
        }
    }

    private func namelessFile(holding bytes: [UInt8]) throws -> Int32 {
        let path = NSTemporaryDirectory() + "/entraide-run-" + UUID().uuidString
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Failure(program: program, errno: errno) }
        unlink(path)
        guard write(descriptor, bytes, bytes.count) == bytes.count, lseek(descriptor, 0, SEEK_SET) == 0 else {
            let failure = Failure(program: program, errno: errno)
            close(descriptor)
            throw failure
        }
        return descriptor
    }

    private func readAll(_ descriptor: Int32) -> [UInt8] {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { return [] }
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0, all.count < 65_536 else { return all }
            all += buffer[..<count]
        }
    }

    private func withPointers<R>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
        let pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }

    private static let env = "/usr/bin/env"
    private static let plain = [
        "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C", "TZ": "UTC",
    ]
}
