import Lines

/// Which header of a file of communes stands for which column, as `--map column=Header` says.
package struct TerritoryMap: Sendable {
    private let pairs: [(column: String, header: String)]

    /// - Parameter pairs: each as it is typed.
    /// - Throws: `bad-option` for one that is no pair.
    package init(_ pairs: [String] = []) throws(EntraideError) {
        var read: [(column: String, header: String)] = []
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw Self.refusal(pair, "code_insee=…") }
            read.append((parts[0], parts[1]))
        }
        self.pairs = read
    }

    /// The place of each column that is given.
    ///
    /// - Parameters:
    ///   - headers: the header of the file.
    ///   - expected: the columns, to be told when one is none of them.
    ///   - column: what a word on the left stands for; nil for nothing.
    /// - Throws: `bad-option`; `missing-column` for a header that the file does not have.
    func places<Column: Hashable>(
        among headers: [String], expected: String, column: (String) -> Column?
    ) throws(EntraideError) -> [Column: Int] {
        var places: [Column: Int] = [:]
        for (word, header) in pairs {
            guard let found = column(word) else { throw Self.refusal("\(word)=\(header)", expected) }
            let wanted = HeaderWords.plain(header)
            guard let place = headers.firstIndex(where: { HeaderWords.plain($0) == wanted }) else {
                throw EntraideError(
                    .missingColumn,
                    ["column": word, "headers": headers.map { excerpt(of: $0) }.joined(separator: ", ")])
            }
            places[found] = place
        }
        return places
    }

    private static func refusal(_ pair: String, _ expected: String) -> EntraideError {
        EntraideError(.badOption, ["option": "--map", "value": excerpt(of: pair), "expected": expected])
    }
}
