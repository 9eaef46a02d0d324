import Foundation

/// How many tests hold a database at a time; the others wait here, in order of arrival, where nothing is timed.
///
/// All at once, they would make each other wait for a thread, a statement, a connection, a lock, and run out of the time
/// that a program on a machine of its own has for these.
actor DatabaseSlots {
    /// The slots of this process: enough to keep every core busy while half of the tests wait for the server.
    static let shared = DatabaseSlots(count: 2 * ProcessInfo.processInfo.activeProcessorCount)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    private init(count: Int) { free = count }

    /// Returns once a slot is the caller's, who releases it.
    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    /// Gives a slot back, or on to who waits first.
    func release() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
