import Lines
import Matching

/// Reads profiles from nodes of a document, checking every field; the first thing wrong is the error, with its line,
/// column and field.
package struct ProfileReading: Sendable {
    package private(set) var vocabulary: Vocabulary
    package let file: String
    /// Whether a skill that is unknown is proposed, and how many were.
    private let isProposing: Bool
    private var proposals = 0

    /// - Parameter proposing: whether a skill that is unknown is taken into the vocabulary as a proposed one, up to
    ///   ``SkillLimits/proposals``, instead of being refused.
    package init(vocabulary: Vocabulary, file: String, proposing: Bool = false) {
        self.vocabulary = vocabulary
        self.file = file
        isProposing = proposing
    }

    /// Every profile of a file.
    package func profiles(_ bytes: [UInt8]) throws(EntraideError) -> [Profile] {
        var reading = self
        var profiles: [Profile] = []
        for document in try ProfileDocument.read(bytes, file: file) {
            profiles.append(try reading.profile(document))
        }
        return profiles
    }

    /// One ndjson line.
    package mutating func profile(line: [UInt8], number: Int) throws(EntraideError) -> Profile {
        try profile(ProfileDocument.ndjson(line, line: number, file: file))
    }

    private mutating func profile(_ document: ProfileDocument) throws(EntraideError) -> Profile {
        do {
            let object = try ObjectReading(document.node, path: "", lenient: document.lenientScalars)
            return try profile(object)
        } catch {
            throw error.within(file: file, line: document.line)
        }
    }

    private mutating func profile(_ o: ObjectReading) throws(EntraideError) -> Profile {
        try o.refuseUnknown([
            "community", "name", "kind", "stage", "parent", "territory", "latitude", "longitude",
            "languages", "modes", "slots", "max_km", "give", "receive", "visibility", "contact", "consent",
            "source_id",
            "offers", "needs",
        ])
        var community = Community(
            slug: try o.required("community", o.slug),
            name: try o.required("name") { key throws(EntraideError) in
                try o.text(key, limit: ProfileLimits.name)
            },
            kind: try o.required("kind") { key throws(EntraideError) in
                try o.code(key, as: CommunityKind.self)
            })
        community.stage = try o.code("stage", as: Stage.self)
        community.parent = try o.slug("parent")
        community.territory = try o.territory("territory")
        community.position = try o.position()
        community.languages = try o.languages("languages") ?? community.languages
        community.modes = try o.codes("modes", as: Mode.self) ?? community.modes
        community.slots = try o.codes("slots", as: Slot.self) ?? community.slots
        community.maxKm = try o.integer("max_km", in: ProfileLimits.maxKm) ?? community.maxKm
        community.give = try o.integer("give", in: ProfileLimits.give) ?? community.give
        community.receive = try o.integer("receive", in: ProfileLimits.receive) ?? community.receive
        community.visibility = try o.code("visibility", as: Visibility.self) ?? community.visibility
        if community.languages.isEmpty {
            throw o.error(.missingField, ["name": "languages"], at: "languages")
        }
        if community.modes.isEmpty { throw o.error(.missingField, ["name": "modes"], at: "modes") }
        if community.parent == community.slug {
            throw o.error(.badParent, ["parent": community.slug], at: "parent")
        }

        var profile = Profile(community: community)
        profile.contact = try o.text("contact", limit: ProfileLimits.contact)
        profile.sourceID = try o.text("source_id", limit: ProfileLimits.sourceID)
        if let consent = try o.object("consent") {
            try consent.refuseUnknown(Purpose.allCases.map(\.rawValue))
            for purpose in Purpose.allCases {
                if let granted = try consent.boolean(purpose.rawValue) { profile.consent[purpose] = granted }
            }
        }
        for item in try o.objects("offers", limit: ProfileLimits.offers) {
            let offer = try offer(item)
            if profile.offers.contains(where: { $0.terms.skill == offer.terms.skill }) {
                throw item.error(.duplicateInFile, ["value": offer.terms.skill], at: "skill")
            }
            profile.offers.append(offer)
        }
        for item in try o.objects("needs", limit: ProfileLimits.needs) {
            let need = try need(item)
            if profile.needs.contains(where: { $0.terms.skill == need.terms.skill }) {
                throw item.error(.duplicateInFile, ["value": need.terms.skill], at: "skill")
            }
            profile.needs.append(need)
        }
        return profile.canonical
    }

    private mutating func offer(_ o: ObjectReading) throws(EntraideError) -> Offer {
        try o.refuseUnknown([
            "skill", "level", "capacity", "posture", "formats", "modes", "languages", "slots", "group_max",
            "until",
        ])
        var offer = Offer(terms: try OfferInput(o, skill: try skill(o)))
        offer.groupMax = try o.integer("group_max", in: ProfileLimits.groupMax)
        offer.until = try o.date("until")
        return offer
    }

    private mutating func need(_ o: ObjectReading) throws(EntraideError) -> Need {
        try o.refuseUnknown([
            "skill", "level_now", "level", "urgency", "quantity", "needed_by", "posture", "formats", "modes",
            "languages", "slots",
        ])
        var need = Need(terms: try NeedInput(o, skill: try skill(o)))
        need.neededBy = try o.date("needed_by")
        return need
    }

    private mutating func skill(_ o: ObjectReading) throws(EntraideError) -> String {
        let slug = try o.required("skill") { key throws(EntraideError) in try o.text(key, limit: 200) }
        if let skill = vocabulary.known(slug) { return skill.slug }
        if isProposing, let skill = Skill.proposed(by: slug) {
            if let known = vocabulary.known(skill.slug) { return known.slug }
            if proposals < SkillLimits.proposals {
                proposals += 1
                vocabulary.propose(skill)
                return skill.slug
            }
        }
        let unknown = vocabulary.unknown(slug)
        throw o.error(unknown.code, unknown.values, at: "skill")
    }
}

