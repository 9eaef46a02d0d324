/// The results of `work` on parts of a list of needs, in the order of the parts, found on all cores: the same
/// whatever their number. Throws `stopped` when the task is cancelled.
func onAllCores<Part: Sendable>(
    _ needs: [Int32], _ work: @escaping @Sendable (ArraySlice<Int32>) -> Part
) async throws(MatchingError) -> [Part] {
    // Large enough that handing out costs nothing, small enough that the cores end together.
    let size = 1024
    let parts = await withTaskGroup(of: (Int, Part)?.self) { group in
        for (number, start) in stride(from: 0, to: needs.count, by: size).enumerated() {
            group.addTask {
                Task.isCancelled ? nil : (number, work(needs[start..<min(needs.count, start + size)]))
            }
        }
        var parts = [Part?](repeating: nil, count: (needs.count + size - 1) / size)
        for await case (let number, let part)? in group { parts[number] = part }
        return parts
    }
    let done = parts.compactMap { $0 }
    guard done.count == parts.count else { throw MatchingError(.stopped, "round") }
    return done
}
