import Glibc
import Synchronization

/// A pipe to oneself: `poll` waits for the server and for a cancellation at once.
final class Wake: Sendable {
    let readEnd: Int32
    private let writeEnd: Int32

    /// Opens the pipe.
    ///
    /// - Throws: `away` when no descriptor is left.
    init() throws(PostgresError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw PostgresError(.away, detail: "no descriptor for the connection")
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// Makes the read end readable. A full pipe is readable already.
    func signal() {
        var byte: UInt8 = 1
        _ = write(writeEnd, &byte, 1)
    }

    /// Forgets the signals so far.
    func drain() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(readEnd, &bytes, bytes.count) > 0 {}
    }
}

/// The wish to cancel one call, raised from any thread.
///
/// Raised before it wakes, and checked after the pipe is drained: a wish is never lost, and a late byte of an
/// earlier call wakes the next one without cancelling it.
final class CancellationFlag: Sendable {
    private let raised = Atomic(false)
    private let wake: Wake

    init(wake: Wake) { self.wake = wake }

    var isRaised: Bool { raised.load(ordering: .acquiring) }

    func raise() {
        raised.store(true, ordering: .releasing)
        wake.signal()
    }
}
