/// The place of each slug in a list sorted by bytes.
///
/// A dictionary only answers lookups here: nothing iterates over it, so its order cannot reach a result.
struct SlugIndex: Sendable {
    private let places: [String: Int]

    /// Indexes a list; the first of equal slugs wins.
    init(sorted slugs: [String]) {
        places = Dictionary(slugs.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The place of `slug`, or nil. O(1).
    subscript(slug: String) -> Int? { places[slug] }
}
