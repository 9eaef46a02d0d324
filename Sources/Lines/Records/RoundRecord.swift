/// A run of matching over a set of communities.
package struct RoundRecord: LineRecord {
    /// The slug.
    package var round: String
    /// What it is called.
    package var title: String?
    /// draft, open, proposed, published, closed or cancelled.
    package var status: String
    /// The slugs of the networks it is for.
    package var networks: [String]
    /// The day that its ages and dates are counted from.
    package var on: String?
    /// How many matches it selected.
    package var matches: Int?
    /// The sum of its matches' scores, ppm.
    package var score: Int?
    /// Scores and bonuses, ppm.
    package var objective: Int?
    /// What no selection can pass, ppm.
    package var bound: Int?
    /// When it was opened.
    package var openedAt: String?
    /// When its input was frozen and solved.
    package var runAt: String?
    /// When it was published.
    package var publishedAt: String?
    /// What each zone adds to a first match in it, as `zone:ppm`.
    package var bonuses: [String]

    /// All values, in the order of the columns.
    package init(
        round: String, title: String? = nil, status: String, networks: [String] = [], on: String? = nil,
        matches: Int? = nil, score: Int? = nil, objective: Int? = nil, bound: Int? = nil,
        openedAt: String? = nil, runAt: String? = nil, publishedAt: String? = nil,
        bonuses: [String] = []
    ) {
        self.round = round
        self.title = title
        self.status = status
        self.networks = networks
        self.on = on
        self.matches = matches
        self.score = score
        self.objective = objective
        self.bound = bound
        self.openedAt = openedAt
        self.runAt = runAt
        self.publishedAt = publishedAt
        self.bonuses = bonuses
    }

    package static let name = "round"

    package static let columns = [
        Column("round", .slug, required: true, fr: "session", en: "round"),
        Column("title", .text, fr: "titre", en: "title"),
        Column("status", .code, required: true, fr: "état", en: "status"),
        Column("networks", .list, fr: "réseaux", en: "networks"),
        Column("on", .date, fr: "jour", en: "day"),
        Column("matches", .integer, fr: "mises en relation", en: "matches"),
        Column("score", .ppm, fr: "score", en: "score"),
        Column("objective", .ppm, fr: "total avec primes", en: "total with bonuses"),
        Column("bound", .ppm, fr: "maximum prouvé", en: "proven maximum"),
        Column("opened_at", .timestamp, fr: "ouverte le", en: "opened at"),
        Column("run_at", .timestamp, fr: "calculée le", en: "run at"),
        Column("published_at", .timestamp, fr: "publiée le", en: "published at"),
        Column("bonuses", .list, fr: "primes de zone", en: "zone bonuses"),
    ]

    package var fields: [Field] {
        [
            .text(round),
            .text(orAbsent: title),
            .text(status),
            .list(networks),
            .text(orAbsent: on),
            .integer(orAbsent: matches),
            .integer(orAbsent: score),
            .integer(orAbsent: objective),
            .integer(orAbsent: bound),
            .text(orAbsent: openedAt),
            .text(orAbsent: runAt),
            .text(orAbsent: publishedAt),
            .list(bonuses),
        ]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        round = try cursor.text()
        title = try cursor.optionalText()
        status = try cursor.text()
        networks = try cursor.list()
        on = try cursor.optionalText()
        matches = try cursor.optionalInteger()
        score = try cursor.optionalInteger()
        objective = try cursor.optionalInteger()
        bound = try cursor.optionalInteger()
        openedAt = try cursor.optionalText()
        runAt = try cursor.optionalText()
        publishedAt = try cursor.optionalText()
        bonuses = try cursor.list()
    }
}
