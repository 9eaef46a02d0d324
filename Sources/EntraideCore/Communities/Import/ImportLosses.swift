import Lines

/// What befell a cell whose row came in all the same: understood after mending, or lost.
package enum CellNotice: String, CaseIterable, Sendable {
    // Mended: the value came in.
    case lineBreak = "line-break"
    case leadingZero = "leading-zero"
    case swappedCoordinates = "swapped-coordinates"
    case lambertCoordinates = "lambert-coordinates"
    // Lost: the value did not.
    case lostDigits = "lost-digits"
    case badIdentifier = "bad-identifier"
    case badCoordinates = "bad-coordinates"
    case farFromCommune = "far-from-commune"
    case unknownCommune = "unknown-commune"
    case ambiguousCommune = "ambiguous-commune"
    case unknownKind = "unknown-kind"
    case unknownSkill = "unknown-skill"
    case unknownAnswer = "unknown-answer"
    case unknownStatus = "unknown-status"
    case badDate = "bad-date"

    /// Whether the value did not come in.
    package var isLoss: Bool {
        switch self {
        case .lineBreak, .leadingZero, .swappedCoordinates, .lambertCoordinates: false
        default: true
        }
    }

    /// What happened, and what to do about it.
    package var sentence: Bilingual {
        switch self {
        case .lineBreak:
            Bilingual(fr: "retour à la ligne remplacé par une espace", en: "line break made a space")
        case .leadingZero: Bilingual(fr: "zéro de tête rétabli", en: "leading zero put back")
        case .swappedCoordinates:
            Bilingual(
                fr: "latitude et longitude inversées, remises à leur place",
                en: "latitude and longitude in each other's place, put right")
        case .lambertCoordinates:
            Bilingual(fr: "Lambert-93 converti en degrés", en: "Lambert-93 converted to degrees")
        case .lostDigits:
            Bilingual(
                fr: "chiffres perdus par le tableur ; mettre la colonne au format Texte et ressaisir",
                en: "digits lost by the spreadsheet; format the column as Text and type them again")
        case .badIdentifier:
            Bilingual(
                fr: "identifiant d’une autre forme que prévu ; vérifier le nombre de chiffres",
                en: "identifier of another form than expected; check the number of digits")
        case .badCoordinates:
            Bilingual(
                fr: "coordonnées illisibles ; attendu : des degrés, ou du Lambert-93 en mètres",
                en: "coordinates not readable; expected: degrees, or Lambert-93 metres")
        case .farFromCommune:
            Bilingual(
                fr: "coordonnées loin de la commune indiquée ; c’est le centre de la commune qui servira",
                en: "coordinates far from the commune given; the commune's centre will serve")
        case .unknownCommune:
            Bilingual(
                fr:
                    "commune introuvable ; vérifier nom et code postal, ou charger les communes (territory import)",
                en: "commune not found; check name and postcode, or load the communes (territory import)")
        case .ambiguousCommune:
            Bilingual(
                fr: "plusieurs communes possibles ; ajouter le code postal ou le code INSEE",
                en: "several communes possible; add the postcode or the INSEE code")
        case .unknownKind:
            Bilingual(
                fr: "nature inconnue ; la communauté est classée « autre »",
                en: "unknown kind; the community is filed as 'other'")
        case .unknownSkill:
            Bilingual(
                fr: "compétence absente du vocabulaire ; voir « entraide skill find »",
                en: "skill that the vocabulary lacks; see 'entraide skill find'")
        case .unknownAnswer:
            Bilingual(fr: "ni oui ni non", en: "neither yes nor no")
        case .unknownStatus:
            Bilingual(fr: "ni ouvert ni fermé", en: "neither open nor closed")
        case .badDate:
            Bilingual(
                fr: "date illisible ; attendu : 19/02/2020, 2024-04-02 ou 2 avril 2024",
                en: "date not readable; expected: 19/02/2020, 2024-04-02 or 2 April 2024")
        }
    }
}

/// How often each thing befell the cells of each column, and with which values.
package struct ImportLosses: Sendable, Equatable {
    /// One kind of event in one column.
    package struct Entry: Sendable, Equatable {
        package let notice: CellNotice
        /// The column's letters and header.
        package let column: String
        package internal(set) var count = 0
        /// Where it was met first, as the row's number.
        package let firstRow: Int
        fileprivate var values: [String: Int] = [:]

        fileprivate mutating func count(_ value: String, atMost most: Int) {
            count += 1
            if values[value] != nil || values.count < most { values[value, default: 0] += 1 }
        }

        /// The most frequent values, the most frequent first.
        package func frequent(_ limit: Int) -> [(value: String, count: Int)] {
            values.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map { ($0.key, $0.value) }
        }
    }

    private struct Key: Hashable {
        let notice: CellNotice
        let column: Int
    }

    /// Distinct values remembered per entry: what follows is counted without being named.
    private static let mostValues = 2000

    private var entriesByKey: [Key: Entry] = [:]

    package init() {}

    /// All entries: losses first, then by column.
    package var entries: [Entry] {
        entriesByKey.sorted { left, right in
            (left.key.notice.isLoss ? 0 : 1, left.key.column, left.key.notice.rawValue)
                < (right.key.notice.isLoss ? 0 : 1, right.key.column, right.key.notice.rawValue)
        }.map(\.value)
    }

    /// How many cells, or items of lists, were lost.
    package var lost: Int { entriesByKey.values.filter(\.notice.isLoss).reduce(0) { $0 + $1.count } }
    /// How many were mended.
    package var mended: Int { entriesByKey.values.filter { !$0.notice.isLoss }.reduce(0) { $0 + $1.count } }

    /// How often `notice` befell any column.
    package func count(_ notice: CellNotice) -> Int {
        entriesByKey.reduce(0) { $0 + ($1.key.notice == notice ? $1.value.count : 0) }
    }

    mutating func add(_ notice: CellNotice, column: Int, named name: String, value: String, row: Int) {
        let value = excerpt(of: value)
        // In place: a copy of the entry would be one of its values too.
        entriesByKey[
            Key(notice: notice, column: column), default: Entry(notice: notice, column: name, firstRow: row)
        ].count(value, atMost: Self.mostValues)
    }
}
