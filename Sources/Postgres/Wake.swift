import Glibc
import Synchronization

/// A pipe to oneself: `poll` waits for the server and for a cancellation at once.
final class Wake: Sendable {
    private let readEnd: Int32
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

extension Wake {
    /// What ended a wait.
    enum Event { case ready, woken, silent }

    /// Blocks this thread until `socket` is ready for `events`, the pipe is signalled (and now drained), or
    /// `milliseconds` have passed (0: no limit).
    func wait(for socket: Int32, events: Int32, milliseconds: Int32) -> Event {
        var descriptors = [
            pollfd(fd: socket, events: Int16(truncatingIfNeeded: events), revents: 0),
            pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0),
        ]
        // A signal (EINTR) restarts the wait, and its limit: bounded waits stay bounded, if a little longer.
        var count: Int32
        repeat {
            count = poll(&descriptors, 2, milliseconds > 0 ? milliseconds : -1)
        } while count < 0 && errno == EINTR
        if count == 0 { return .silent }
        if descriptors[1].revents != 0 {
            drain()
            return .woken
        }
        return .ready
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
