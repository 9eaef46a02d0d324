import ArgumentParser
import Matching
import Proof

/// Writes the instance of a skewed market, or of a made-up world.
struct Generate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the instance of a skewed market, or of a made-up world.")

    @Option(help: "How many communities.")
    var communities = 10_000

    @Option(help: "Another seed gives another market.")
    var seed = 1

    @Flag(help: "One or two offers of capacity 1 per community.")
    var scarce = false

    @Flag(help: "The pairs that the round of a made-up world lists first: many of them score alike.")
    var world = false

    @Argument(help: "The file to write.")
    var file: String

    func validate() throws {
        guard (0...10_000_000).contains(communities) else {
            throw ValidationError("--communities is 0…10000000")
        }
        guard !(scarce && world) else { throw ValidationError("--scarce is not a kind of --world") }
    }

    func run() async throws {
        let instance =
            world
            ? try await worldInstance()
            : SkewedMarket.instance(
                communities: communities, seed: seed, kind: scarce ? .scarce : .common)
        let output = try OutputFile(path: file)
        var failure: Refusal?
        instance.writeBlocks { block in
            guard failure == nil else { return }
            do throws(Refusal) { try output.write(block) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// What `round` solves first: the best pairs of each need, and the bonuses of a round.
    private func worldInstance() async throws -> Instance {
        let input = try WorldGenerator.input(communities: communities, seed: UInt64(bitPattern: Int64(seed)))
        let market = try Market(input)
        return market.instance(try await FullMarket(CandidateIndex(market)).list)
    }
}
