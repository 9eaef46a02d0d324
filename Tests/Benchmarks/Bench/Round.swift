import ArgumentParser
import Matching

/// `bench round`: the whole way of a round, step by step, on a made-up world.
struct Round: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Times a whole round: profiles, candidates, mutual help, solve, proof.")

    @OptionGroup var world: WorldOptions

    @Flag(help: "Looks at every pair of the market once more, as `entraide round verify` does.")
    var fullCheck = false

    @Option(help: "Mutual help sought as well: off, pairs or rings.")
    var mutual = Mutual.off

    func run() async throws {
        let input = try world.input()
        try await benchRound(
            input, withFullCheck: fullCheck,
            mutual: mutual == .off ? nil : (mutual, input.parameters.mutualBonus))
    }
}