extension OfferInput {
    /// The part of an offer that matching reads.
    ///
    /// - Parameter capacities: narrower for a profile that comes in than for input frozen long ago.
    init(
        _ o: ObjectReading, skill: String, capacities: ClosedRange<Int> = ProfileLimits.capacity
    ) throws(EntraideError) {
        self.init(skill: skill)
        level = try o.integer("level", in: Limits.level) ?? level
        capacity = try o.integer("capacity", in: capacities) ?? capacity
        posture = try o.code("posture", as: Posture.self)
        formats = try o.codes("formats", as: Format.self) ?? []
        modes = try o.codes("modes", as: Mode.self) ?? []
        languages = try o.languages("languages") ?? []
        slots = try o.codes("slots", as: Slot.self) ?? []
    }
}

extension NeedInput {
    /// The part of a need that matching reads.
    ///
    /// - Parameter quantities: narrower for a profile that comes in than for input frozen long ago.
    init(
        _ o: ObjectReading, skill: String, quantities: ClosedRange<Int> = ProfileLimits.quantity
    ) throws(EntraideError) {
        self.init(
            skill: skill,
            levelNow: try o.integer("level_now", in: Limits.level) ?? ProfileDefaults.standard.needLevelNow,
            level: try o.integer("level", in: Limits.level))
        urgency = try o.integer("urgency", in: Limits.urgency) ?? urgency
        quantity = try o.integer("quantity", in: quantities) ?? quantity
        posture = try o.code("posture", as: Posture.self)
        formats = try o.codes("formats", as: Format.self) ?? []
        modes = try o.codes("modes", as: Mode.self) ?? []
        languages = try o.languages("languages") ?? []
        slots = try o.codes("slots", as: Slot.self) ?? []
    }
}

/// One object of a document and the path that leads to it. An absent key and a null are the same: not said.
struct ObjectReading {
    private let members: [(key: String, value: JSONNode)]
    private let node: JSONNode
    private let path: String
    /// Whether a number may be written as text and a yes as a word, as YAML's plain scalars are.
    private let lenient: Bool

    init(_ node: JSONNode, path: String, lenient: Bool) throws(EntraideError) {
        guard case .object(let members) = node.content else {
            throw EntraideError(
                .wrongType, ["expected": "{…}"],
                at: Place(line: node.line, column: node.column, field: path.isEmpty ? nil : path))
        }
        self.members = members
        self.node = node
        self.path = path
        self.lenient = lenient
    }

    func error(_ code: ErrorCode, _ values: [String: String], at key: String) -> EntraideError {
        let found = members.first { $0.key == key }?.value ?? node
        return EntraideError(
            code, values,
            at: Place(line: found.line, column: found.column, field: path.isEmpty ? key : "\(path).\(key)"))
    }

    func refuseUnknown(_ known: [String]) throws(EntraideError) {
        for (key, _) in members where !known.contains(key) {
            throw error(.unknownField, ["name": excerpt(of: key)], at: key)
        }
    }

    func required<V>(_ key: String, _ read: (String) throws(EntraideError) -> V?) throws(EntraideError) -> V {
        guard let value = try read(key) else { throw error(.missingField, ["name": key], at: key) }
        return value
    }

    /// The value of `key` unless absent or null.
    private func value(_ key: String) -> JSONNode? {
        guard let found = members.first(where: { $0.key == key })?.value else { return nil }
        if case .null = found.content { return nil }
        return found
    }

    /// Runs a check of ``FieldCheck`` and says where its error stands.
    private func checked<V>(_ key: String, _ check: () throws(EntraideError) -> V) throws(EntraideError) -> V
    {
        do {
            return try check()
        } catch {
            throw self.error(error.code, error.values, at: key)
        }
    }

    func string(_ key: String) throws(EntraideError) -> String? {
        guard let found = value(key) else { return nil }
        guard case .string(let text) = found.content else {
            throw error(.wrongType, ["expected": "\"…\""], at: key)
        }
        return text
    }

