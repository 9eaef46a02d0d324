import Foundation
import Graphs
import Matching
import Proof

/// Times a whole round of a made-up world, step by step, as `solveRound` takes them.
func benchRound(communities: Int, seed: UInt64) async throws {
    let input = try WorldGenerator.input(communities: communities, seed: seed)
    let market = try await timed("market") { try Market(input) }
    let index = await timed("index") { CandidateIndex(market) }
    let before = processorTime()
    var full = try await timed("candidates") { try await FullMarket(index) }
    let spent = processorTime() - before
    let needs = max(1, market.needs.count)
    print(
        "communities=\(communities) needs=\(market.needs.count) offers=\(market.offers.count)",
        "candidates=\(full.list.count) evaluations_per_need=\(full.listing.evaluations / needs)",
        "us_per_need_per_core=\(String(format: "%.2f", spent * 1e6 / Double(needs)))")

    var mark = ContinuousClock.now
    var live: LiveAssignment?
    var solution = try full.solve(adding: [], to: &live)
    print("solve=\(seconds(since: &mark))")
    while true {
        let added = try await full.extend(at: Prices(solution))
        print("pricing=\(seconds(since: &mark)) added=\(added.count)")
        if added.isEmpty { break }
        solution = try full.solve(adding: added, to: &live)
        print("repair=\(seconds(since: &mark))")
    }
    let listing = full.listing
    print(
        "listed=\(listing.perNeed) passes=\(listing.passes) extensions=\(listing.extensions)",
        "added=\(listing.added) evaluations_per_need=\(listing.evaluations / needs)")
    let prices = Prices(solution)
    let (list, selected) = full.result(solution.selected, at: prices)
    let instance = await timed("instance") { market.instance(list) }
    let verdict = await timed("proof") {
        check(
            instance, matches: selected, prices: prices, claimedObjective: solution.objective,
            claimedBound: solution.objective)
    }
    print("objective=\(solution.objective) matches=\(selected.count) pops=\(solution.pops) \(verdict)")
    print("peak_mib=\(peakMiB())")
}

/// How long ago a moment was, which then becomes now.
private func seconds(since mark: inout ContinuousClock.Instant) -> String {
    let now = ContinuousClock.now
    defer { mark = now }
    return String(format: "%.3f", (now - mark) / .seconds(1))
}

/// Says how long a step took.
private func timed<Result>(
    _ step: String, _ work: () async throws -> Result
) async rethrows -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try await work()
    let seconds = (clock.now - start) / .seconds(1)
    print("\(step)=\(String(format: "%.3f", seconds))")
    return result
}

/// Seconds that the processor gave to all threads so far: what the machine does beside it does not count.
private func processorTime() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

/// The most memory that the process held so far, as Linux tells; 0 elsewhere.
private func peakMiB() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 / 1024 } ?? 0
}
