import Testing

@testable import EntraideHTTP

@Suite("A bounded table of token buckets")
struct BucketTableTests {
    /// The same, by a list that is searched from its end to its beginning; the last is the newest.
    private struct Plain {
        var entries: [(key: Int, fullAt: Int)] = []

        mutating func take(_ key: Int, interval: Int, burst: Int, now: Int, capacity: Int) -> Int? {
            let place = entries.firstIndex { $0.key == key }
            var entry = place.map { entries.remove(at: $0) } ?? (key: key, fullAt: now)
            if entries.count == capacity { entries.removeFirst() }
            defer { entries.append(entry) }
            let fullAt = max(entry.fullAt, now) + interval
            guard fullAt <= now + burst * interval else { return fullAt - now - burst * interval }
            entry.fullAt = fullAt
            return nil
        }
    }

    @Test("It gives a burst, then one at each interval, and says how long to wait")
    func bucket() {
        var table = BucketTable<String>(capacity: 4)
        for _ in 0..<5 { #expect(table.take("a", interval: 10, burst: 5, now: 100) == nil) }
        #expect(table.take("a", interval: 10, burst: 5, now: 100) == 10)
        #expect(table.take("a", interval: 10, burst: 5, now: 103) == 7)
        #expect(table.take("b", interval: 10, burst: 5, now: 103) == nil)
        #expect(table.take("a", interval: 10, burst: 5, now: 110) == nil)
        #expect(table.take("a", interval: 10, burst: 5, now: 110) == 10)
        // Idle for however long, it holds a burst and no more.
        for _ in 0..<5 { #expect(table.take("a", interval: 10, burst: 5, now: 9000) == nil) }
        #expect(table.take("a", interval: 10, burst: 5, now: 9000) == 10)
    }

    @Test("However many keys come, it holds so many; the one unused for longest has gone")
    func capacity() {
        var table = BucketTable<Int>(capacity: 1000)
        for key in 0..<100_000 {
            #expect(table.take(key, interval: 10, burst: 1, now: key) == nil)
            if key > 0 { #expect(table.take(0, interval: 10, burst: 0, now: key) != nil) }
        }
        #expect(table.count == 1000 && table.contains(0) && table.contains(99_999) && table.contains(99_001))
        #expect(!table.contains(99_000))
    }

    @Test("It agrees with a plain list over takings and removals at random")
    func oracle() {
        var random = SystemRandomNumberGenerator()
        for capacity in [1, 2, 3, 8] {
            var table = BucketTable<Int>(capacity: capacity)
            var plain = Plain()
            var now = 0
            for _ in 0..<5000 {
                now += Int.random(in: 0...3, using: &random)
                let key = Int.random(in: 0..<12, using: &random)
                if Int.random(in: 0..<6, using: &random) == 0 {
                    table.remove(key)
                    plain.entries.removeAll { $0.key == key }
                } else {
                    let wanted = plain.take(key, interval: 7, burst: 2, now: now, capacity: capacity)
                    #expect(table.take(key, interval: 7, burst: 2, now: now) == wanted)
                }
                #expect(table.count == plain.entries.count)
                #expect(
                    (0..<12).allSatisfy { key in
                        table.contains(key) == plain.entries.contains { $0.key == key }
                    })
            }
        }
    }
}