    func strings(_ key: String) throws(EntraideError) -> [String]? {
        guard let found = value(key) else { return nil }
        guard case .array(let items) = found.content else {
            throw error(.wrongType, ["expected": "[…]"], at: key)
        }
        var texts: [String] = []
        for item in items {
            guard case .string(let text) = item.content else {
                throw error(.wrongType, ["expected": "[\"…\", …]"], at: key)
            }
            texts.append(text)
        }
        return texts
    }

    func text(_ key: String, limit: Int) throws(EntraideError) -> String? {
        guard let raw = try string(key) else { return nil }
        return try checked(key) { () throws(EntraideError) in
            try FieldCheck.text(raw, limit: limit, field: key)
        }
    }

    func slug(_ key: String) throws(EntraideError) -> String? {
        guard let raw = try string(key) else { return nil }
        return try checked(key) { () throws(EntraideError) in try FieldCheck.slug(raw, field: key) }
    }

    func date(_ key: String) throws(EntraideError) -> String? {
        guard let raw = try string(key) else { return nil }
        return try checked(key) { () throws(EntraideError) in try FieldCheck.date(raw, field: key) }
    }

    func code<C: CodeList>(_ key: String, as: C.Type) throws(EntraideError) -> C? {
        guard let raw = try string(key) else { return nil }
        return try checked(key) { () throws(EntraideError) in try FieldCheck.code(raw, field: key, as: C.self)
        }
    }

    func codes<C: CodeList>(_ key: String, as: C.Type) throws(EntraideError) -> [C]? {
        guard let raw = try strings(key) else { return nil }
        return try checked(key) { () throws(EntraideError) in
            try FieldCheck.codes(raw, field: key, as: C.self)
        }
    }

    func languages(_ key: String) throws(EntraideError) -> [String]? {
        guard let raw = try strings(key) else { return nil }
        return try checked(key) { () throws(EntraideError) in try FieldCheck.languages(raw, field: key) }
    }

    /// A territory's code; `59183` and `"59183"` are the same.
    func territory(_ key: String) throws(EntraideError) -> String? {
        guard let found = value(key) else { return nil }
        let raw: String
        switch found.content {
        case .string(let text): raw = text
        case .number(let digits): raw = digits
        default: throw error(.wrongType, ["expected": "\"…\""], at: key)
        }
        return try checked(key) { () throws(EntraideError) in
            try FieldCheck.territory(raw, field: key)
        }
    }

    func integer(_ key: String, in range: ClosedRange<Int>) throws(EntraideError) -> Int? {
        guard let found = value(key) else { return nil }
        let raw: String
        switch found.content {
        case .number(let digits): raw = digits
        case .string(let text) where lenient: raw = text
        default:
            throw error(.wrongType, ["expected": "\(range.lowerBound)–\(range.upperBound)"], at: key)
        }
        return try checked(key) { () throws(EntraideError) in
            try FieldCheck.integer(raw, in: range, field: key)
        }
    }

    func boolean(_ key: String) throws(EntraideError) -> Bool? {
        guard let found = value(key) else { return nil }
        switch found.content {
        case .bool(let flag): return flag
        case .string(let word) where lenient:
            switch word.lowercased() {
            case "yes", "true", "oui": return true
            case "no", "false", "non": return false
            default: break
            }
        default: break
        }
        throw error(.wrongType, ["expected": "yes, no"], at: key)
    }

    func position() throws(EntraideError) -> Position? {
        func raw(_ key: String) throws(EntraideError) -> String? {
            guard let found = value(key) else { return nil }
            switch found.content {
            case .number(let digits): return digits
            case .string(let text) where lenient: return text
            default: throw error(.badCoordinates, [:], at: key)
            }
        }
        let latitude = try raw("latitude")
        let longitude = try raw("longitude")
        return try checked(latitude == nil ? "longitude" : "latitude") { () throws(EntraideError) in
            try FieldCheck.position(latitude: latitude, longitude: longitude)
        }
    }

    func object(_ key: String) throws(EntraideError) -> ObjectReading? {
        guard let found = value(key) else { return nil }
        return try ObjectReading(found, path: path.isEmpty ? key : "\(path).\(key)", lenient: lenient)
    }

    func objects(_ key: String, limit: Int) throws(EntraideError) -> [ObjectReading] {
        guard let found = value(key) else { return [] }
        guard case .array(let items) = found.content else {
            throw error(.wrongType, ["expected": "[{…}]"], at: key)
        }
        guard items.count <= limit else { throw error(.outOfRange, ["range": "0–\(limit)"], at: key) }
        var objects: [ObjectReading] = []
        for (index, item) in items.enumerated() {
            objects.append(try ObjectReading(item, path: "\(key)[\(index)]", lenient: lenient))
        }
        return objects
    }
}
