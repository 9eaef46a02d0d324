import Lines

/// A zone of a public policy, as one list of it says: which communes, or quarters of which communes.
package struct Zone: Sendable, Equatable {
    /// The zone's slug: `frr`, `qpv`.
    package var slug: String
    /// The year of the list, or its day: YYYY or YYYY-MM-DD.
    package var vintage: String
    /// Where the list came from: an address or a name.
    package var source: String

    /// A list of a zone.
    package init(slug: String, vintage: String, source: String) {
        self.slug = slug
        self.vintage = vintage
        self.source = source
    }

    /// How a zone and its list are told together: `frr@2025`.
    package var name: String { "\(slug)@\(vintage)" }

    /// - Throws: `bad-slug`, `bad-option`, `bad-text`.
    package func checked() throws(EntraideError) -> Zone {
        let isYear =
            vintage.utf8.count == 4
            && vintage.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        guard isYear || (try? FieldCheck.date(vintage, field: "--vintage")) != nil else {
            throw EntraideError(
                .badOption,
                ["option": "--vintage", "value": excerpt(of: vintage), "expected": "2025, 2025-06-30"])
        }
        return Zone(
            slug: try FieldCheck.slug(slug, field: "--zone"), vintage: vintage,
            source: try FieldCheck.text(source, limit: Self.sourceLimit, field: "--source"))
    }

    /// Bytes of a source.
    package static let sourceLimit = 500
}

/// A commune in a zone, or a quarter that does.
package struct ZonePart: Sendable, Equatable {
    /// The commune's code.
    package var territory: String
    /// The quarter's code; empty where the whole commune lies in the zone.
    package var quarter: String
    /// The quarter's name, or the commune's.
    package var name: String

    /// A commune or a quarter of it.
    package init(territory: String, quarter: String = "", name: String = "") {
        self.territory = territory
        self.quarter = quarter
        self.name = name
    }
}

/// Which territories lie in a zone.
///
/// A district of Paris, Lyon or Marseille lies in a zone that lists its commune whole. A commune of which a quarter is
/// listed lies in it, and so does the commune of a district of which a quarter is.
package struct ZoneTerritories: Sendable {
    private var listed: Set<String> = []
    private var whole: Set<String> = []

    /// Gathers the parts of a list. O(parts).
    package init(_ parts: some Sequence<ZonePart>) {
        for part in parts {
            listed.insert(part.territory)
            if part.quarter.isEmpty {
                whole.insert(part.territory)
            } else if let commune = Territory.commune(ofDistrict: part.territory) {
                listed.insert(commune)
            }
        }
    }

    /// Whether a territory lies in the zone.
    package func contain(_ code: String) -> Bool {
        listed.contains(code) || Territory.commune(ofDistrict: code).map { whole.contains($0) } ?? false
    }
}

extension Territory {
    /// The commune of a district of Paris, Lyon or Marseille; nil for any other code.
    package static func commune(ofDistrict code: String) -> String? {
        guard code.utf8.count == 5, let number = Int(code) else { return nil }
        return switch number {
        case 75_101...75_120: "75056"
        case 69_381...69_389: "69123"
        case 13_201...13_216: "13055"
        default: nil
        }
    }
}
