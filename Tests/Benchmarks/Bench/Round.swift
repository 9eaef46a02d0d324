import ArgumentParser

/// `bench round`: the whole way of a round, step by step, on a made-up world.
struct Round: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Times a whole round: profiles, candidates, solve, proof.")

    @OptionGroup var world: WorldOptions

    @Flag(help: "Looks at every pair of the market once more, as `entraide round verify` does.")
    var fullCheck = false

    func run() async throws {
        try await benchRound(world.input(), withFullCheck: fullCheck)
    }
}
