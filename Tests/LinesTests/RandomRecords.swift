import Lines

/// Records of any type, drawn from their columns, with the values that formats stumble on.
enum RandomRecords {
    /// A record of `R`, or what its own `init` refused.
    static func make<R: LineRecord>(_ type: R.Type, _ generator: inout SplitMix64) throws(LineError) -> R {
        let match = MatchName(round: slug(&generator), number: Int.random(in: 1...Int.max, using: &generator))
        var fields: [Field] = []
        for column in R.columns {
            if column.name == "match" {
                fields.append(.text(match.description))
            } else if R.name == "match" && column.name == "round" {
                fields.append(.text(match.round))
            } else if R.name == "error" && column.name == "error" {
                fields.append(.text("error"))
            } else if column.name == "related" {
                let count = Int.random(in: 0...3, using: &generator)
                fields.append(.list((0..<count).map { _ in relation(&generator) }))
            } else {
                fields.append(field(column, &generator))
            }
        }
        return try R(fields: fields)
    }

    static func slug(_ generator: inout SplitMix64) -> String {
        generator.pick([
            "a", "0", "fablab-nantes", "impression-3d", String(repeating: "z", count: 63), "1-2-3",
        ])
    }

    static func text(_ generator: inout SplitMix64) -> String {
        let fragments = [
            "=1+1", "+33", "-x", "@now", "'", "''", "\"", "\"\"", ",", ";", " ", "a", "é", "e\u{301}", "東京",
            "👩‍👩‍👧", "🇫🇷",
            "\\", "\\n", "{}", "[", "null", "0", "\u{FEFF}", "\u{A0}", "\u{200B}", "\u{301}", "#", "--", "É",
            "œuvre",
            "<b>", "%s", "\u{10FFFF}", "#REF!", "1,5", "1.5", "true",
        ]
        while true {
            var result = ""
            for _ in 0..<Int.random(in: 1...5, using: &generator) { result += generator.pick(fragments) }
            if result != "-" { return result }
        }
    }

    private static func relation(_ generator: inout SplitMix64) -> String {
        SkillRelation(skill: slug(&generator), strength: generator.pick([0, 1, 450_000, 1_000_000]))
            .description
    }

    private static func field(_ column: Column, _ generator: inout SplitMix64) -> Field {
        if !column.isRequired && column.kind != .list && generator.chance(25) { return .absent }
        switch column.kind {
        case .text: return .text(text(&generator))
        case .slug: return .text(slug(&generator))
        case .code:
            return .text(generator.pick(["fablab", "accepted_provider", "*", "2A004", "-a", "on-site"]))
        case .integer, .ppm: return .integer(integer(&generator))
        case .decimal(let places):
            return .decimal(orAbsent: FixedDecimal(units: integer(&generator), places: places))
        case .list:
            let count = generator.pick([0, 0, 1, 2, 5])
            return .list(
                (0..<count).map { _ in text(&generator) }.filter { !$0.utf8.contains(UInt8(ascii: ",")) })
        case .date: return .text(generator.pick(["0001-01-01", "2024-02-29", "2027-03-01", "9999-12-31"]))
        case .timestamp: return .text(generator.pick(["2027-03-01T00:00:00Z", "1999-12-31T23:59:59Z"]))
        }
    }

    private static func integer(_ generator: inout SplitMix64) -> Int {
        generator.chance(60)
            ? generator.pick([0, 1, -1, 9, 10, 999_999, 1_000_000, Int.max, Int.min, -1_000_001])
            : Int.random(in: Int.min...Int.max, using: &generator)
    }
}
