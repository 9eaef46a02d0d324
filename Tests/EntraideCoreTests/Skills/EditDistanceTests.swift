import Testing

@testable import EntraideCore

// The distance is internal to the module; what it serves is tested through `Vocabulary`.
@Suite("Edit distance")
struct EditDistanceTests {
    @Test(
        "It counts letters to add, drop, change or swap",
        arguments: [
            ("", "", 0), ("", "abc", 3), ("abc", "abc", 0), ("abc", "abd", 1), ("abc", "acb", 1),
            ("abc", "ab", 1),
            ("ca", "abc", 3), ("kitten", "sitting", 3), ("é", "e", 1),
        ])
    func distances(left: String, right: String, distance: Int) {
        #expect(EditDistance.between(left, right) == distance)
        #expect(EditDistance.between(right, left) == distance)
    }

    @Test("It agrees with the plain recursion on every pair of words of up to four letters of two")
    func agreesWithRecursion() {
        var words = [""]
        for length in 0..<4 {
            words += words.filter { $0.count == length }.flatMap { [$0 + "a", $0 + "b"] }
        }
        for left in words {
            for right in words {
                let distance = plain(Array(left)[...], Array(right)[...])
                #expect(EditDistance.between(left, right) == distance)
                let (a, b) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
                for limit in 0...4 {
                    let near = EditDistance.between(a, b, atMost: limit)
                    #expect(near == (distance <= limit ? distance : nil), "\(left) \(right) \(limit)")
                }
            }
        }
    }

    private func plain(_ a: ArraySlice<Character>, _ b: ArraySlice<Character>) -> Int {
        guard let x = a.last, let y = b.last else { return max(a.count, b.count) }
        var best = min(
            plain(a.dropLast(), b) + 1, plain(a, b.dropLast()) + 1,
            plain(a.dropLast(), b.dropLast()) + (x == y ? 0 : 1))
        if a.count > 1, b.count > 1, x == b.dropLast().last, y == a.dropLast().last {
            best = min(best, plain(a.dropLast(2), b.dropLast(2)) + 1)
        }
        return best
    }
}
