import ArgumentParser
import Graphs
import Proof

/// `bench warm FILE`: what a change costs beside a whole solve.
struct Warm: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Repairs a solved instance after changes of one community each; prints the share of a solve.")

    @Argument(help: "The instance file.")
    var file: String

    @OptionGroup var bonuses: BonusOption

    @Option(help: "How many changes.")
    var changes = 400

    @Option(help: "What the changes are drawn from.")
    var seed = 1

    @Option(
        help: "After how many changes the repaired flow is compared with a solve from nothing, each time.")
    var checkEvery = 40

    func validate() throws {
        guard changes > 0, checkEvery > 0 else {
            throw ValidationError("--changes and --check-every take 1 or more")
        }
    }

    func run() throws {
        var instance = try InstanceFile(path: file).read()
        instance.candidates.sortUnlessSorted()
        try bonuses.apply(to: &instance)
        guard !instance.communities.isEmpty else { throw Refusal(.badData, "\(file): no community") }
        // The middle one of three, since it is what all is compared with.
        let problem = try LaminarAssignment(instance)
        let solve = (0..<3).map { _ in timed { problem.solved() }.1.processor }.sorted()[1]
        guard var live = LiveAssignment(problem) else { throw Refusal(.unproven, "bench: stopped") }

        var changing = ChangingInstance(instance, seed: seed)
        var spent: [Duration] = []
        var checked = 0
        var differences = 0
        for number in 1...changes {
            let change = changing.draw()
            let (_, times) = timed {
                change.apply(to: &live)
                live.settle()
            }
            spent.append(times.processor)
            guard number % checkEvery == 0 else { continue }
            checked += 1
            let stated = try LaminarAssignment(changing.instance)
            let repaired = live.solution(of: stated)
            let isProven =
                try EngineRun.bound(provenBy: repaired, on: changing.instance) == repaired.objective
            if !isProven || stated.solved()?.objective != repaired.objective { differences += 1 }
        }
        var line = FigureLine()
        line.add("solve", solve)
        line.add("changes", spent.count)
        line.add("mean_percent", hundredths: spent.reduce(.zero, +) / spent.count, of: solve)
        line.add("max_percent", hundredths: spent.max() ?? .zero, of: solve)
        line.add("checked", checked)
        line.add("differences", differences)
        print(line.text)
        guard differences == 0 else {
            throw Refusal(.unproven, "\(file): a repaired flow is not the optimum")
        }
    }
}

/// An instance that changes one community at a time.
private struct ChangingInstance {
    private(set) var instance: Instance
    private let original: Instance
    /// Per community, the places of the candidates of its needs and offers.
    private var places: [[Int]]
    private var generator: SplitMix64

    init(_ instance: Instance, seed: Int) {
        self.instance = instance
        original = instance
        places = [[Int]](repeating: [], count: instance.communities.count)
        for (place, candidate) in instance.candidates.enumerated() {
            let receiver = instance.needs[candidate.need].community
            let provider = instance.offers[candidate.offer].community
            places[receiver].append(place)
            if provider != receiver { places[provider].append(place) }
        }
        generator = SplitMix64(seed: seed)
    }

    /// Half of the changes are weights, all of a community's by up to a tenth; the others let it leave, or come back.
    mutating func draw() -> InstanceChange {
        let community = generator.below(instance.communities.count)
        if generator.below(2) == 0 {
            var weights: [(need: Int, offer: Int, weight: Int)] = []
            for place in places[community] {
                let score = original.candidates[place].score * (900 + generator.below(201)) / 1000
                instance.candidates[place].score = min(score, 1_000_000)
                let changed = instance.candidates[place]
                weights.append((changed.need, changed.offer, changed.score))
            }
            return .weights(weights)
        }
        let now = instance.communities[community]
        let isAway = now.give + now.receive == 0
        instance.communities[community] =
            isAway ? original.communities[community] : Instance.Community(give: 0, receive: 0)
        let limits = instance.communities[community]
        return .limits(community: community, give: limits.give, receive: limits.receive)
    }
}

private enum InstanceChange {
    case weights([(need: Int, offer: Int, weight: Int)])
    case limits(community: Int, give: Int, receive: Int)

    func apply(to live: inout LiveAssignment) {
        switch self {
        case .weights(let weights): live.setWeights(weights)
        case .limits(let community, let give, let receive):
            live.setGive(community, give)
            live.setReceive(community, receive)
        }
    }
}

extension FigureLine {
    /// A share of a time in per cent, to two places, rounded up.
    fileprivate mutating func add(_ name: String, hundredths part: Duration, of whole: Duration) {
        let share = whole > .zero ? Int((part / whole * 10_000).rounded(.up)) : 0
        let places = "\(100 + share % 100)".dropFirst()
        add(name, "\(share / 100).\(places)")
    }
}
