import Lines

/// The skills of a file, row by row: what can come in beside the skills that are there, and what is refused.
///
/// Problem: rows refer to each other (broader, related), so that a row that is refused takes with it those that need
/// it, unless its skill is there already.
/// Invariant: the skills that come in, with those that are there, refer to nothing unknown, and no skill is above
/// itself.
/// Complexity: linear in the rows and their relations, once more for each circle found.
package struct SkillRows: Sendable {
    /// A row that did not come in, and why. Rows count by the line they begin on.
    package struct Refusal: Sendable, Equatable {
        package let row: Int
        package let error: EntraideError
    }

    /// Rows of any sort.
    package private(set) var read = 0
    /// Rows left out, in the file's order once all is checked.
    package private(set) var refused: [Refusal] = []
    /// Where a line break inside a cell became a space.
    package private(set) var mended: [Place] = []

    private let file: String
    private var rows: [(row: Int, skill: Skill)] = []
    /// Per row, whether it may come in.
    private var stands: [Bool] = []

    /// The rows of a file, each checked by itself. The format is ndjson when the file opens with `{`, text when its
    /// first line has a TAB, csv otherwise, with semicolons or commas.
    ///
    /// - Throws: `empty-file`, or what is wrong with the header.
    package init(_ bytes: [UInt8], file: String) throws(EntraideError) {
        self.file = file
        var seen: Set<String> = []
        do {
            for line in try LineReader.read(
                SkillRecord.self, bytes: bytes, format: Self.format(of: bytes), dialect: .suggested(by: bytes)
            ) {
                read += 1
                mended += line.notices.map {
                    Place(file: file, line: $0.line, column: $0.column, field: $0.field)
                }
                do {
                    let skill = try Self.skill(of: try line.record.get())
                    guard seen.insert(skill.slug).inserted else {
                        throw EntraideError(
                            .duplicateInFile, ["value": skill.slug], at: Place(field: "skill"))
                    }
                    rows.append((line.line, skill))
                    stands.append(true)
                } catch {
                    refuse(line.line, EntraideError(any: error))
                }
            }
        } catch {
            throw EntraideError(any: error).within(file: file)
        }
        if read == 0 { throw EntraideError(.emptyFile, at: Place(file: file)) }
    }

    /// The skills that come in beside `known`, in the file's order. What is refused on the way is listed.
    package mutating func accept(beside known: [Skill]) -> [Skill] {
        let vocabulary = Vocabulary(known)
        refuseUnknown(beside: vocabulary)
        while refuseCircles(beside: vocabulary) { refuseUnknown(beside: vocabulary) }
        refused.sort { $0.row < $1.row }
        return rows.indices.filter { stands[$0] }.map { index in
            var skill = rows[index].skill
            // Relations are stored without an order of their own.
            skill.related.sort { $0.slug < $1.slug }
            return skill
        }
    }

    private mutating func refuse(_ row: Int, _ error: EntraideError) {
        refused.append(Refusal(row: row, error: error.within(file: file, line: row)))
    }

    /// Refuses rows that refer to a skill that stands neither in the file nor in `known`, then those that refer to
    /// these, and so on.
    private mutating func refuseUnknown(beside known: Vocabulary) {
        var dependents: [String: [Int]] = [:]
        var waiting: [Int] = []
        let given = Set(rows.indices.filter { stands[$0] }.map { rows[$0].skill.slug })
        var standing = given
        for index in rows.indices where stands[index] {
            for (slug, _) in Self.references(of: rows[index].skill) where known[slug] == nil {
                dependents[slug, default: []].append(index)
                if !given.contains(slug) { waiting.append(index) }
            }
        }
        while let index = waiting.popLast() {
            guard stands[index] else { continue }
            let skill = rows[index].skill
            let missing = Self.references(of: skill).first {
                known[$0.slug] == nil && !standing.contains($0.slug)
            }
            guard let missing else { continue }
            stands[index] = false
            standing.remove(skill.slug)
            refuse(rows[index].row, known.unknown(missing.slug, at: Place(field: missing.field)))
            if known[skill.slug] == nil { waiting += dependents[skill.slug] ?? [] }
        }
    }

    /// Refuses the rows of every circle of broader skills; true when there was one.
    private mutating func refuseCircles(beside known: Vocabulary) -> Bool {
        var broader: [String: String] = [:]
        for skill in known.skills { broader[skill.slug] = skill.broader }
        var rowOf: [String: Int] = [:]
        for index in rows.indices where stands[index] {
            broader[rows[index].skill.slug] = rows[index].skill.broader
            rowOf[rows[index].skill.slug] = index
        }
        var circles = false
        var seenFrom: [String: Int] = [:]
        for start in rows.indices where stands[start] {
            var path: [String] = []
            var next: String? = rows[start].skill.slug
            while let slug = next, seenFrom[slug] == nil {
                seenFrom[slug] = start
                path.append(slug)
                next = broader[slug]
            }
            // Met again on the way that began here: what lies between is a circle.
            guard let met = next, seenFrom[met] == start, let first = path.firstIndex(of: met) else {
                continue
            }
            for slug in path[first...] {
                guard let index = rowOf[slug] else { continue }
                circles = true
                stands[index] = false
                refuse(
                    rows[index].row,
                    EntraideError(.malformed, ["what": "broader-circle"], at: Place(field: "broader")))
            }
        }
        return circles
    }

    /// What a skill refers to, with the column that says so.
    private static func references(of skill: Skill) -> [(slug: String, field: String)] {
        (skill.broader.map { [($0, "broader")] } ?? [])
            + skill.related.enumerated().map { ($1.slug, "related[\($0)]") }
    }

    private static func format(of bytes: [UInt8]) -> LineFormat {
        let text = bytes.withoutByteOrderMark.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        if text.first == UInt8(ascii: "{") { return .ndjson }
        return text.prefix { $0 != UInt8(ascii: "\n") }.contains(0x09) ? .text : .csv
    }
}

