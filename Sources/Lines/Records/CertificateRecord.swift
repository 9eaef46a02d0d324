/// What proves a round optimal, or how near it is, in one line.
package struct CertificateRecord: LineRecord {
    /// The round's slug.
    package var round: String
    /// Scores and bonuses, ppm.
    package var objective: Int
    /// What no selection can pass, ppm.
    package var bound: Int
    /// Bound less objective, ppm; 0 is the proof.
    package var gap: Int
    /// How many candidates were listed.
    package var candidates: Int
    /// How often a need's list had to be extended.
    package var extensions: Int
    /// SHA-256 of the frozen input, hexadecimal.
    package var inputDigest: String
    /// SHA-256 of the instance, hexadecimal.
    package var instanceDigest: String
    /// SHA-256 of the result, hexadecimal.
    package var resultDigest: String
    /// How many of its best offers each need listed; absent where it listed all.
    package var listed: Int?
    /// Among which pairs nothing passes the bound: `market`, all that are admissible, or `listed`.
    package var scope: String
    /// How many rings of two were found, where mutual help was sought.
    package var pairs: Int
    /// How many rings of three.
    package var rings: Int

    /// All values, in the order of the columns.
    package init(
        round: String, objective: Int, bound: Int, gap: Int, candidates: Int, extensions: Int,
        inputDigest: String, instanceDigest: String, resultDigest: String, listed: Int?, scope: String,
        pairs: Int, rings: Int
    ) {
        self.round = round
        self.objective = objective
        self.bound = bound
        self.gap = gap
        self.candidates = candidates
        self.extensions = extensions
        self.inputDigest = inputDigest
        self.instanceDigest = instanceDigest
        self.resultDigest = resultDigest
        self.listed = listed
        self.scope = scope
        self.pairs = pairs
        self.rings = rings
    }

    package static let name = "certificate"

    package static let columns = [
        Column("round", .slug, required: true, fr: "session", en: "round"),
        Column("objective", .ppm, required: true, fr: "objectif", en: "objective"),
        Column("bound", .ppm, required: true, fr: "borne", en: "bound"),
        Column("gap", .ppm, required: true, fr: "écart", en: "gap"),
        Column("candidates", .integer, required: true, fr: "pistes", en: "candidates"),
        Column("extensions", .integer, required: true, fr: "extensions", en: "extensions"),
        Column("input_digest", .code, required: true, fr: "scellé des données", en: "input digest"),
        Column("instance_digest", .code, required: true, fr: "scellé de l'instance", en: "instance digest"),
        Column("result_digest", .code, required: true, fr: "scellé du résultat", en: "result digest"),
        Column("listed", .integer, fr: "pistes par besoin", en: "listed per need"),
        Column("scope", .code, required: true, fr: "portée", en: "scope"),
        Column("pairs", .integer, required: true, fr: "paires réciproques", en: "two-way pairs"),
        Column("rings", .integer, required: true, fr: "boucles de trois", en: "rings of three"),
    ]

    package var fields: [Field] {
        [
            .text(round),
            .integer(objective),
            .integer(bound),
            .integer(gap),
            .integer(candidates),
            .integer(extensions),
            .text(inputDigest),
            .text(instanceDigest),
            .text(resultDigest),
            .integer(orAbsent: listed),
            .text(scope),
            .integer(pairs),
            .integer(rings),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        round = try cursor.text()
        objective = try cursor.integer()
        bound = try cursor.integer()
        gap = try cursor.integer()
        candidates = try cursor.integer()
        extensions = try cursor.integer()
        inputDigest = try cursor.text()
        instanceDigest = try cursor.text()
        resultDigest = try cursor.text()
        listed = try cursor.optionalInteger()
        scope = try cursor.text()
        pairs = try cursor.integer()
        rings = try cursor.integer()
    }
}
