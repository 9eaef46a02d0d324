/// The distinct words of a vocabulary, and those that a given word may mean.
///
/// Problem: among n terms, those that are the word itself, of its stem, begin like it, or are one or two slips away,
/// without comparing it with all of them. Stems and beginnings are found in a table and in a sorted list; for slips,
/// a term within d slips of a word of m letters shares at least m + 1 − 3d of its letter pairs, both ends marked
/// (a letter added, dropped or changed undoes two pairs, a swap three), so that only terms which share as many are
/// compared.
///
/// E. Ukkonen, "Approximate string matching with q-grams and maximal matches", TCS 92 (1992).
struct TermIndex: Sendable {
    /// How a term answers to a word.
    enum Likeness: String, Sendable, Comparable {
        case same, form, beginning, family, slip

        static func < (left: Likeness, right: Likeness) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .same: 0
            case .form: 1
            case .beginning: 2
            case .family: 3
            case .slip: 4
            }
        }
    }

    /// A term that a word may mean.
    struct Near: Sendable, Equatable {
        /// Its place among the terms.
        let term: Int
        /// How sure that is, percent.
        let quality: Int
        let likeness: Likeness
    }

    /// In the order of their scalars.
    let terms: [String]
    private let scalars: [[Unicode.Scalar]]
    /// Whether a term is nothing but two neighbours written as one: no word begins like it.
    private let isJoined: [Bool]
    private let byText: [String: Int]
    private let byStem: [String: [Int]]
    private let byPair: [UInt64: [Int]]

    /// The index of these words, and of neighbours written as one; repeats count once.
    init(_ words: [SearchWord], joined: [SearchWord]) {
        var stems: [String: String] = [:]
        for word in words + joined { stems[word.text] = word.stem }
        let single = Set(words.map(\.text))
        terms = stems.keys.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
        scalars = terms.map { Array($0.unicodeScalars) }
        isJoined = terms.map { !single.contains($0) }
        var byText: [String: Int] = [:]
        var byStem: [String: [Int]] = [:]
        var byPair: [UInt64: [Int]] = [:]
        for (index, term) in terms.enumerated() {
            byText[term] = index
            byStem[stems[term] ?? term, default: []].append(index)
            for pair in Set(Self.pairs(of: scalars[index])) { byPair[pair, default: []].append(index) }
        }
        self.byText = byText
        self.byStem = byStem
        self.byPair = byPair
    }

    /// The place of a term.
    subscript(text: String) -> Int? { byText[text] }

    /// Terms by stem, each in one family.
    var families: some Collection<[Int]> { byStem.values }

    /// The terms of the same stem as `word`, itself included.
    func family(of word: SearchWord) -> [Int] { byStem[word.stem] ?? [] }

    /// The terms that `word` may mean, each once. Slips are looked for, if need be, when no term is the word: what is
    /// spelt right means itself. Two slips only from eight letters on, when no term is of its stem either.
    ///
    /// - Complexity: O(terms that share letter pairs with the word · length) at worst, O(log terms) when it is known.
    func near(_ word: SearchWord, withSlips: Bool = true) -> [Near] {
        var found: [Int: Near] = [:]
        func add(_ term: Int, _ quality: Int, _ likeness: Likeness) {
            if let known = found[term], known.quality >= quality { return }
            found[term] = Near(term: term, quality: quality, likeness: likeness)
        }
        if let term = byText[word.text] { add(term, 100, .same) }
        let isKnown = !found.isEmpty
        for term in family(of: word) { add(term, 90, .form) }
        let hasFamily = !found.isEmpty
        if !word.isWeak {
            let letters = Array(word.text.unicodeScalars)
            addBeginnings(of: letters, add)
            if !isKnown, withSlips {
                addSlips(of: letters, atMost: hasFamily || letters.count < 8 ? 1 : 2, add)
            }
        }
        return found.values.sorted { $0.term < $1.term }
    }

    /// Terms that begin with the word, or share a long beginning with it: `compta`, `traduire` and `traduction`.
    private func addBeginnings(of word: [Unicode.Scalar], _ add: (Int, Int, Likeness) -> Void) {
        guard word.count >= 3 else { return }
        let shared = word.prefix(5)
        for index in firstTerm(from: shared)..<terms.count {
            let term = scalars[index]
            guard term.starts(with: shared) else { break }
            if isJoined[index] { continue }
            let common = zip(term, word).prefix { $0 == $1 }.count
            if common == word.count, common < term.count {
                add(index, word.count > 3 ? 80 : 60, .beginning)
            } else if common >= 5, 2 * common >= max(term.count, word.count) {
                add(index, 20 + 80 * common / max(term.count, word.count), .family)
            }
        }
    }

    /// Terms at most so many slips away.
    private func addSlips(
        of word: [Unicode.Scalar], atMost slips: Int, _ add: (Int, Int, Likeness) -> Void
    ) {
        guard word.count >= 4, word.count <= 40 else { return }
        let pairs = Set(Self.pairs(of: word))
        let needed = max(1, pairs.count - 3 * slips)
        var shared = [UInt8](repeating: 0, count: terms.count)
        for pair in pairs {
            for term in byPair[pair] ?? [] {
                shared[term] += 1
                // At most 41 pairs: no count passes what a byte holds.
                guard Int(shared[term]) == needed, abs(scalars[term].count - word.count) <= slips,
                    let distance = EditDistance.between(word, scalars[term], atMost: slips)
                else { continue }
                add(term, distance < 2 ? 80 : 65, .slip)
            }
        }
    }

    private func firstTerm(from beginning: ArraySlice<Unicode.Scalar>) -> Int {
        var low = 0
        var high = terms.count
        while low < high {
            let middle = (low + high) / 2
            if scalars[middle].lexicographicallyPrecedes(beginning) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// Each two neighbours, both ends marked.
    private static func pairs(of word: [Unicode.Scalar]) -> [UInt64] {
        var pairs: [UInt64] = []
        var last: UInt32 = 0
        for scalar in word {
            pairs.append(UInt64(last) << 32 | UInt64(scalar.value))
            last = scalar.value
        }
        pairs.append(UInt64(last) << 32)
        return pairs
    }
}
