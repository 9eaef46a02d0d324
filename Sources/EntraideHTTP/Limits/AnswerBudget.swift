import EntraideCore
import Synchronization

/// How many bytes of answers may be in memory at once, waiting for their readers.
///
/// A page of many records is put together whole, since its `Link` comes before its lines, and a list is streamed a page at a
/// time; many clients that read slowly must not add up to more memory than there is. What was handed to a connection counts until its reader took it: the
/// server's own writer does not wait for that.
final class AnswerBudget: Sendable {
    /// A share of the budget, given back when nobody holds it any more.
    final class Share: Sendable {
        private let budget: AnswerBudget
        private let bytes: Mutex<Int>

        fileprivate init(_ bytes: Int, of budget: AnswerBudget) {
            self.bytes = Mutex(bytes)
            self.budget = budget
        }

        /// Makes it what is held from now on. This always succeeds: an answer that has begun cannot be told to come back.
        func resize(to size: Int) {
            bytes.withLock { bytes in
                budget.queue(size - bytes)
                bytes = size
            }
        }

        deinit {
            budget.release(bytes.withLock { $0 })
        }
    }

    /// Answers up to this size are not counted: the connection cap bounds them.
    static let free = 64 << 10
    private let bytes: Int
    private let used = Mutex(0)

    init(bytes: Int) {
        self.bytes = bytes
    }

    /// Counts bytes of any answer that were handed to a connection.
    func queue(_ size: Int) {
        used.withLock { $0 += size }
    }

    /// Counts them out again, once the system took them or the connection is gone.
    func release(_ size: Int) {
        used.withLock { $0 -= size }
    }

    /// Room for an answer of `size` bytes; nil for a small one. One answer alone always has room.
    ///
    /// - Throws: `timed-out` when others hold the room: the client may try again in a moment.
    func share(_ size: Int) throws(EntraideError) -> Share? {
        size > Self.free ? try growingShare(size) : nil
    }

    /// Room for an answer that holds `size` bytes now and may come to hold more; a small one is counted, never refused.
    ///
    /// - Throws: `timed-out`, as ``share(_:)``.
    func growingShare(_ size: Int) throws(EntraideError) -> Share {
        let isThere = used.withLock { used in
            guard size <= Self.free || used == 0 || size <= bytes - used else { return false }
            used += size
            return true
        }
        guard isThere else { throw EntraideError.databaseBusy }
        return Share(size, of: self)
    }
}
