import Matching

/// The steps of a run, each said in a line once it is done.
struct Stages {
    let communities: Int
    let needs: Int

    init(_ input: RoundInput) {
        communities = input.participants.count
        needs = input.participants.reduce(0) { $0 + $1.needs.count }
    }

    /// Does a step, and says how long it took: by the clock, on processors of all threads, and per need of the latter.
    func run<Answer: ~Copyable>(_ name: String, _ work: () async throws -> Answer) async rethrows -> Answer {
        let wall = ContinuousClock.now
        let processor = Usage.processorTime
        let answer = try await work()
        let times = Times(wall: ContinuousClock.now - wall, processor: Usage.processorTime - processor)
        var line = FigureLine()
        line.add("stage", name)
        line.add("communities", communities)
        line.add("needs", needs)
        line.add("seconds", times.wall)
        line.add("cpu", times.processor)
        line.add("us_per_need", times.processor.microseconds(per: needs))
        line.add("peak_mib", Usage.peakMebibytes)
        print(line.text)
        return answer
    }
}
