import ArgumentParser
import Matching
import Proof

/// Solves an instance file and prints one line of figures.
struct Solve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Solves an instance file; prints objective, proven bound, matches, seconds, peak MiB and pops.")

    @Argument(help: "The instance file.")
    var file: String

    @OptionGroup var bonuses: BonusOption

    @Option(help: "Mutual help sought: off, pairs or rings.")
    var mutual = Mutual.off

    @Option(help: "What a two-way pair or a ring of three adds, in parts per million; 200000 if not given.")
    var bonusMutual: Int?

    @Flag(
        help:
            "Adds communities, candidates, how many communities are served, seconds of processor, and those that stating the problem took before."
    )
    var detail = false

    func validate() throws {
        if let bonusMutual, mutual == .off || bonusMutual < 0 {
            throw ValidationError(
                mutual == .off
                    ? "--bonus-mutual goes with --mutual pairs or rings" : "--bonus-mutual is not below 0")
        }
    }

    func run() throws {
        var instance = try InstanceFile(path: file).read()
        instance.candidates.sortUnlessSorted()
        try bonuses.apply(to: &instance)
        if mutual == .off { try solve(&instance) } else { try solveMutually(instance) }
    }

    private func solve(_ instance: inout Instance) throws {
        let run = try EngineRun(&instance)
        var line = FigureLine()
        line.add("objective", run.objective)
        line.add("bound", run.bound)
        line.add("matches", run.matches.count)
        line.add("seconds", run.times.wall)
        line.add("peak_mib", Usage.peakMebibytes)
        line.add("pops", run.pops)
        add(instance, served: run.matches, run.times, to: &line)
        if detail { line.add("stating", run.stating.wall) }
        print(line.text)
        guard run.objective == run.bound else {
            throw Refusal(.unproven, "\(file): not proven optimal: the bound is not the objective")
        }
    }

    /// With rings the bound may lie above the objective: the gap tells by how much.
    private func solveMutually(_ instance: Instance) throws {
        let bonus = bonusMutual ?? 200_000
        let run = try MutualRun(instance, mutual.help(bonus: bonus))
        var line = FigureLine()
        line.add("objective", run.objective)
        line.add("bound", run.bound)
        line.add("matches", run.matches.count)
        line.add("seconds", run.times.wall)
        line.add("peak_mib", Usage.peakMebibytes)
        line.add("pops", run.pops)
        line.add("gap", run.bound - run.objective)
        line.add("pairs", run.pairs)
        line.add("rings", run.rings)
        add(instance, served: run.matches, run.times, to: &line)
        print(line.text)
    }

    /// What `--detail` asks for.
    private func add(_ instance: Instance, served matches: [Int], _ times: Times, to line: inout FigureLine) {
        guard detail else { return }
        line.add("communities", instance.communities.count)
        line.add("candidates", instance.candidates.count)
        line.add("served", instance.served(by: matches))
        line.add("cpu", times.processor)
    }
}

/// Chooses by descending score, as a spreadsheet would, and prints one line of figures.
struct Greedy: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Takes the best score first; prints objective, matches, seconds and peak MiB.")

    @Argument(help: "The instance file.")
    var file: String

    @OptionGroup var bonuses: BonusOption

    func run() throws {
        var instance = try InstanceFile(path: file).read()
        instance.candidates.sortUnlessSorted()
        try bonuses.apply(to: &instance)
        let choice = try EngineRun.greedy(instance)
        var line = FigureLine()
        line.add("objective", choice.objective)
        line.add("matches", choice.matches.count)
        line.add("seconds", choice.times.wall)
        line.add("peak_mib", Usage.peakMebibytes)
        line.add("served", instance.served(by: choice.matches))
        line.add("cpu", choice.times.processor)
        print(line.text)
    }
}

extension Instance {
    /// How many communities receive a match.
    func served(by matches: [Int]) -> Int {
        var isServed = [Bool](repeating: false, count: communities.count)
        for match in matches { isServed[needs[candidates[match].need].community] = true }
        return isServed.count { $0 }
    }
}

extension [Instance.Candidate] {
    /// Puts candidates in the order that the solver wants, by need, then offer.
    mutating func sortUnlessSorted() {
        func precedes(_ left: Element, _ right: Element) -> Bool {
            (left.need, left.offer) < (right.need, right.offer)
        }
        if !zip(self, dropFirst()).allSatisfy(precedes) { sort(by: precedes) }
    }
}
