// A second thread beside the one that solves, for work that falls into parts.
//
// Problem. Parts of some microseconds each, thousands of times over: to start a task and wait for it each time costs as much as it
// saves. And what is found must not depend on how many cores there are, nor on which of them was quicker.
//
// Method. `run` opens a number of parts; whoever is there takes one at a time until none is left. A helping task looks for parts
// again and again, and ends when none came for a while; the next run starts another. If no core is free for it, the thread that
// solves does all parts by itself. Who does which part is left to chance: parts read what no part writes, and write apart. One
// hand begins with the first part, the other with the last: in repeated work, each mostly meets data that is in its own cache.
//
// Invariant. `open` says which parts nobody has taken (`OpenParts`), `undone` how many are not finished. `job` is written only while
// `undone` is 0, and read only by who holds a part: so never at once. Complexity: O(parts) beside the work.

import Synchronization

/// One or two threads that share work.
///
/// Invariant: only `job` is neither constant nor atomic. `run` writes it while `undone` is 0, read with acquiring order after each
/// part's releasing subtraction, so when no hand holds a part; a hand reads it only after it took a part, by an acquiring exchange
/// of `open`, which was stored with releasing order after `job`. One thread calls `run`. A helper is started only where
/// `isHelped` is false, and takes no part after it has set it so: there is one at a time.
final class Hands: @unchecked Sendable {
    typealias Job = @Sendable (_ part: Int, _ hand: Int) -> Void

    /// How many hands there may be. What is not shared stands once for each.
    static let most = 2

    private let isAlone: Bool
    private var job: Job?
    private let open = Atomic<Int>(0)
    private let undone = Atomic<Int>(0)
    private let isHelped = Atomic<Bool>(false)
    /// Held by the helper while it does parts.
    private let helping = Mutex<Void>(())

    /// How often a helper looks for work before it ends: some tens of microseconds.
    private static let patience = 100_000

    /// How often the thread that solves looks whether the other is done before it waits asleep.
    private static let impatience = 20_000

    /// - Parameter isAlone: whether one thread does it all.
    init(isAlone: Bool) {
        self.isAlone = isAlone
    }

    /// Does all parts 0..<parts, and returns when they are done.
    func run(parts: Int, _ work: @escaping Job) {
        guard !isAlone, parts > 1 else {
            for part in 0..<parts { work(part, 0) }
            return
        }
        job = work
        undone.store(parts, ordering: .relaxed)
        open.store(OpenParts(0..<parts).number, ordering: .releasing)
        if !isHelped.load(ordering: .acquiring) {
            isHelped.store(true, ordering: .releasing)
            Task.detached(priority: .high) { self.help() }
        }
        while takePart(hand: 0) {}
        var looks = 0
        while undone.load(ordering: .acquiring) > 0 {
            looks += 1
            guard looks > Self.impatience else { continue }
            // Whoever has a part may have lost its core: this one is given to it meanwhile.
            helping.withLock { _ in }
            looks = 0
        }
        // What it holds is not kept longer than it is used.
        job = nil
    }

    /// Does one part that nobody has taken; answers whether there was one.
    private func takePart(hand: Int) -> Bool {
        var number = open.load(ordering: .acquiring)
        while true {
            var left = OpenParts(number: number)
            guard let part = left.take(last: hand > 0) else { return false }
            let (isTaken, now) = open.weakCompareExchange(
                expected: number, desired: left.number, ordering: .acquiringAndReleasing)
            if isTaken {
                job?(part, hand)
                undone.subtract(1, ordering: .releasing)
                return true
            }
            number = now
        }
    }

    /// What the helper does.
    private func help() {
        var looks = 0
        while looks < Self.patience {
            looks += 1
            guard !OpenParts(number: open.load(ordering: .relaxed)).isEmpty else { continue }
            helping.withLock { _ in
                while takePart(hand: 1) { looks = 0 }
            }
        }
        isHelped.store(false, ordering: .releasing)
    }
}

/// The parts that nobody has taken, first..<end, as one number: the end above 32 bits of the first.
private struct OpenParts {
    private(set) var number: Int

    init(number: Int) { self.number = number }
    init(_ parts: Range<Int>) { number = parts.upperBound << 32 | parts.lowerBound }

    private var first: Int { number & 0xffff_ffff }
    private var end: Int { number >> 32 }
    var isEmpty: Bool { first >= end }

    /// Takes the first or the last part; nil when there is none.
    mutating func take(last: Bool) -> Int? {
        guard !isEmpty else { return nil }
        let part = last ? end - 1 : first
        number += last ? -(1 << 32) : 1
        return part
    }
}
