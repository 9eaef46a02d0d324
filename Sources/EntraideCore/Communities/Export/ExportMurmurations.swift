import Lines
import Matching

/// Profiles for Murmurations: one of `organizations_schema` per community, one of `offers_wants_schema` per offer and
/// open need.
enum Murmurations {
    static func organization(_ community: LeavingCommunity, _ vocabulary: Vocabulary) -> String {
        let c = community.profile.community
        var object = ObjectWriting()
        object.add("linked_schemas", ["organizations_schema-v1.0.0"])
        object.add("name", c.name)
        let skills = community.profile.offers.map(\.terms.skill) + community.profile.needs.map(\.terms.skill)
        var tags = [c.kind.rawValue]
        for tag in skills.map({ label($0, vocabulary).fr }) where !tags.contains(tag) { tags.append(tag) }
        object.add("tags", tags)
        object.add("status", "active")
        addPlace(to: &object, community)
        object.add("geographic_scope", scope(c, c.modes))
        object.add("unique_id", c.slug)
        return object.text
    }

    static func offersAndWants(_ community: LeavingCommunity, _ vocabulary: Vocabulary) -> [String] {
        let profile = community.profile
        return profile.offers.map { offer in
            exchange(
                "offer", offer.terms.skill, offer.terms.modes, until: offer.until, community, vocabulary)
        }
            + profile.needs.map { need in
                exchange(
                    "want", need.terms.skill, need.terms.modes, until: need.neededBy, community, vocabulary)
            }
    }

    private static func exchange(
        _ type: String, _ skill: String, _ modes: [Mode], until day: String?, _ community: LeavingCommunity,
        _ vocabulary: Vocabulary
    ) -> String {
        let c = community.profile.community
        let label = label(skill, vocabulary)
        var object = ObjectWriting()
        object.add("linked_schemas", ["offers_wants_schema-v0.1.0"])
        object.add("exchange_type", type)
        object.add("item_type", "service")
        // Help is given; nothing is bought, and nothing is to be brought back.
        object.add("transaction_type", ["receive-donate"])
        object.add("tags", label.fr == label.en ? [label.fr] : [label.fr, label.en])
        object.add("title", label.fr)
        object.add("description", "\(c.name) : \(label.fr) / \(label.en)")
        addPlace(to: &object, community)
        object.add("geographic_scope", scope(c, modes.isEmpty ? c.modes : modes))
        // Required, and empty: a contact given for peers is not one for the web.
        object.add("contact_details", raw: "{}")
        if let day, let end = CalendarText.unixEnd(of: day) { object.add("expires_at", end) }
        return object.text
    }

    private static func label(_ skill: String, _ vocabulary: Vocabulary) -> Bilingual {
        vocabulary[skill]?.label ?? Bilingual(fr: skill, en: skill)
    }

    private static func addPlace(to object: inout ObjectWriting, _ community: LeavingCommunity) {
        guard let position = community.position else { return }
        let latitude = FixedDecimal(microdegrees: position.latitudeE6)
        let longitude = FixedDecimal(microdegrees: position.longitudeE6)
        object.add("geolocation", raw: "{\"lat\":\(latitude),\"lon\":\(longitude)}")
    }

    /// How far help goes: from afar, across the country; else by the kilometres that the community travels.
    private static func scope(_ community: Community, _ modes: [Mode]) -> String {
        if modes.contains(.remote) { return "national" }
        return switch community.maxKm {
        case ..<50: "local"
        case ..<300: "regional"
        default: "national"
        }
    }
}

extension CalendarText {
    /// The first second after a day `YYYY-MM-DD`, since 1970, UTC; nil when it is no day.
    static func unixEnd(of day: String) -> Int? {
        guard isDate(day) else { return nil }
        let parts = day.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        // Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March.
        let year = parts[1] <= 2 ? parts[0] - 1 : parts[0]
        let dayOfYear = (153 * ((parts[1] + 9) % 12) + 2) / 5 + parts[2] - 1
        let days = year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
        return (days + 1) * 86_400
    }
}
