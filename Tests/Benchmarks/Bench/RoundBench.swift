import Graphs
import Matching
import Proof

/// Times a whole round of a made-up world, stage by stage, as `solveRound` takes them, and what verifying and publishing
/// it add.
func benchRound(
    _ input: RoundInput, withFullCheck: Bool, mutual: (kind: Mutual, bonus: Int)?
) async throws {
    let stages = Stages(input)
    let market = try await stages.run("market") { try Market(input) }
    let index = await stages.run("index") { CandidateIndex(market) }
    var full = try await stages.run("candidates") { try await FullMarket(index) }
    // Rings are sought among the best of each need, as for a market too large to list whole.
    if let mutual {
        try await seekRings(try market.assignment(full.list), market.instance(full.list), mutual, stages)
    }
    let solution = try await solved(&full, market, stages)
    let prices = Prices(solution)
    let (list, selected) = await stages.run("list") { full.result(solution.selected, at: prices) }
    let greedy = try await stages.run("greedy") { try market.assignment(list).greedy().count }
    let instance = await stages.run("instance") { market.instance(list) }
    let verdict = await stages.run("proof") {
        check(
            instance, matches: selected, prices: prices, claimedObjective: solution.objective,
            claimedBound: solution.objective)
    }
    let bytes = await stages.run("text") {
        var bytes = 0
        instance.writeBlocks { bytes += $0.count }
        return bytes
    }
    if withFullCheck {
        let all = try await stages.run("full-check") {
            try await FullMarketCheck(market, instance.candidates, at: prices)
        }
        guard all.holds else { throw Refusal(.unproven, "bench: better pairs are not listed") }
    }
    let listing = full.listing
    var line = FigureLine()
    line.add("offers", market.offers.count)
    line.add("candidates", list.count)
    line.add("evaluations_per_need", listing.evaluations / max(1, market.needs.count))
    line.add("passes", listing.passes)
    line.add("extensions", listing.extensions)
    line.add("added", listing.added)
    line.add("text_bytes", bytes)
    line.add("matches", selected.count)
    line.add("greedy_matches", greedy)
    line.add("objective", solution.objective)
    line.add("pops", solution.pops)
    line.add("peak_mib", Usage.peakMebibytes)
    print(line.text)
    guard case .optimal = verdict else { throw Refusal(.unproven, "bench: \(verdict)") }
}

/// Seeks rings of mutual help among the listed pairs, and says in a line what was found and what the checker proves.
private func seekRings(
    _ problem: LaminarAssignment, _ instance: Instance, _ mutual: (kind: Mutual, bonus: Int), _ stages: Stages
) async throws {
    let help = mutual.kind.help(bonus: mutual.bonus)
    let solution = try await stages.run("mutual") { try problem.solved(with: help) }
    guard let solution else { throw Refusal(.unproven, "bench: stopped") }
    let bound = try await stages.run("mutual-proof") {
        try MutualRun.bound(provenBy: solution, help, on: instance)
    }
    var line = FigureLine()
    line.add("mutual_objective", solution.objective)
    line.add("mutual_bound", bound)
    line.add("gap", bound - solution.objective)
    line.add("pairs", solution.pairCount)
    line.add("rings", solution.circleCount)
    print(line.text)
}

/// Solves and extends the list until nothing that is worth more than its prices is missing. The solver's memory is freed
/// with it.
private func solved(
    _ full: inout FullMarket, _ market: Market, _ stages: Stages
) async throws -> Solution {
    var live: LiveAssignment?
    var solution = try await stages.run("solve") { try full.solve(adding: [], to: &live) }
    while true {
        let added = try await stages.run("pricing") { try await full.extend(at: Prices(solution)) }
        if added.isEmpty { return solution }
        solution = try await stages.run("repair") { try full.solve(adding: added, to: &live) }
    }
}
