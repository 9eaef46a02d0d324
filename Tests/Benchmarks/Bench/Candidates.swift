import ArgumentParser
import Matching

/// `bench candidates`: a round up to its list of candidates, without a solver.
struct Candidates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Times the listing of candidates, and compares a sample of needs with a full scan.")

    @OptionGroup var world: WorldOptions

    @Option(help: "How many needs are compared with a full scan.") var check = 0

    func validate() throws {
        guard check >= 0 else { throw ValidationError("--check takes no number below 0") }
    }

    func run() async throws {
        let input = try world.input()
        let stages = Stages(input)
        let market = try await stages.run("market") { try Market(input) }
        let index = await stages.run("index") { CandidateIndex(market) }
        let count = input.parameters.listed
        let list = try await stages.run("candidates") { try await index.candidates(perNeed: count) }
        let sample = sample(of: list.needs)
        let differ = await stages.run("check") {
            sample.count { !list.isBest(ofNeed: $0, count: count, index, market) }
        }
        var line = FigureLine()
        line.add("candidates", list.count)
        line.add("evaluations_per_need", list.evaluations / max(1, list.needs))
        line.add("digest", String(list.digest, radix: 16))
        line.add("checked", sample.count)
        line.add("differ", differ)
        print(line.text)
        guard differ == 0 else {
            throw Refusal(.unproven, "bench: \(differ) of \(sample.count) needs have better candidates")
        }
    }

    /// Needs all over the list, evenly.
    private func sample(of needs: Int) -> [Int] {
        let count = min(check, needs)
        return (0..<count).map { $0 * needs / count }
    }
}

extension CandidateList {
    /// Whether a need's candidates are the first `count` of all admissible ones, by score, then by turn.
    fileprivate func isBest(ofNeed need: Int, count: Int, _ index: CandidateIndex, _ market: Market) -> Bool {
        let turn = index.turn(ofNeed: need)
        let all = market.candidates(ofNeed: need).sorted {
            ($1.score, turn.rank(of: $0.offer)) < ($0.score, turn.rank(of: $1.offer))
        }
        let listed = candidates(ofNeed: need).map {
            Candidate(need: need, offer: Int(offers[$0]), score: Int(scores[$0]))
        }
        return all.prefix(count).sorted { $0.offer < $1.offer } == listed
    }

    /// One number for the whole list: two lists that differ hardly ever have the same (FNV-1a, a number at a time).
    fileprivate var digest: UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ value: Int) { hash = (hash ^ UInt64(truncatingIfNeeded: value)) &* 0x100_0000_01B3 }
        for need in 0..<needs {
            let places = candidates(ofNeed: need)
            mix(places.count)
            for place in places {
                mix(Int(offers[place]))
                mix(Int(scores[place]))
            }
        }
        return hash
    }
}
