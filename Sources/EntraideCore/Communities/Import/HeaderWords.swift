import Lines

/// The words that headers are made of, in French and in English: `header-words.csv`, beside this file. The first words
/// of a column are preferred to later ones; a final ` *` stands for any words.
package struct HeaderWords {
    private var exact: [String: (use: ColumnUse, rank: Int)] = [:]
    private var prefixes: [(words: String, use: ColumnUse, rank: Int)] = []

    /// The words that come with the program.
    package init() throws(EntraideError) {
        var rank = 0
        for (column, words) in try PlaceTables.rows(PackageResources.header_words_csv) {
            guard let use = ColumnUse(text: column) else {
                throw EntraideError(.internalFailure, ["what": "header-words.csv: \(column)"])
            }
            rank += 1
            if words.hasSuffix(" *") {
                prefixes.append((String(words.dropLast()), use, rank))
            } else {
                exact[Self.plain(words)] = (use, rank)
            }
        }
    }

    /// What a header is for, and how far down the list: a lower rank is a better word. Nil when it is not known.
    package func use(of header: String) -> (use: ColumnUse, rank: Int)? {
        let plain = Self.plain(header)
        if let known = exact[plain] { return known }
        // `Latitude (WGS84)`, `Nom (obligatoire)`.
        if let bracket = header.firstIndex(of: "("), let known = exact[Self.plain(header[..<bracket])] {
            return known
        }
        return prefixes.first { plain.hasPrefix($0.words) }.map { ($0.use, $0.rank) }
    }

    /// Letters and digits alone, without case or accents: `N° SIRET *` is `n siret`.
    static func plain(_ header: some StringProtocol) -> String {
        let folded = Folding.fold(header)
        return folded.unicodeScalars.split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
            .map { String($0) }.joined(separator: " ")
    }
}
