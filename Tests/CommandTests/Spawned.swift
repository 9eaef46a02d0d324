import Foundation

/// What a run left.
struct Outcome: Sendable, CustomStringConvertible {
    /// The exit status; 128 and the signal's number when a signal ended it.
    let status: Int32
    let out: String
    let err: String

    /// Lines of standard output.
    var lines: [String] { out.split(separator: "\n").map(String.init) }
    /// Fields of each line of standard output, in text form.
    var fields: [[String]] {
        lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    }
    /// A report of figures as name and value.
    var figures: [String: String] {
        fields.reduce(into: [:]) { if $1.count == 2 { $0[$1[0]] = $1[1] } }
    }

    var description: String { "status \(status)\nstdout: \(out)\nstderr: \(err)" }
}

/// A child process whose streams are files: a daemon that it leaves behind, and that keeps them open, then never makes us
/// wait, as it would at the end of a pipe.
final class Spawned: Sendable {
    /// Why a child could not be run.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let id: pid_t
    private let streams: String

    /// Starts `words`, the first being the program, found in `PATH` unless it is a path.
    init(_ words: [String], environment: [String: String], input: [UInt8] = [], folder: String = "/") throws {
        streams = try TestFolder.shared.newName("run")
        guard FileManager.default.createFile(atPath: streams + ".in", contents: Data(input)) else {
            throw Failure(description: "cannot write \(streams).in")
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, streams + ".in", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, streams + ".out", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, streams + ".err", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var pid = pid_t()
        let given = environment.map { "\($0.key)=\($0.value)" }.sorted()
        let status = Self.withPointers(["env", "-C", folder] + words) { words in
            Self.withPointers(given) { posix_spawnp(&pid, "env", &actions, nil, words, $0) }
        }
        guard status == 0 else { throw Failure(description: "\(words): errno \(status)") }
        id = pid
    }

    /// What it has written so far.
    var output: (out: String, err: String) { (read(".out"), read(".err")) }

    private func read(_ suffix: String) -> String {
        String(decoding: FileManager.default.contents(atPath: streams + suffix) ?? Data(), as: UTF8.self)
    }

    /// Waits for its end. One that does not end is killed, so that a fault is a failure and not a silence.
    ///
    /// - Parameter limit: far beyond what it takes; no test measures it.
    func outcome(within limit: Duration = .seconds(180)) async throws -> Outcome {
        let deadline = ContinuousClock.now + limit
        var status: Int32 = 0
        while waitpid(id, &status, WNOHANG) == 0 {
            if ContinuousClock.now > deadline {
                kill(id, SIGKILL)
                throw Failure(description: "still running after \(limit)\n\(output)")
            }
            try await Task.sleep(for: .milliseconds(4))
        }
        let signal = status & 0x7F
        let (out, err) = output
        for suffix in [".in", ".out", ".err"] { unlink(streams + suffix) }
        return Outcome(status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, out: out, err: err)
    }

    /// Waits until `condition` holds of what it has written.
    func wait(until condition: ((out: String, err: String)) -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(120)
        while !condition(output) {
            if ContinuousClock.now > deadline { throw Failure(description: "never wrote it: \(output)") }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// The strings as C takes them, for the time of `body`.
    static func withPointers<R>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R)
        -> R
    {
        let pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}

/// How many children may run at once: tests run side by side, and a private server takes 50 sessions.
actor Turnstile {
    static let shared = Turnstile(places: 4)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int) { free = places }

    /// Runs `body` when a place is free.
    nonisolated func pass<R: Sendable>(_ body: @Sendable () async throws -> R) async throws -> R {
        await enter()
        do {
            let result = try await body()
            await leave()
            return result
        } catch {
            await leave()
            throw error
        }
    }

    private func enter() async {
        if free > 0 {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
