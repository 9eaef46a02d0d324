import Lines
import Matching

/// Reads rows of a table as places. What cannot be understood of a row that can come in is noted, never guessed at.
struct RowReading {
    let map: HeaderMap
    let communes: CommuneIndex
    /// Names the identifiers of the file, so that two files do not share theirs.
    let source: String
    var words: SkillWords
    var losses = ImportLosses()
    /// Items of lists, and answers yes, that named a skill or should have.
    private(set) var skillsMet = 0

    private let columns: [ImportColumn: [Int]]
    private let services: [(index: Int, skills: [String])]

    init(map: HeaderMap, communes: CommuneIndex, words: SkillWords, source: String) {
        self.map = map
        self.communes = communes
        self.words = words
        self.source = source
        var columns: [ImportColumn: [Int]] = [:]
        var services: [(index: Int, skills: [String])] = []
        for column in map.columns {
            switch column.use {
            case .column(let use): columns[use, default: []].append(column.index)
            case .service(let skills): services.append((column.index, skills))
            case .leftAlone, .unknown: break
            }
        }
        self.columns = columns
        self.services = services
    }

    /// Reads one row.
    ///
    /// - Throws: what keeps it from coming in: no name, or one that cannot be kept; too many skills.
    mutating func place(_ cells: [String], row: Int) throws(EntraideError) -> ImportedPlace {
        let name = try name(cells)
        guard let slug = Slug.made(from: Folding.fold(name)) else {
            throw EntraideError(.badSlug, ["value": excerpt(of: name)], at: field(.name))
        }
        var place = ImportedPlace(
            identity: ImportedPlace.Identity(source: source, id: ""), slug: slug, name: name)
        var notices = RowNotices()
        if let index = columns[.name]?.first, index < cells.count, cells[index].contains(where: \.isNewline) {
            notices.add(.lineBreak, index, name)
        }
        let postcode = postcode(cells, &notices)
        try identify(&place, cells, postcode, &notices)
        place.kind = kind(cells, &notices)
        place.isClosed = isClosed(cells, &notices)
        if let (text, index) = said(.updated, cells) {
            place.updatedOn = DateReading.day(text)
            if place.updatedOn == nil { notices.add(.badDate, index, text) }
        }
        readWhere(&place, cells, postcode, &notices)
        place.offers = skills(.offers, cells, &notices)
        answers(&place, cells, &notices)
        place.needs = skills(.needs, cells, &notices)
        try check(place)
        for (notice, index, value) in notices.all {
            losses.add(notice, column: index, named: map.columns[index].name, value: value, row: row)
        }
        return place
    }

    // MARK: One thing after the other

    private func name(_ cells: [String]) throws(EntraideError) -> String {
        let said = said(.name, cells)
        do {
            return try FieldCheck.text(said?.text ?? "", limit: ProfileLimits.name, field: "")
        } catch {
            throw EntraideError(error.code, error.values, at: field(.name))
        }
    }

    private func identify(
        _ place: inout ImportedPlace, _ cells: [String], _ postcode: String?, _ notices: inout RowNotices
    ) throws(EntraideError) {
        if let (text, _) = said(.id, cells) {
            do {
                let id = try FieldCheck.text(text, limit: ProfileLimits.sourceID, field: "")
                place.identity = ImportedPlace.Identity(source: source, id: id)
                return
            } catch {
                throw EntraideError(error.code, error.values, at: field(.id))
            }
        }
        // The commune is part of the address: many a town hall stands on a « place de la Mairie ».
        let parts = [
            Folding.fold(place.name), Folding.fold(address(cells) ?? ""), postcode ?? "",
            Folding.fold(said(.city, cells)?.text ?? ""),
        ]
        let byAddress = ImportedPlace.Identity(source: source, id: hexDigest(parts.joined(separator: "\n")))
        place.identity = byAddress
        guard let (text, index) = said(.siret, cells) else { return }
        switch IdentifierReading.siret(text) {
        case .mended(let siret):
            notices.add(.leadingZero, index, text)
            place.identity = ImportedPlace.Identity(source: "siret", id: siret)
        case .whole(let siret): place.identity = ImportedPlace.Identity(source: "siret", id: siret)
        case .lostDigits: notices.add(.lostDigits, index, text)
        case .unreadable: notices.add(.badIdentifier, index, text)
        }
        if place.identity != byAddress { place.otherIdentity = byAddress }
    }

