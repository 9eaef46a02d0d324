import ArgumentParser
import Matching

/// Which made-up world a verb runs on.
struct WorldOptions: ParsableArguments {
    @Option(help: "How many communities.") var communities = 10_000
    @Option(help: "What the world is made from.") var seed: UInt64 = 1

    func validate() throws {
        guard (2...1_000_000).contains(communities) else {
            throw ValidationError("--communities takes 2 to 1000000")
        }
    }

    /// The input of a round of that world.
    func input() throws -> RoundInput {
        try WorldGenerator.input(communities: communities, seed: seed)
    }
}
