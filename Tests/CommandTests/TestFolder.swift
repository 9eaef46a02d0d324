import Foundation
import Synchronization

/// The one folder that all of this process's homes and files stand in, under /tmp for the sake of short sockets.
///
/// A watchdog outside this process waits on a pipe that only we hold open: however we end, a failed test or a crash
/// included, it stops every server under the folder and removes it.
final class TestFolder: Sendable {
    static let shared = TestFolder()

    let path: String
    private let leash = Pipe()
    private let count = Atomic<Int>(0)

    private init() {
        var template = Array("/tmp/ec-XXXXXX".utf8CString)
        let made = mkdtemp(&template) != nil
        path =
            made ? String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self) : "/tmp"
        // Root's servers run as another user, who has to pass through.
        chmod(path, 0o755)
        if made { startWatchdog() }
    }

    /// A path that nothing bears yet.
    func newName(_ kind: String) throws -> String {
        "\(path)/\(kind)\(count.wrappingAdd(1, ordering: .relaxed).newValue)"
    }

    /// A file that anyone may read, with this content.
    func file(_ name: String, _ text: String) throws -> String {
        try file(name, bytes: Array(text.utf8))
    }

    func file(_ name: String, bytes: [UInt8]) throws -> String {
        let folder = try newName("f")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
        return "\(folder)/\(name)"
    }

    private func startWatchdog() {
        let script = """
            trap '' INT TERM HUP
            cat > /dev/null
            for file in "$1"/*/cluster/postmaster.pid "$1"/*/*/cluster/postmaster.pid; do
                pid=$(head -n 1 "$file" 2> /dev/null) || continue
                kill -QUIT "$pid" 2> /dev/null
                for turn in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
                    kill -0 "$pid" 2> /dev/null || break
                    sleep 0.1
                done
            done
            rm -rf "$1"
            """
        // A child that inherited our end would keep the servers alive after us.
        _ = fcntl(leash.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, leash.fileHandleForReading.fileDescriptor, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        let words = ["setsid", "--fork", "sh", "-c", script, "watchdog", path]
        let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
        var pid = pid_t()
        let started = Spawned.withPointers(words) { words in
            Spawned.withPointers(environment) { posix_spawnp(&pid, "setsid", &actions, nil, words, $0) }
        }
        if started == 0 {
            var status: Int32 = 0
            waitpid(pid, &status, 0)
        }
    }
}
