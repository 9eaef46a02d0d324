/// What a column of a table of communities may be for. Raw values are what `--map` calls them.
package enum ImportColumn: String, CaseIterable, Sendable {
    case id, siret, name, kind, status, active, closed, address, postcode, city, insee, latitude, longitude
    case coordinates, offers, needs, updated

    /// Whether several columns may serve together: an address in three columns, skills in two.
    var isRepeatable: Bool {
        switch self {
        case .address, .offers, .needs: true
        default: false
        }
    }
}

/// What one column of a file serves for.
package enum ColumnUse: Sendable, Equatable, Hashable {
    case column(ImportColumn)
    /// A column of yes and no about one service, and the skills that it stands for.
    case service([String])
    /// Known, and left alone on purpose: a telephone number is not ours to copy.
    case leftAlone
    case unknown

    /// As a map writes it: `name`, `skill:couture`, `-`; empty when unknown.
    package var text: String {
        switch self {
        case .column(let column): column.rawValue
        case .service(let skills): "skill:" + skills.joined(separator: "+")
        case .leftAlone: "-"
        case .unknown: ""
        }
    }

    /// What a map's first cell says; nil when it is none of these.
    package init?(text: String) {
        if text == "-" {
            self = .leftAlone
        } else if let column = ImportColumn(rawValue: text) {
            self = .column(column)
        } else if text.hasPrefix("skill:") {
            self = .service(text.dropFirst(6).split(separator: "+").map(String.init))
        } else {
            return nil
        }
    }
}
