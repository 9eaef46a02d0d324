import Synchronization

/// Counts from 1, for a proxy that strikes at one of many queries.
final class QueryCounter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
