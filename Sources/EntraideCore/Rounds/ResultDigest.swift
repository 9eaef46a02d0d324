import Matching
import Proof

/// The digest of a result: objective and bound, matched candidates, prices; where mutual help was sought, the rings and
/// the multipliers. It names nobody and can be made anew from the published instance, the matches and the prices alone.
enum ResultDigest {
    static func of(
        matches: [Int], prices: Prices, mutual: MutualResult?, objective: Int, bound: Int
    ) -> String {
        var digest = LineDigest()
        digest.add("result \(objective) \(bound)")
        for candidate in matches { digest.add("M \(candidate)") }
        for (n, price) in prices.providers.enumerated() { digest.add("P \(n) \(price)") }
        for (n, price) in prices.receivers.enumerated() { digest.add("R \(n) \(price)") }
        for (n, price) in prices.offers.enumerated() { digest.add("O \(n) \(price)") }
        for (n, price) in prices.needs.enumerated() { digest.add("N \(n) \(price)") }
        if let mutual {
            for ring in mutual.rings {
                digest.add((["C"] + ring.map { String($0) }).joined(separator: " "))
            }
            for one in mutual.multipliers { digest.add("L \(one.provider) \(one.receiver) \(one.value)") }
        }
        return digest.hexadecimal
    }
}

extension Instance {
    /// The digest of the text form.
    var digest: String {
        var digest = LineDigest()
        writeBlocks { digest.add(lines: $0) }
        return digest.hexadecimal
    }
}
