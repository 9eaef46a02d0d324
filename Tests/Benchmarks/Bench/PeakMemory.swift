import Foundation

/// The most memory that this process has had resident.
enum PeakMemory {
    /// Whole mebibytes, rounded up.
    static var mebibytes: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        // Linux counts in kibibytes.
        return (Int(usage.ru_maxrss) + 1_023) / 1_024
    }
}
