import Glibc

/// What this process has used, as the system counts it.
enum Usage {
    /// The most memory that was ever resident, in whole mebibytes, rounded up.
    static var peakMebibytes: Int { mebibytes(of(RUSAGE_SELF)) }

    /// The same of the largest process that this one has started and seen end.
    static var peakMebibytesOfChildren: Int { mebibytes(of(RUSAGE_CHILDREN)) }

    /// Time on processors, of all threads.
    static var processorTime: Duration {
        let usage = of(RUSAGE_SELF)
        return Duration(usage.ru_utime) + Duration(usage.ru_stime)
    }

    /// Time on processors of all processes that this one has started and seen end.
    static var processorTimeOfChildren: Duration {
        let usage = of(RUSAGE_CHILDREN)
        return Duration(usage.ru_utime) + Duration(usage.ru_stime)
    }

    private static func mebibytes(_ usage: rusage) -> Int {
        // Linux counts in kibibytes.
        (Int(usage.ru_maxrss) + 1_023) / 1_024
    }

    private static func of(_ who: __rusage_who) -> rusage {
        var usage = rusage()
        getrusage(__rusage_who_t(who.rawValue), &usage)
        return usage
    }
}

extension Duration {
    fileprivate init(_ time: timeval) {
        self = .seconds(time.tv_sec) + .microseconds(time.tv_usec)
    }
}

extension Duration {
    /// Microseconds for each of so many, to the hundredth.
    func microseconds(per count: Int) -> String {
        let hundredths = Int(self / .nanoseconds(10)) / max(1, count)
        return "\(hundredths / 100).\("\(100 + hundredths % 100)".dropFirst())"
    }
}

/// How long something took.
struct Times {
    var wall: Duration
    var processor: Duration
}

/// What `work` answers, and how long it took.
func timed<Answer>(_ work: () throws -> Answer) rethrows -> (Answer, Times) {
    let wall = ContinuousClock.now
    let processor = Usage.processorTime
    let answer = try work()
    return (answer, Times(wall: ContinuousClock.now - wall, processor: Usage.processorTime - processor))
}
