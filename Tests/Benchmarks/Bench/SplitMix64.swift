/// A small generator with a seed: the same numbers on every machine (Steele, Lea and Flood, 2014).
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: Int) {
        state = UInt64(truncatingIfNeeded: seed)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A whole number below `count`, which is positive.
    mutating func below(_ count: Int) -> Int {
        Int(truncatingIfNeeded: next() >> 1) % count
    }

    /// One of `steps`, which is not empty: a distribution written as its equally likely values.
    mutating func step(_ steps: [Int]) -> Int {
        steps[below(steps.count)]
    }
}
