import Lines
package import Matching
import Postgres

/// The communes that are loaded, found by what files say of them: an INSEE code, a postcode and a name.
package struct CommuneIndex {
    /// One commune.
    package struct Commune {
        let code: String
        let name: String
        let postcodes: [String]
        let position: Position?

        package init(code: String, name: String, postcodes: [String], position: Position? = nil) {
            self.code = code
            self.name = name
            self.postcodes = postcodes
            self.position = position
        }
    }

    /// What was found.
    package enum Found: Equatable {
        case commune(String)
        case unknown
        case ambiguous
    }

    private let communes: [Commune]
    private var byCode: [String: Int] = [:]
    private var byPostcode: [String: [Int]] = [:]
    private var byName: [String: [Int]] = [:]
    /// The communes whose centres lie in each square, `squareSize` wide.
    private var bySquare: [Square: [Int]] = [:]

    private struct Square: Hashable {
        var row: Int
        var column: Int
    }

    package init(_ communes: [Commune]) {
        self.communes = communes
        for (index, commune) in communes.enumerated() {
            byCode[commune.code] = index
            for postcode in commune.postcodes { byPostcode[postcode, default: []].append(index) }
            byName[Self.plain(commune.name), default: []].append(index)
            if let position = commune.position { bySquare[Self.square(position), default: []].append(index) }
        }
    }

    /// All that are in the database.
    static func load(_ connection: Connection) async throws -> CommuneIndex {
        CommuneIndex(
            try await connection.query(
                "SELECT code, name, postcodes, latitude_e6, longitude_e6 FROM territories ORDER BY code"
            ).map { row in
                Commune(
                    code: try row.get("code"), name: try row.get("name"), postcodes: try row.get("postcodes"),
                    position: try row.position("latitude_e6", "longitude_e6"))
            })
    }

    /// Whether none is loaded: nothing can be found, and a code is taken at its word.
    var isEmpty: Bool { communes.isEmpty }

    /// The centre of the commune of that code.
    func position(_ code: String) -> Position? { byCode[code].flatMap { communes[$0].position } }

    func knows(code: String) -> Bool { byCode[code] != nil }

    /// Kilometres from a commune's centre past which nothing is within it: thrice as far as the nearest other centre, for a
    /// commune reaches half as far on the whole, and farther where it is long.
    ///
    /// At least 12, since villages have merged while their neighbours did not; at most `nearEnough`, and in Guyane, where two centres
    /// are days apart, 400. Of places known to be within their communes, the farthest was 9.4 km from the centre.
    /// - Complexity: O(communes of nine squares).
    package func reach(_ code: String) -> Double {
        guard let index = byCode[code], let centre = communes[index].position else { return Self.nearEnough }
        let most = code.hasPrefix("973") ? 400 : Self.nearEnough
        let square = Self.square(centre)
        var nearest = most / 3
        for row in square.row - 1...square.row + 1 {
            for column in square.column - 1...square.column + 1 {
                for other in bySquare[Square(row: row, column: column)] ?? [] where other != index {
                    guard let position = communes[other].position else { continue }
                    nearest = min(nearest, centre.kilometres(to: position))
                }
            }
        }
        return max(Self.leastReach, 3 * nearest)
    }

    /// The commune of a postcode and a name, or of one of them where it is enough; among several of them, the nearest
    /// to `position`.
    ///
    /// A postcode of a sorting office (CEDEX) is no commune's: its département and the name are then looked at.
    package func find(postcode: String?, name: String?, near position: Position?) -> Found {
        let ofPostcode = postcode.flatMap { byPostcode[$0] } ?? []
        guard let name, case let plain = Self.plain(name), !plain.isEmpty else {
            return postcode == nil ? .unknown : choose(ofPostcode, near: position)
        }
        let named = byName[plain] ?? []
        if !ofPostcode.isEmpty {
            if let both = ofPostcode.first(where: named.contains) { return .commune(communes[both].code) }
            let alike = ofPostcode.filter { Self.isAlike(plain, Self.plain(communes[$0].name)) }
            if alike.count == 1 { return .commune(communes[alike[0]].code) }
        }
        guard let postcode else { return choose(named, near: position) }
        let departement = Self.departement(postcode)
        let there = named.filter { communes[$0].code.hasPrefix(departement) }
        if !there.isEmpty { return choose(there, near: position) }
        if let position, ofPostcode.isEmpty {
            // A postcode with a slip: the name and the position agree without it.
            return choose(named.filter { isNear($0, position) }, near: position)
        }
        // A hamlet or an old name: the postcode is right, and has one commune or a position that tells.
        if ofPostcode.count == 1 || position != nil { return choose(ofPostcode, near: position) }
        return ofPostcode.isEmpty ? .unknown : .ambiguous
    }

    /// Postcode and name at the end of an address in one cell: `1 rue Haute, 29200 Brest`.
    package static func ending(_ address: String) -> (postcode: String, name: String)? {
        let words = address.split { $0 == " " || $0 == "," || $0 == "\u{A0}" }
        guard let place = words.lastIndex(where: { $0.utf8.count == 5 && $0.utf8.allSatisfy(isDigit) }),
            place + 1 < words.count
        else { return nil }
        return (String(words[place]), words[(place + 1)...].joined(separator: " "))
    }

    private func choose(_ indices: [Int], near position: Position?) -> Found {
        if indices.count == 1 { return .commune(communes[indices[0]].code) }
        guard let position, !indices.isEmpty else { return indices.isEmpty ? .unknown : .ambiguous }
        var best: (distance: Double, index: Int)?
        for index in indices {
            guard let centre = communes[index].position else { continue }
            let distance = centre.kilometres(to: position)
            if distance < best?.distance ?? Self.nearEnough { best = (distance, index) }
        }
        return best.map { .commune(communes[$0.index].code) } ?? .ambiguous
    }

    private func isNear(_ index: Int, _ position: Position) -> Bool {
        communes[index].position.map { $0.kilometres(to: position) < Self.nearEnough } ?? false
    }

    /// Kilometres past which a position says nothing about the commune.
    static let nearEnough = 60.0
    private static let leastReach = 12.0
    /// In micro-degrees: nowhere but close to a pole is a square less than `nearEnough / 3` kilometres wide.
    private static let squareSize = 500_000

    private static func square(_ position: Position) -> Square {
        func cell(_ degrees: Int) -> Int { (degrees + 180_000_000) / squareSize }
        return Square(row: cell(position.latitudeE6), column: cell(position.longitudeE6))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// The first digits of the codes of a postcode's communes; Corsica's postcodes begin with 20.
    private static func departement(_ postcode: String) -> String {
        if postcode.hasPrefix("20") { return "2" }
        return String(postcode.prefix(postcode.hasPrefix("97") || postcode.hasPrefix("98") ? 3 : 2))
    }

    private static func isAlike(_ wanted: String, _ name: String) -> Bool {
        if name.hasPrefix(wanted + " ") || wanted.hasPrefix(name + " ") { return true }
        return wanted.utf8.count > 4 && EditDistance.between(wanted, name) <= wanted.utf8.count / 5
    }

    /// A name as it is compared: `ST-DENIS CEDEX 09` is `saint denis`.
    private static func plain(_ name: String) -> String {
        var words: [String] = []
        for word in Folding.fold(name).split(separator: " ") {
            if word == "cedex" { break }
            switch word {
            case "st": words.append("saint")
            case "ste": words.append("sainte")
            case "s/", "/": words.append("sur")
            default: words.append(String(word))
            }
        }
        return words.joined(separator: " ")
    }
}
