import Foundation

/// A lock that one process at a time holds on a folder. The kernel releases it with the process, however that ends.
enum FolderLock {
    /// Runs `body` while holding the lock of the file at `path`, which is made if missing and belongs to `owner`.
    ///
    /// - Throws: `home-not-usable` when the file cannot be opened, `timed-out` when another holds it for too long, and
    ///   what `body` throws.
    static func hold<R: Sendable>(
        _ path: String, owner: SystemUser? = nil, timeout: Duration, _ body: () async throws -> R
    ) async throws -> R {
        // O_CLOEXEC: the server that is started meanwhile must not inherit the lock and keep it for ever.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw EntraideError(.homeNotUsable, ["path": path]) }
        defer { close(descriptor) }
        if let owner, geteuid() == 0 { _ = fchown(descriptor, owner.id, owner.group) }
        let deadline = ContinuousClock.now + timeout
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR, ContinuousClock.now < deadline else {
                throw EntraideError.databaseBusy
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return try await body()
    }
}
