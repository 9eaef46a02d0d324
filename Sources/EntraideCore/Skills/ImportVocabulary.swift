import Lines
package import Postgres

/// Brings the skills of a file into the database. Done by `init` with the program's own vocabulary, and again after an
/// update: what a coordinator changed since stays as it is.
package struct ImportVocabulary: Sendable {
    /// What an import did.
    package struct Report: Sendable, Equatable {
        /// Skills in the file.
        package var read = 0
        /// Skills that were not there before.
        package var added = 0
    }

    /// The file that comes with the program.
    package static var bundled: [UInt8] { PackageResources.vocabulary_ndjson }

    /// Reads the skills of an ndjson file and checks them as a whole.
    ///
    /// - Throws: what is wrong with the first bad line, or with the whole (`check`), placed in `file`.
    package static func read(_ bytes: [UInt8], file: String) throws -> [Skill] {
        var skills: [Skill] = []
        do {
            for line in try LineReader.read(SkillRecord.self, bytes: bytes, format: .ndjson) {
                skills.append(Skill(try line.record.get()))
            }
        } catch {
            throw EntraideError(any: error).within(file: file)
        }
        do {
            try check(skills, beside: [])
        } catch {
            throw error.within(file: file)
        }
        return skills
    }

    /// Refuses skills that contradict each other: a slug given twice, one that is no slug, a broader or related skill
    /// that stands neither among them nor in `known`, a skill related to itself, a circle of broader skills, an ESCO
    /// address that is none.
    ///
    /// - Throws: `bad-slug`, `duplicate-in-file`, `unknown-skill` or `malformed` (what = `broader-circle`,
    ///   `related-itself`, `esco`), with the skill's place in the list as line.
    /// - Complexity: O(skills · depth).
    package static func check(_ skills: [Skill], beside known: [Skill]) throws(EntraideError) {
        let vocabulary = Vocabulary(known + skills)
        var seen: Set<String> = []
        for (index, skill) in skills.enumerated() {
            let place = Place(line: index + 1, field: skill.slug)
            guard Slug.isValid(skill.slug) else {
                throw EntraideError(.badSlug, ["value": skill.slug], at: place)
            }
            guard seen.insert(skill.slug).inserted else {
                throw EntraideError(.duplicateInFile, ["value": skill.slug], at: place)
            }
            guard skill.esco.map(Skill.isESCO) ?? true else {
                throw EntraideError(.malformed, ["what": "esco"], at: place)
            }
            for slug in [skill.broader].compactMap(\.self) + skill.related.map(\.slug) {
                guard vocabulary[slug] != nil else { throw vocabulary.unknown(slug, at: place) }
                guard slug != skill.slug else {
                    throw EntraideError(.malformed, ["what": "related-itself"], at: place)
                }
            }
            var above = skill.broader
            var steps = 0
            while let slug = above {
                steps += 1
                guard slug != skill.slug, steps <= skills.count + known.count else {
                    throw EntraideError(.malformed, ["what": "broader-circle"], at: place)
                }
                above = vocabulary[slug]?.broader
            }
        }
    }

    /// Keeps other imports out until the transaction ends; reading goes on.
    ///
    /// - Throws: `PostgresError`.
    static func lock(on connection: Connection) async throws {
        // Another's import is waited for; it ends or its session does.
        try await connection.execute("SET LOCAL lock_timeout = '5min'")
        try await connection.execute("LOCK TABLE skills IN SHARE ROW EXCLUSIVE MODE")
    }

    /// Inserts the skills that are missing, with their relations. A skill that is there keeps its labels, its place
    /// and its relations, changed or removed ones included; it gains relations towards new skills alone.
    ///
    /// Needs a transaction, which it locks others' imports out of, and whose later statements wait for locks as long as
    /// it does.
    ///
    /// - Throws: `unknown-skill` or `malformed` when the skills do not fit those that are there; `PostgresError`.
    package static func insert(_ skills: [Skill], on connection: Connection) async throws -> Report {
        try await lock(on: connection)
        let store = SkillStore(connection: connection)
        let known = try await store.all()
        let taken = Set(known.map(\.slug))
        let missing = skills.filter { !taken.contains($0.slug) }
        let isNew = Set(missing.map(\.slug))
        try check(missing, beside: known)
        // A statement for all, not one for each: others wait meanwhile.
        let added = try await store.insert(missing)
        try await store.place(missing)
        try await store.relate(
            skills.flatMap { skill in
                skill.related.filter { isNew.contains(skill.slug) || isNew.contains($0.slug) }
                    .map { (skill: skill.slug, related: $0) }
            })
        return Report(read: skills.count, added: added)
    }
}
