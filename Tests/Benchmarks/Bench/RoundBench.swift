import Foundation
import Matching

/// Times a whole round of a made-up world, step by step.
func benchRound(communities: Int, seed: UInt64) async throws {
    let input = try WorldGenerator.input(communities: communities, seed: seed)
    let clock = ContinuousClock()
    func timed<Result>(
        _ step: String, _ work: () async throws -> Result
    ) async rethrows -> Result {
        let start = clock.now
        let result = try await work()
        let seconds = (clock.now - start) / .seconds(1)
        print("\(step)\t\(String(format: "%.3f", seconds)) s")
        return result
    }
    let market = try await timed("market") { try Market(input) }
    let index = await timed("index") { CandidateIndex(market) }
    let spent = clockTicks()
    let list = try await timed("candidates") { try await index.candidates(perNeed: 32) }
    let ticks = clockTicks() - spent
    print(
        "communities \(communities) needs \(market.needs.count) offers \(market.offers.count)",
        "candidates \(list.count) evaluations per need \(list.evaluations / max(1, market.needs.count))",
        "µs per need per core", String(format: "%.2f", Double(ticks) / Double(market.needs.count)))
    print("peak \(peakMiB()) MiB")
}

/// Processor time of all threads so far, in µs: what the machine does beside it does not count.
private func clockTicks() -> Int { Int(clock()) * 1_000_000 / Int(CLOCKS_PER_SEC) }

/// The most memory that the process held so far, as Linux tells; 0 elsewhere.
private func peakMiB() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 / 1024 } ?? 0
}
