import Foundation

/// The process's limit on open files, which sockets count against.
enum OpenFiles {
    /// What is left to the database's connections, logs and the listening socket.
    private static let reserve = 32

    /// As many connections as may be open at once without running out of descriptors, at most `wanted`, at least 1.
    ///
    /// Raises the process's own limit towards it where the system lets us. Out of descriptors, accepting fails again and
    /// again; not accepting leaves clients in the system's queue.
    static func connections(atMost wanted: Int) -> Int {
        var limit = rlimit()
        let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(files, &limit) == 0 else { return max(1, wanted) }
        let (needed, overflow) = wanted.addingReportingOverflow(reserve)
        if !overflow, needed > 0, limit.rlim_cur < rlim_t(needed), limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = min(rlim_t(needed), limit.rlim_max)
            if setrlimit(files, &raised) == 0 { limit = raised }
        }
        let room = Int(clamping: limit.rlim_cur)
        return max(1, min(wanted, room - reserve))
    }
}
