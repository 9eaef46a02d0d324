import ArgumentParser

/// `bench round`: the whole way of a round, step by step, on a made-up world.
struct Round: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Times a whole round: profiles, candidates, solve, proof.")

    @OptionGroup var world: WorldOptions

    func run() async throws {
        try await benchRound(world.input())
    }
}
