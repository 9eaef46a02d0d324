import Dispatch
import Glibc
import Synchronization

/// One POSIX thread that runs an actor's jobs in order, so that what blocks inside libpq blocks nobody else.
///
/// The thread holds only the queue, never this object. Every job holds its actor, and the actor holds this
/// object; so when the last reference goes, no job is left, and the thread can end.
final class DedicatedThread: SerialExecutor {
    private let queue = JobQueue()

    /// Starts the thread.
    ///
    /// - Throws: `away` when the system has no thread to give.
    init() throws(PostgresError) {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(queue)
        let status = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<JobQueue>.fromOpaque(argument).takeRetainedValue().runUntilStopped()
                return nil
            }, argument.toOpaque())
        guard status == 0 else {
            argument.release()
            throw PostgresError(.away, detail: "no thread for the connection")
        }
        pthread_detach(thread)
    }

    deinit { queue.stop() }

    func enqueue(_ job: consuming ExecutorJob) {
        queue.push(UnownedJob(job), on: asUnownedSerialExecutor())
    }
}

/// Jobs waiting for their thread, first in first out.
private final class JobQueue: Sendable {
    private enum Entry { case job(UnownedJob, UnownedSerialExecutor), stop }

    private let entries = Mutex<[Entry]>([])
    /// Counts the entries: the thread sleeps on it.
    private let available = DispatchSemaphore(value: 0)

    func push(_ job: UnownedJob, on executor: UnownedSerialExecutor) {
        entries.withLock { $0.append(.job(job, executor)) }
        available.signal()
    }

    func stop() {
        entries.withLock { $0.append(.stop) }
        available.signal()
    }

    func runUntilStopped() {
        while true {
            available.wait()
            switch entries.withLock({ $0.removeFirst() }) {
            case .job(let job, let executor): job.runSynchronously(on: executor)
            case .stop: return
            }
        }
    }
}
