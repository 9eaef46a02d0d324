/// A set of codes of a closed list of at most eight, one bit each in the order of the list.
struct CodeSet: Sendable, Hashable, BitwiseCopyable {
    /// Bit k stands for the k-th code of the list.
    private(set) var bits: UInt8 = 0

    private init(bits: UInt8) { self.bits = bits }

    /// The set of some codes.
    init<Code: CaseIterable & Equatable>(_ codes: [Code]) {
        var bit: UInt8 = 1
        for code in Code.allCases {
            if codes.contains(code) { bits |= bit }
            bit <<= 1
        }
    }

    /// No code.
    static let none = CodeSet(bits: 0)

    /// Every code there is or could be.
    static let all = CodeSet(bits: .max)

    var isEmpty: Bool { bits == 0 }

    var count: Int { bits.nonzeroBitCount }

    func intersects(_ other: CodeSet) -> Bool { bits & other.bits != 0 }

    mutating func formUnion(_ other: CodeSet) { bits |= other.bits }

    func intersection(_ other: CodeSet) -> CodeSet { CodeSet(bits: bits & other.bits) }
}

/// A set of the languages of a round, by their numbers 0…255.
struct LanguageSet: Sendable, Hashable, BitwiseCopyable {
    private var words = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))

    /// No language.
    init() {}

    /// Adds the language with this number, 0…255.
    mutating func insert(_ number: Int) {
        let bit = UInt64(1) << UInt64(number % 64)
        switch number / 64 {
        case 0: words.0 |= bit
        case 1: words.1 |= bit
        case 2: words.2 |= bit
        default: words.3 |= bit
        }
    }

    func intersects(_ other: LanguageSet) -> Bool { common(other) != 0 }

    /// Not 0 where the two share a language.
    func common(_ other: LanguageSet) -> UInt64 {
        (words.0 & other.words.0) | (words.1 & other.words.1) | (words.2 & other.words.2)
            | (words.3 & other.words.3)
    }

    mutating func formUnion(_ other: LanguageSet) {
        words.0 |= other.words.0
        words.1 |= other.words.1
        words.2 |= other.words.2
        words.3 |= other.words.3
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
    }

    static func == (a: LanguageSet, b: LanguageSet) -> Bool { a.words == b.words }
}
