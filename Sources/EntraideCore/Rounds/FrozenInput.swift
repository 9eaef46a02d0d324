import Lines
import Matching

/// One line of a round's frozen input.
package struct FrozenLine: Sendable, Equatable {
    /// The kinds, in the order in which they are frozen.
    package enum Kind: String, CaseIterable, Sendable {
        case parameter, zone, skill, profile, absentee, meeting, exclusion
    }

    package let kind: Kind
    /// What the line is about: a parameter's name, a skill's slug, a community's slug.
    package let subject: String
    package let text: String

    /// What the line adds to the input digest.
    var digested: String { "\(kind.rawValue)\t\(text)" }
}

/// A round's input as lines, and back. The lines hold what scoring reads and nothing else: no name, no contact, no
/// timestamp. Equal inputs give the same lines, byte for byte, since ``RoundInput`` is canonical.
enum FrozenInput {
    static func lines(_ input: RoundInput) -> [FrozenLine] {
        var lines: [FrozenLine] = []
        for pair in input.parameters.pairs {
            lines.append(FrozenLine(kind: .parameter, subject: pair.key, text: pair.description))
        }
        for zone in input.zones {
            var object = ObjectWriting()
            object.add("zone", zone.zone)
            object.add("vintage", zone.vintage)
            object.add("source", zone.source)
            lines.append(FrozenLine(kind: .zone, subject: zone.zone, text: object.text))
        }
        for entry in input.vocabulary {
            var object = ObjectWriting()
            object.add("skill", entry.slug)
            object.add("broader", entry.broader)
            object.add("related", entry.related.map { "\($0.slug):\($0.strength)" })
            lines.append(FrozenLine(kind: .skill, subject: entry.slug, text: object.text))
        }
        for participant in input.participants {
            lines.append(FrozenLine(kind: .profile, subject: participant.slug, text: text(participant)))
        }
        for absentee in input.absentees {
            var object = ObjectWriting()
            object.add("community", absentee.slug)
            object.add("reason", absentee.reason.rawValue)
            lines.append(FrozenLine(kind: .absentee, subject: absentee.slug, text: object.text))
        }
        for meeting in input.meetings {
            var object = ObjectWriting()
            object.add("provider", meeting.provider)
            object.add("receiver", meeting.receiver)
            object.add("skill", meeting.skill)
            object.add("rounds_ago", meeting.roundsAgo)
            lines.append(FrozenLine(kind: .meeting, subject: meeting.provider, text: object.text))
        }
        for exclusion in input.exclusions {
            var object = ObjectWriting()
            object.add("provider", exclusion.provider)
            object.add("receiver", exclusion.receiver)
            lines.append(FrozenLine(kind: .exclusion, subject: exclusion.provider, text: object.text))
        }
        return lines
    }

    /// A profile's line without its parent.
    static func withoutParent(_ line: FrozenLine) throws(EntraideError) -> FrozenLine {
        let node: JSONNode
        do { node = try JSONNode.parse(Array(line.text.utf8), firstLine: 1) } catch {
            throw EntraideError(error)
        }
        var orphan = try participant(try ObjectReading(node, path: "", lenient: false))
        orphan.parent = nil
        return FrozenLine(kind: line.kind, subject: line.subject, text: text(orphan))
    }

    static func digest(_ lines: [FrozenLine]) -> String {
        LineDigest.of(lines.lazy.map(\.digested))
    }

    private static func text(_ participant: Participant) -> String {
        var object = ObjectWriting()
        object.add("community", participant.slug)
        object.add("parent", participant.parent)
        object.add("languages", participant.languages)
        object.add("modes", participant.modes.map(\.rawValue))
        object.add("slots", participant.slots.map(\.rawValue))
        object.add("max_km", participant.maxKm)
        object.add("give", participant.give)
        object.add("receive", participant.receive)
        if let position = participant.position {
            object.add("latitude", raw: FixedDecimal(microdegrees: position.latitudeE6).description)
            object.add("longitude", raw: FixedDecimal(microdegrees: position.longitudeE6).description)
        }
        object.add("waiting", participant.waiting)
        // Rounds were frozen before there were zones, and most have none.
        if !participant.zones.isEmpty { object.add("zones", participant.zones) }
        let offers = participant.offers.map { terms in
            var object = ObjectWriting()
            object.add(terms)
            return object.text
        }
        let needs = participant.needs.map { terms in
            var object = ObjectWriting()
            object.add(terms)
            return object.text
        }
        object.add("offers", raw: "[" + offers.joined(separator: ",") + "]")
        object.add("needs", raw: "[" + needs.joined(separator: ",") + "]")
        return object.text
    }

