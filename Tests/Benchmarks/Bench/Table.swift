import ArgumentParser

/// Writes a table of made-up communities, as a spreadsheet would keep them, and the communes that it names.
///
/// One row in a hundred repeats the name of an earlier neighbour, in other words or with a slip; one in two hundred has
/// no name, none with a letter in it, or one too long to keep; one in fifty names a skill that nobody knows. The same seed gives
/// the same bytes.
struct Table: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a table of made-up communities, and the communes that it names.")

    @Option(help: "How many rows.") var rows = 1_000_000
    @Option(help: "Another seed gives other rows.") var seed = 1
    @Argument(help: "The table to write.") var file: String
    @Argument(help: "The communes to write.") var communesFile: String

    func validate() throws {
        guard (0...10_000_000).contains(rows) else { throw ValidationError("--rows is 0…10000000") }
    }

    func run() async throws {
        var table = MadeUpTable(rows: rows, seed: seed)
        try write(communesFile) { output in
            output("code_insee,nom,code_postal,departement,region,lat,lon,population_2021,type\n")
            for commune in table.communes { output(commune.line) }
        }
        try write(file) { output in
            output(
                "identifiant,nom,type,code insee,latitude,longitude,compétences proposées,besoins,contact\r\n"
            )
            for row in 0..<rows { output(table.row(row)) }
        }
    }

    /// Writes a file, a mebibyte at a time.
    private func write(_ path: String, _ body: ((String) -> Void) -> Void) throws {
        let output = try OutputFile(path: path)
        var block: [UInt8] = []
        var failure: Refusal?
        func flush() {
            do throws(Refusal) { try output.write(block) } catch { failure = failure ?? error }
            block.removeAll(keepingCapacity: true)
        }
        body { text in
            block.append(contentsOf: text.utf8)
            if block.count >= 1 << 20 { flush() }
        }
        flush()
        if let failure { throw failure }
    }
}

/// A country of made-up communes and its communities, one row at a time.
struct MadeUpTable {
    /// A made-up commune.
    struct Commune {
        let code: String
        let name: String
        let latitudeE6: Int
        let longitudeE6: Int

        var line: String {
            "\(code),\(name),\(code),\(code.prefix(2)),99,\(degrees(latitudeE6)),\(degrees(longitudeE6)),1000,COM\n"
        }
    }

    let communes: [Commune]
    private var numbers: SplitMix64
    /// The last names of places, for those that resemble one.
    private var names: [(name: String, commune: Int)] = []

    private static let remembered = 1000

    /// About 30 communities a commune, as France would have with a million.
    init(rows: Int, seed: Int) {
        var numbers = SplitMix64(seed: seed)
        communes = (0..<min(34_000, max(10, rows / 30))).map { index in
            let departement = index % 95 + 1
            let within = index / 95 + 1
            return Commune(
                code: padded(departement, 2) + padded(within, 3),
                name: "Bourg-\(capitalized(TableWords.things[index % 40]))-\(index)",
                latitudeE6: 42_500_000 + numbers.below(8_000_000),
                longitudeE6: -1_500_000 + numbers.below(8_500_000))
        }
        self.numbers = numbers
    }

    /// The next row, with its line end.
    mutating func row(_ index: Int) -> String {
        var commune = skewed(communes.count)
        var name = newName()
        if numbers.below(100) == 0, !names.isEmpty {
            let other = names[numbers.below(names.count)]
            (name, commune) = (resembling(other.name), other.commune)
        }
        if names.count < Self.remembered {
            names.append((name, commune))
        } else {
            names[index % Self.remembered] = (name, commune)
        }
        switch numbers.below(600) {
        case 0: name = ""
        case 1: name = "!?"
        case 2: name = String(repeating: name + " ", count: 12)
        default: break
        }
        let place = communes[commune]
        let latitude = place.latitudeE6 + numbers.below(40_000) - 20_000
        let longitude = place.longitudeE6 + numbers.below(40_000) - 20_000
        return
            "F\(padded(index, 7)),\(name),\(TableWords.kinds[numbers.below(4)]),\(place.code),\(degrees(latitude)),"
            + "\(degrees(longitude)),\(skills(upTo: 3)),\(skills(upTo: 2)),contact@f\(padded(index, 7)).example\r\n"
    }

    private mutating func newName() -> String {
        let noun = TableWords.nouns[numbers.below(20)]
        let quality = TableWords.qualities[numbers.below(20)]
        let thing = TableWords.things[numbers.below(40)]
        let other = TableWords.things[numbers.below(40)]
        return "\(noun) \(quality) des \(thing) et des \(other)"
    }

    /// The same in capitals, without its last word, or with a letter astray.
    private mutating func resembling(_ name: String) -> String {
        switch numbers.below(3) {
        case 0: name.uppercased()
        case 1: name.split(separator: " ").dropLast(3).joined(separator: " ")
        default: name.replacing("des", with: "dse", maxReplacements: 1)
        }
    }

    /// Low numbers more often than high ones.
    private mutating func skewed(_ count: Int) -> Int { min(numbers.below(count), numbers.below(count)) }

    private mutating func skills(upTo most: Int) -> String {
        var labels: [String] = []
        for _ in 0..<numbers.below(most + 1) {
            let label =
                numbers.below(100) == 0
                ? TableWords.unknownSkills[numbers.below(3)]
                : TableWords.skills[skewed(TableWords.skills.count)]
            if !labels.contains(label) { labels.append(label) }
        }
        return labels.joined(separator: "|")
    }
}

/// A number with at least so many digits.
private func padded(_ number: Int, _ width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

/// Millionths of a degree as degrees.
private func degrees(_ millionths: Int) -> String {
    (millionths < 0 ? "-" : "")
        + "\(millionths.magnitude / 1_000_000).\(padded(Int(millionths.magnitude % 1_000_000), 6))"
}

/// A word with its first letter large.
private func capitalized(_ word: String) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
}
