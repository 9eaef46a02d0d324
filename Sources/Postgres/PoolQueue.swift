import Synchronization

/// Who has a place in the pool, and who waits for one, in order of arrival.
///
/// Invariant: someone waits only when every place is taken and none is idle; so nobody overtakes.
final class PoolQueue<Item: Sendable>: Sendable {
    /// What a place comes with.
    enum Grant: Sendable {
        /// An item that was given back.
        case idle(Item)
        /// The right to make one. Whoever gets it gives the item back, or vacates the place.
        case place
    }

    private typealias Waiter = CheckedContinuation<Result<Grant, PostgresError>, Never>

    private struct State {
        var idle: [Item] = []
        var taken = 0
        var waiters: [(ticket: Int, waiter: Waiter)] = []
        var nextTicket = 0
        var isClosed = false
    }

    private let size: Int
    private let acquireTimeout: Duration
    private let state = Mutex(State())

    init(size: Int, acquireTimeout: Duration) {
        self.size = size
        self.acquireTimeout = acquireTimeout
    }

    /// A place, now or when one is free.
    ///
    /// - Throws: `poolTimeout`, `cancelled`, or `away` once closed.
    func acquire() async throws(PostgresError) -> Grant {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        let expiry = Mutex<Task<Void, Never>?>(nil)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: Waiter) in
                let immediate = state.withLock { state -> Result<Grant, PostgresError>? in
                    if Task.isCancelled { return .failure(PostgresError(.cancelled)) }
                    if state.isClosed { return .failure(Self.closed) }
                    if let item = state.idle.popLast() { return .success(.idle(item)) }
                    if state.taken < size {
                        state.taken += 1
                        return .success(.place)
                    }
                    state.waiters.append((ticket, waiter))
                    return nil
                }
                if let immediate {
                    waiter.resume(returning: immediate)
                } else {
                    let timer = Task { [acquireTimeout] in
                        guard (try? await Task.sleep(for: acquireTimeout)) != nil else { return }
                        self.dismiss(ticket, PostgresError(.poolTimeout))
                    }
                    expiry.withLock { $0 = timer }
                }
            }
        } onCancel: {
            dismiss(ticket, PostgresError(.cancelled))
        }
        expiry.withLock { $0 }?.cancel()
        return try result.get()
    }

    /// Passes `item` to whoever waits first, or keeps it; false when the queue is closed and the caller must
    /// end it.
    func giveBack(_ item: Item) -> Bool {
        let (kept, waiter) = state.withLock { state -> (Bool, Waiter?) in
            if state.isClosed { return (false, nil) }
            if !state.waiters.isEmpty { return (true, state.waiters.removeFirst().waiter) }
            state.idle.append(item)
            return (true, nil)
        }
        waiter?.resume(returning: .success(.idle(item)))
        return kept
    }

    /// Gives a place back without an item: whoever waits first may make one.
    func vacate() {
        let waiter = state.withLock { state -> Waiter? in
            if !state.waiters.isEmpty { return state.waiters.removeFirst().waiter }
            state.taken -= 1
            return nil
        }
        waiter?.resume(returning: .success(.place))
    }

    /// Refuses everyone from now on; returns the idle items, for the caller to end.
    func close() -> [Item] {
        let (items, waiters) = state.withLock { state -> ([Item], [Waiter]) in
            state.isClosed = true
            defer {
                state.taken -= state.idle.count
                state.idle = []
                state.waiters = []
            }
            return (state.idle, state.waiters.map(\.waiter))
        }
        for waiter in waiters { waiter.resume(returning: .failure(Self.closed)) }
        return items
    }

    /// How many wait.
    var waitingCount: Int { state.withLock { $0.waiters.count } }

    private static var closed: PostgresError { PostgresError(.away, detail: "the pool is closed") }

    private func dismiss(_ ticket: Int, _ error: PostgresError) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiters.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            return state.waiters.remove(at: index).waiter
        }
        waiter?.resume(returning: .failure(error))
    }
}