extension SkillRows {
    /// The skill that a row states, its values checked.
    private static func skill(of record: SkillRecord) throws(EntraideError) -> Skill {
        var record = record
        record.labelFR = try FieldCheck.text(record.labelFR, limit: SkillLimits.name, field: "label_fr")
        record.labelEN = try FieldCheck.text(record.labelEN, limit: SkillLimits.name, field: "label_en")
        record.synonymsFR = try synonyms(record.synonymsFR, field: "synonyms_fr")
        record.synonymsEN = try synonyms(record.synonymsEN, field: "synonyms_en")
        try limit(record.related.count, SkillLimits.related, field: "related")
        var targets: Set<String> = []
        for (index, relation) in record.related.enumerated() {
            let place = Place(field: "related[\(index)]")
            guard relation.skill != record.skill else {
                throw EntraideError(.malformed, ["what": "related-itself"], at: place)
            }
            guard targets.insert(relation.skill).inserted else {
                throw EntraideError(.duplicateInFile, ["value": relation.skill], at: place)
            }
        }
        if let esco = record.esco, !Skill.isESCO(esco) {
            throw EntraideError(
                .wrongType, ["expected": "skill/2afb2b59-c9a3-4cf3-b1dd-1a2fad51e583"],
                at: Place(field: "esco"))
        }
        return Skill(record)
    }

    private static func synonyms(_ words: [String], field: String) throws(EntraideError) -> [String] {
        try limit(words.count, SkillLimits.synonyms, field: field)
        var synonyms: [String] = []
        for (index, word) in words.enumerated() {
            let text = try FieldCheck.text(word, limit: SkillLimits.name, field: "\(field)[\(index)]")
            if !synonyms.contains(text) { synonyms.append(text) }
        }
        return synonyms
    }

    private static func limit(_ count: Int, _ most: Int, field: String) throws(EntraideError) {
        guard count <= most else {
            throw EntraideError(.outOfRange, ["range": "0…\(most)"], at: Place(field: field))
        }
    }
}

extension Skill {
    /// Whether a text is the ESCO address of a concept, from `skill/` on.
    package static func isESCO(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.count == 2 && parts[0].elementsEqual("skill".utf8) && parts[1].count == 36
            && parts[1].allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte) || byte == UInt8(ascii: "-")
            }
    }
}
