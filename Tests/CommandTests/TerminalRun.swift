import Foundation

/// The command on a terminal of its own, of 80 columns, where somebody types.
struct TerminalRun {
    /// What is typed once the command waits for an answer.
    enum Key: ExpressibleByStringLiteral {
        case line(String)
        case controlC, controlD

        init(stringLiteral value: String) { self = .line(value) }

        var bytes: [UInt8] {
            switch self {
            case .line(let text): Array(text.utf8) + [0x0A]
            case .controlC: [0x03]
            case .controlD: [0x04]
            }
        }
    }

    /// What was on the screen, typed words included, and the status.
    struct Result {
        let status: Int32
        let screen: String
    }

    /// Runs `arguments` and types `keys`, each when a line ends with `> `.
    static func of(
        _ arguments: [String], on database: Scratch, in tongue: Tongue, typing keys: [Key] = [],
        environment more: [String: String] = [:], folder: String = "/"
    ) async throws -> Result {
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var number: UInt32 = 0
        var isLocked: Int32 = 0
        // What `unlockpt` and `ptsname` do: Swift's import of the C library leaves them out.
        guard master >= 0, ioctl(master, 0x4004_5431, &isLocked) == 0,
            ioctl(master, 0x8004_5430, &number) == 0
        else {
            throw Spawned.Failure(description: "no terminal: errno \(errno)")
        }
        defer { close(master) }
        let slave = "/dev/pts/\(number)"
        // Held open until the child has it, so that its end is an end and not a beginning.
        let held = open(slave, O_RDWR | O_NOCTTY | O_CLOEXEC)
        var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [Int32(0), 1, 2] {
            posix_spawn_file_actions_addopen(&actions, descriptor, slave, O_RDWR, 0)
        }
        let given = [
            "ENTRAIDE_DATABASE": database.conninfo, "LANG": tongue.locale, "TERM": "xterm", "NO_COLOR": "1",
        ].merging(more) { $1 }
        let environment = Entraide.environment(given).map { "\($0.key)=\($0.value)" }.sorted()
        // A session of its own with this terminal, so that Ctrl-C reaches it.
        let words = ["setsid", "--ctty", "env", "-C", folder, Entraide.path] + arguments
        var pid = pid_t()
        let status = Spawned.withPointers(words) { words in
            Spawned.withPointers(environment) { posix_spawnp(&pid, "setsid", &actions, nil, words, $0) }
        }
        close(held)
        guard status == 0 else { throw Spawned.Failure(description: "setsid: errno \(status)") }
        return try await follow(pid, master, keys)
    }

    private static func follow(_ pid: pid_t, _ master: Int32, _ keys: [Key]) async throws -> Result {
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
        var screen: [UInt8] = []
        var fresh: [UInt8] = []
        var rest = keys[...]
        var buffer = [UInt8](repeating: 0, count: 4096)
        var status: Int32 = 0
        var hasEnded = false
        // Far beyond what it takes; no test measures it.
        let deadline = ContinuousClock.now + .seconds(120)
        while true {
            let count = read(master, &buffer, buffer.count)
            if count > 0 {
                screen += buffer.prefix(count)
                fresh += buffer.prefix(count)
                continue
            }
            if hasEnded { break }
            hasEnded = waitpid(pid, &status, WNOHANG) == pid
            if hasEnded { continue }
            if fresh.suffix(2) == [0x3E, 0x20], let key = rest.popFirst() {
                fresh = []
                let bytes = key.bytes
                _ = write(master, bytes, bytes.count)
            }
            if ContinuousClock.now > deadline {
                kill(pid, SIGKILL)
                waitpid(pid, &status, 0)
                throw Spawned.Failure(
                    description: "still running\n\(String(decoding: screen, as: UTF8.self))")
            }
            try await Task.sleep(for: .milliseconds(4))
        }
        let signal = status & 0x7F
        return Result(
            status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
            screen: String(decoding: screen, as: UTF8.self).replacing("\r\n", with: "\n"))
    }
}
