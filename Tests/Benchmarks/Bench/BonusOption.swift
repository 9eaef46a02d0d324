import ArgumentParser
import Proof

/// `--bonus PPM[,PPM…]`.
struct BonusOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What the first, second… match received adds, in parts per million, instead of the file's bonuses.",
            valueName: "ppm,…"))
    var bonus: String?

    /// Puts these bonuses in the place of the instance's own, if any were given.
    ///
    /// - Throws: `Refusal` for one past the solver's limit, under which no total can overflow.
    func apply(to instance: inout Instance) throws {
        guard let bonus else { return }
        instance.bonuses = try bonus.split(separator: ",", omittingEmptySubsequences: false).map { step in
            guard !step.isEmpty,
                step.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
            else { throw Refusal(.usage, "bench: --bonus \(bonus): not numbers separated by commas") }
            guard let value = Int(step), value <= EngineRun.bonusLimit else {
                throw Refusal(
                    .badData,
                    "bench: --bonus \(step): at most \(EngineRun.bonusLimit), past which totals could overflow [bonus-out-of-range]"
                )
            }
            return value
        }
    }
}