    private mutating func kind(_ cells: [String], _ notices: inout RowNotices) -> CommunityKind? {
        guard let (text, index) = said(.kind, cells) else { return nil }
        let kind = words.kind(text)
        if kind == nil { notices.add(.unknownKind, index, text) }
        return kind
    }

    private static let openWords: Set<String> = [
        "ouvert", "ouverte", "actif", "active", "en activite", "open", "valide", "publie", "en service",
        "unconfirmed", "a confirmer",
    ]
    private static let closedWords: Set<String> = [
        "inactif", "inactive", "ferme", "fermee", "closed", "archive", "archivee", "archived", "desactive",
        "suspendu", "suspendue", "en sommeil", "dissoute", "dissous", "planned", "en projet", "corrupt",
        "cesse", "paused", "en pause",
    ]

    private func isClosed(_ cells: [String], _ notices: inout RowNotices) -> Bool {
        if let (text, index) = said(.status, cells) {
            let folded = Folding.fold(text)
            if Self.closedWords.contains(folded) { return true }
            if !Self.openWords.contains(folded) {
                if CellText.isYes(text) == false { return true }
                if CellText.isYes(text) == nil { notices.add(.unknownStatus, index, text) }
            }
        }
        for (column, closing) in [(ImportColumn.active, false), (.closed, true)] {
            guard let (text, index) = said(column, cells) else { continue }
            if let isYes = CellText.isYes(text) {
                if isYes == closing { return true }
            } else {
                notices.add(.unknownAnswer, index, text)
            }
        }
        return false
    }

    private mutating func skills(
        _ column: ImportColumn, _ cells: [String], _ notices: inout RowNotices
    ) -> [String] {
        var found: [String] = []
        for index in columns[column] ?? [] where index < cells.count {
            guard let cell = CellText.list(cells[index]) else { continue }
            if cell.contains(where: \.isNewline) {
                notices.add(.lineBreak, index, CellText.onOneLine(cell))
            }
            for item in words.items(in: cell) {
                guard let label = CellText.said(item) else { continue }
                skillsMet += 1
                let skills = words.skills(for: label)
                if skills.isEmpty { notices.add(.unknownSkill, index, label) }
                for skill in skills.isEmpty ? words.proposed(for: label) : skills where !found.contains(skill)
                { found.append(skill) }
            }
        }
        return found
    }

    /// Columns of yes and no.
    private mutating func answers(
        _ place: inout ImportedPlace, _ cells: [String], _ notices: inout RowNotices
    ) {
        for (index, skills) in services where index < cells.count {
            guard let text = CellText.said(cells[index]) else { continue }
            guard let isYes = CellText.isYes(text) else {
                skillsMet += 1
                notices.add(.unknownAnswer, index, text)
                continue
            }
            guard isYes else { continue }
            skillsMet += 1
            for skill in skills where !place.offers.contains(skill) { place.offers.append(skill) }
        }
    }

    private func check(_ place: ImportedPlace) throws(EntraideError) {
        for (column, skills, limit) in [
            (ImportColumn.offers, place.offers, ProfileLimits.offers),
            (.needs, place.needs, ProfileLimits.needs),
        ] where skills.count > limit {
            throw EntraideError(.outOfRange, ["range": "0–\(limit)"], at: field(column))
        }
    }

    // MARK: Cells

    /// What the first cell of a column says that says anything.
    func said(_ column: ImportColumn, _ cells: [String]) -> (text: String, index: Int)? {
        for index in columns[column] ?? [] where index < cells.count {
            if let text = CellText.said(cells[index]) { return (text, index) }
        }
        return nil
    }

    /// All that the columns of the address say, in their order.
    func address(_ cells: [String]) -> String? {
        let parts = (columns[.address] ?? []).compactMap { $0 < cells.count ? CellText.said(cells[$0]) : nil }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    /// The column of the address, for a notice about what it ends with.
    var addressColumn: Int? { columns[.address]?.last }

    /// Where an error about a column stands.
    private func field(_ column: ImportColumn) -> Place {
        Place(field: map.first(column)?.name ?? column.rawValue)
    }
}

/// What befell the cells of a row, kept until the row is known to come in.
struct RowNotices {
    private(set) var all: [(notice: CellNotice, column: Int, value: String)] = []

    mutating func add(_ notice: CellNotice, _ column: Int, _ value: String) {
        all.append((notice, column, value))
    }
}
