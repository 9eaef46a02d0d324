import Lines
import Matching

/// A profile as one ndjson line, keys in the order of the documentation, what is not said left out.
extension Profile {
    /// - Parameter personal: whether contact, consent and source id are written, as an export for the community itself
    ///   wants and frozen input must not have.
    package func jsonLine(personal: Bool) -> String {
        var object = ObjectWriting()
        object.add("community", community.slug)
        object.add("name", community.name)
        object.add("kind", community.kind.rawValue)
        object.add("stage", community.stage?.rawValue)
        object.add("parent", community.parent)
        object.add("territory", community.territory)
        if let position = community.position {
            object.add("latitude", raw: FixedDecimal(microdegrees: position.latitudeE6).description)
            object.add("longitude", raw: FixedDecimal(microdegrees: position.longitudeE6).description)
        }
        object.add("languages", community.languages)
        object.add("modes", community.modes.map(\.rawValue))
        object.add("slots", community.slots.map(\.rawValue))
        object.add("max_km", community.maxKm)
        object.add("give", community.give)
        object.add("receive", community.receive)
        object.add("visibility", community.visibility.rawValue)
        if personal {
            object.add("contact", contact)
            object.add("source_id", sourceID)
            var consents = ObjectWriting()
            for purpose in Purpose.allCases {
                if let granted = consent[purpose] {
                    consents.add(purpose.rawValue, raw: granted ? "true" : "false")
                }
            }
            object.add("consent", raw: consents.text)
        }
        object.add("offers", raw: "[" + offers.map(\.json).joined(separator: ",") + "]")
        object.add("needs", raw: "[" + needs.map(\.json).joined(separator: ",") + "]")
        return object.text
    }
}

extension Offer {
    fileprivate var json: String {
        var object = ObjectWriting()
        object.add(terms)
        object.add("group_max", groupMax)
        object.add("until", until)
        return object.text
    }
}

extension Need {
    fileprivate var json: String {
        var object = ObjectWriting()
        object.add(terms)
        object.add("needed_by", neededBy)
        return object.text
    }
}

extension ObjectWriting {
    /// The part of an offer that matching reads.
    mutating func add(_ terms: OfferInput) {
        add("skill", terms.skill)
        add("level", terms.level)
        add("capacity", terms.capacity)
        add("posture", terms.posture?.rawValue)
        add("formats", terms.formats.map(\.rawValue))
        add("modes", terms.modes.map(\.rawValue))
        add("languages", terms.languages)
        add("slots", terms.slots.map(\.rawValue))
    }

    /// The part of a need that matching reads.
    mutating func add(_ terms: NeedInput) {
        add("skill", terms.skill)
        add("level_now", terms.levelNow)
        add("level", terms.level)
        add("urgency", terms.urgency)
        add("quantity", terms.quantity)
        add("posture", terms.posture?.rawValue)
        add("formats", terms.formats.map(\.rawValue))
        add("modes", terms.modes.map(\.rawValue))
        add("languages", terms.languages)
        add("slots", terms.slots.map(\.rawValue))
    }
}

/// Builds one JSON object in the order of the calls. Absent values and empty lists are left out.
struct ObjectWriting {
    private var members: [String] = []

    var text: String { "{" + members.joined(separator: ",") + "}" }

    mutating func add(_ key: String, raw: String) {
        members.append(JSONText.string(key) + ":" + raw)
    }

    mutating func add(_ key: String, _ value: String?) {
        if let value { add(key, raw: JSONText.string(value)) }
    }

    mutating func add(_ key: String, _ value: Int?) {
        if let value { add(key, raw: String(value)) }
    }

    mutating func add(_ key: String, _ values: [String]) {
        if !values.isEmpty {
            add(key, raw: "[" + values.map { JSONText.string($0) }.joined(separator: ",") + "]")
        }
    }
}