    // MARK: Reading back

    /// - Throws: what is wrong with the first line that does not read, its number as the place's line.
    static func input(_ lines: [FrozenLine]) throws(EntraideError) -> RoundInput {
        var pairs: [ParameterPair] = []
        var vocabulary: [VocabularyEntry] = []
        var participants: [Participant] = []
        var absentees: [Absentee] = []
        var meetings: [Meeting] = []
        var exclusions: [Exclusion] = []
        var zones: [ZoneList] = []
        for (index, line) in lines.enumerated() {
            do throws(EntraideError) {
                if line.kind == .parameter {
                    guard let pair = ParameterPair(line.text) else {
                        throw EntraideError(.malformed, ["what": line.subject])
                    }
                    pairs.append(pair)
                    continue
                }
                let node: JSONNode
                do { node = try JSONNode.parse(Array(line.text.utf8), firstLine: index + 1) } catch {
                    throw EntraideError(error)
                }
                let o = try ObjectReading(node, path: "", lenient: false)
                switch line.kind {
                case .parameter: break
                case .zone:
                    zones.append(
                        ZoneList(
                            zone: try o.required("zone", o.slug),
                            vintage: try o.required("vintage", o.string),
                            source: try o.required("source", o.string)))
                case .skill: vocabulary.append(try skill(o))
                case .profile: participants.append(try participant(o))
                case .absentee:
                    absentees.append(
                        Absentee(
                            slug: try o.required("community", o.slug),
                            reason: try o.required("reason") { key throws(EntraideError) in
                                try o.code(key, as: WhyNot.self)
                            }))
                case .meeting:
                    meetings.append(
                        Meeting(
                            provider: try o.required("provider", o.slug),
                            receiver: try o.required("receiver", o.slug),
                            skill: try o.required("skill", o.slug),
                            roundsAgo: try o.required("rounds_ago") { key throws(EntraideError) in
                                try o.integer(key, in: Limits.rounds)
                            }))
                case .exclusion:
                    exclusions.append(
                        Exclusion(
                            provider: try o.required("provider", o.slug),
                            receiver: try o.required("receiver", o.slug)))
                }
            } catch {
                throw error.within(file: nil, line: index + 1)
            }
        }
        do {
            return try RoundInput(
                parameters: try Parameters(pairs: pairs), vocabulary: vocabulary, participants: participants,
                absentees: absentees, meetings: meetings, exclusions: exclusions, zones: zones)
        } catch {
            throw EntraideError(error)
        }
    }

    private static func skill(_ o: ObjectReading) throws(EntraideError) -> VocabularyEntry {
        var entry = VocabularyEntry(slug: try o.required("skill", o.slug), broader: try o.slug("broader"))
        for text in try o.strings("related") ?? [] {
            let parts = text.split(separator: ":")
            guard parts.count == 2, let strength = Int(parts[1]) else {
                throw o.error(.malformed, ["what": "related"], at: "related")
            }
            entry.related.append(VocabularyEntry.Related(slug: String(parts[0]), strength: strength))
        }
        return entry
    }

    private static func participant(_ o: ObjectReading) throws(EntraideError) -> Participant {
        var participant = Participant(
            slug: try o.required("community", o.slug), parent: try o.slug("parent"),
            languages: try o.languages("languages") ?? [], modes: try o.codes("modes", as: Mode.self) ?? [],
            slots: try o.codes("slots", as: Slot.self) ?? [])
        participant.maxKm = try o.integer("max_km", in: Limits.kilometres) ?? participant.maxKm
        participant.give = try o.integer("give", in: Limits.carrying) ?? participant.give
        participant.receive = try o.integer("receive", in: Limits.carrying) ?? participant.receive
        participant.position = try o.position()
        participant.waiting = try o.integer("waiting", in: Limits.rounds) ?? 0
        participant.zones = try o.strings("zones") ?? []
        for item in try o.objects("offers", limit: .max) {
            participant.offers.append(
                try OfferInput(
                    item, skill: try item.required("skill", item.slug), capacities: Limits.carrying))
        }
        for item in try o.objects("needs", limit: .max) {
            participant.needs.append(
                try NeedInput(item, skill: try item.required("skill", item.slug), quantities: Limits.carrying)
            )
        }
        return participant
    }
}

extension EntraideError {
    /// What matching refuses: its own code and subject go into the sentence.
    init(_ error: MatchingError) {
        switch error.code {
        case .unknownCommunity: self.init(.unknownCommunity, ["community": error.subject])
        case .notProven: self.init(.notProven, ["what": error.subject])
        default: self.init(.internalFailure, ["what": error.message])
        }
    }
}
