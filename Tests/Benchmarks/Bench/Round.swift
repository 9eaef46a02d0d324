import ArgumentParser

/// `bench round`: the whole way of a round, step by step, on a made-up world.
struct Round: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Times a whole round: profiles, candidates, solve, proof.")

    @Option(help: "How many communities.") var communities = 10_000
    @Option(help: "What the world is made from.") var seed: UInt64 = 1

    func validate() throws {
        guard (2...1_000_000).contains(communities) else {
            throw ValidationError("--communities takes 2 to 1000000")
        }
    }

    func run() async throws {
        try await benchRound(communities: communities, seed: seed)
    }
}
