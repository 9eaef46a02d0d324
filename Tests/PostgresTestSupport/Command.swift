import Foundation

/// A program that a test cluster needs, run to its end on a thread that may block.
///
/// `posix_spawn`, not Foundation's `Process`: on Linux that one waits for every heir of a socket it lends its
/// child, so for a daemon started by the child too.
enum Command {
    /// Why a program did not do its work; with what it printed.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs a program found in `PATH` and returns what it printed on either stream.
    ///
    /// - Parameter input: descriptor that becomes its standard input; nothing to read if nil.
    static func run(_ arguments: [String], input: Int32? = nil) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try runBlocking(arguments, input: input) })
            }
        }
    }

    private static func runBlocking(_ arguments: [String], input: Int32?) throws -> String {
        // Through a file, not a pipe: a daemon that kept a pipe open would keep us reading.
        let output = "/tmp/entraide-out-\(UUID().uuidString)"
        defer { unlink(output) }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)

        let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
        var pid = pid_t()
        // `env -C /tmp`: the unprivileged user may not enter our working directory.
        let started = withPointers(["env", "-C", "/tmp"] + arguments) { arguments in
            withPointers(environment) { posix_spawnp(&pid, "env", &actions, nil, arguments, $0) }
        }
        guard started == 0 else { throw Failure(description: "\(arguments): errno \(started)") }

        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
        guard status == 0 else {
            throw Failure(description: "\(arguments.joined(separator: " ")): status \(status)\n\(text)")
        }
        return text
    }

    private static func withPointers<R>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R
    ) -> R {
        let pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}
