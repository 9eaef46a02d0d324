import Matching
import Postgres

/// What several stores read from a row.
extension Row {
    /// A code of a closed list; the store's checks make another value a defect.
    func code<C: CodeList>(_ column: String, as: C.Type = C.self) throws -> C {
        guard let code = C(rawValue: try get(column) as String) else {
            throw EntraideError(.internalFailure, ["what": "column \(column)"])
        }
        return code
    }

    func optionalCode<C: CodeList>(_ column: String, as: C.Type = C.self) throws -> C? {
        guard let raw = try get(column) as String? else { return nil }
        guard let code = C(rawValue: raw) else {
            throw EntraideError(.internalFailure, ["what": "column \(column)"])
        }
        return code
    }

    func codes<C: CodeList>(_ column: String, as: C.Type = C.self) throws -> [C] {
        try (get(column) as [String]).map { raw in
            guard let code = C(rawValue: raw) else {
                throw EntraideError(.internalFailure, ["what": "column \(column)"])
            }
            return code
        }
    }

    func position(_ latitude: String, _ longitude: String) throws -> Position? {
        guard let north = try get(latitude) as Int?, let east = try get(longitude) as Int? else { return nil }
        return Position(latitudeE6: north, longitudeE6: east)
    }
}
