import Proof
import Testing

/// `Instance.oneOfferTwoNeeds` where the first match of community 2 adds 250 more: then its need is the better one.
private let instance: Instance = {
    var instance = Instance.oneOfferTwoNeeds
    instance.communities[2].extra = 250
    return instance
}()

private let lines: [Substring] = [
    "p match 3 1 2 2", "B 300 50", "F 2 250", "C 0 2 0", "C 1 0 1", "C 2 0 2", "O 0 0 1", "N 0 1 1",
    "N 1 2 1",
    "E 0 0 900", "E 1 0 700",
]

private func failure(_ lines: [Substring]) -> InstanceTextError? {
    do throws(InstanceTextError) {
        _ = try Instance(parsing: lines)
        return nil
    } catch {
        return error
    }
}

/// The failure of the text with these lines in the place of its F line.
private func failure(extras: [Substring]) -> InstanceTextError? {
    failure(Array(lines[..<2]) + extras + lines[3...])
}

@Suite("What a receiver's own first match adds")
struct ReceiptExtraTests {
    @Test("It counts once, at the first match, in the objective and in the bound")
    func counted() {
        // The offer costs what the first need would have gained: 900 + 300.
        let prices = Prices(
            providers: [0, 0, 0], receivers: [0, -300, -500], needs: [0, 0], offers: [1_200])
        let verdict = check(
            instance, matches: [1], prices: prices, claimedObjective: 1_250, claimedBound: 1_250)
        #expect(verdict == .optimal(objective: 1_250))
        let other = check(
            instance, matches: [0], prices: prices, claimedObjective: 1_200, claimedBound: 1_250)
        #expect(other == .notProven(objective: 1_200, bound: 1_250))
        let forgotten = check(
            instance, matches: [1], prices: prices, claimedObjective: 1_000, claimedBound: 1_000)
        #expect(
            forgotten
                == .rejected([
                    .objectiveDiffers(claimed: 1_000, found: 1_250),
                    .boundDiffers(claimed: 1_000, found: 1_250),
                ]))
    }

    @Test("Where there is no other bonus, it is the first step alone")
    func alone() {
        var alone = instance
        alone.bonuses = []
        let prices = Prices(providers: [0, 0, 0], receivers: [0, 0, -50], needs: [0, 0], offers: [900])
        // 900 for the offer, 250 − 50 for the first step of community 2, nothing for its second: 1,100. It takes 950.
        #expect(
            check(alone, matches: [1], prices: prices, claimedObjective: 950, claimedBound: 1_100)
                == .notProven(objective: 950, bound: 1_100))
        let better = Prices(providers: [0, 0, 0], receivers: [0, 0, -250], needs: [0, 0], offers: [950])
        #expect(
            check(alone, matches: [1], prices: better, claimedObjective: 950, claimedBound: 950)
                == .optimal(objective: 950))
    }

    @Test("Below 0 it is a fault, and placed in the text")
    func negative() {
        var bad = instance
        bad.communities[0].extra = 1
        bad.communities[2].extra = -1
        #expect(faults(of: bad) == [.negativeExtra(community: 2)])
        #expect(bad.line(of: .negativeExtra(community: 2)) == 4)
        #expect(bad.line(of: .negativeGive(community: 0)) == 5)
        bad.communities[2].extra = .max
        bad.bonuses = [.max]
        #expect(
            check(bad, matches: [1], prices: Prices(freeFor: bad), claimedObjective: 0, claimedBound: 0)
                == .rejected([.overflow]))
    }

    @Test("Its lines stand before the communities, and only where it is not 0")
    func text() throws {
        var written: [Substring] = []
        instance.writeLines { written.append(Substring($0)) }
        #expect(written == lines)
        #expect(try Instance(parsing: lines) == instance)
        #expect(try Instance(parsing: Array(lines[..<2]) + Array(lines[3...])) == .oneOfferTwoNeeds)
        for count in 1..<lines.count {
            #expect(failure(Array(lines.prefix(count))) == .init(line: count + 1, reason: .cut))
        }
    }

    @Test("Its lines are refused out of order, twice, without a community, at 0, or in another place")
    func refused() {
        #expect(failure(extras: ["F 0 5", "F 2 250"]) == nil)
        #expect(failure(extras: ["F 2 250", "F 0 5"]) == .init(line: 4, reason: .identifier))
        #expect(failure(extras: ["F 2 250", "F 2 250"]) == .init(line: 4, reason: .identifier))
        #expect(failure(extras: ["F 3 250"]) == .init(line: 3, reason: .identifier))
        #expect(failure(extras: ["F 2 0"]) == .init(line: 3, reason: .number))
        #expect(failure(extras: ["F 2 -1"]) == .init(line: 3, reason: .number))
        #expect(failure(extras: ["F 2"]) == .init(line: 3, reason: .fieldCount))
        #expect(failure(extras: ["F 2 250 1"]) == .init(line: 3, reason: .fieldCount))
        #expect(failure(extras: ["F 2 2147483648"]) == .init(line: 3, reason: .tooLarge))
        let late = Array(lines[..<2]) + lines[3...4] + ["F 2 250"] + lines[5...]
        #expect(failure(late) == .init(line: 5, reason: .kind))
    }

    @Test("It stays with the receiver where a community is taken as two")
    func apart() {
        var loop = instance
        loop.needs[1].community = 0
        loop.communities[0] = .init(give: 1, receive: 1, extra: 7)
        #expect(loop.withGiversApart().communities.map(\.extra) == [0, 0, 0, 7, 0, 250])
    }
}
