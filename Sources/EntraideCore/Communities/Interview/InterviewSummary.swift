import Lines
import Matching

extension Interview {
    /// The lines of the summary that apply, in order.
    var summaryTopics: [InterviewTopic] {
        InterviewTopic.allCases.filter { topic in
            switch topic {
            case .place: hasPlaces
            case .receive: !needs.isEmpty
            case .give: !offers.isEmpty
            default: topic.step != nil
            }
        }
    }

    /// The summary, a line for each topic.
    var summaryLines: [Bilingual] { summaryTopics.map(line) }

    private func line(_ topic: InterviewTopic) -> Bilingual {
        let c = profile.community
        let none = Bilingual(fr: "rien", en: "none")
        func list(_ items: [Bilingual]) -> Bilingual {
            items.isEmpty
                ? none
                : Bilingual(
                    fr: items.map(\.fr).joined(separator: " ; "), en: items.map(\.en).joined(separator: "; "))
        }
        func titled(fr: String, en: String, _ value: Bilingual) -> Bilingual {
            Bilingual(fr: "\(fr) : \(value.fr)", en: "\(en): \(value.en)")
        }
        func same(_ text: String) -> Bilingual { Bilingual(fr: text, en: text) }
        switch topic {
        case .name: return titled(fr: "Nom", en: "Name", same(c.name))
        case .identifier: return titled(fr: "Identifiant", en: "Identifier", same(c.slug))
        case .kind: return titled(fr: "Nature", en: "Kind", c.kind.label)
        case .place: return titled(fr: "Commune", en: "Commune", place.map { same($0.shown) } ?? none)
        case .languages:
            return titled(fr: "Langues", en: "Languages", list(c.languages.map(SpokenLanguage.name)))
        case .meeting:
            let modes = list(c.modes.map(\.label))
            let reach =
                c.modes.contains(.onSite)
                ? Bilingual(fr: " ; jusqu’à \(c.maxKm) km", en: "; up to \(c.maxKm) km") : same("")
            return titled(
                fr: "Rencontres", en: "Meetings",
                Bilingual(fr: modes.fr + reach.fr, en: modes.en + reach.en))
        case .stage:
            return titled(
                fr: "Où vous en êtes", en: "Where you stand",
                c.stage?.situation ?? Bilingual(fr: "non dit", en: "not said"))
        case .needs:
            return titled(
                fr: "Besoins", en: "Needs",
                list(
                    needs.map { need in
                        let presses = urgent.contains(need.skill.slug)
                        return Bilingual(
                            fr: need.skill.label.fr + (presses ? " (urgent)" : ""),
                            en: need.skill.label.en + (presses ? " (urgent)" : ""))
                    }))
        case .receive:
            return titled(
                fr: "Aides reçues au plus à chaque session", en: "Help received at most in each round",
                same("\(c.receive)"))
        case .offers:
            return titled(
                fr: "Offres", en: "Offers",
                list(
                    offers.map { offer in
                        let level = Situation.of(offer.level)
                        return Bilingual(
                            fr: "\(offer.skill.label.fr) (\(level.fr))",
                            en: "\(offer.skill.label.en) (\(level.en))")
                    }))
        case .give:
            return titled(
                fr: "Communautés aidées au plus à chaque session",
                en: "Communities helped at most in each round", same("\(c.give)"))
        case .contact: return titled(fr: "Contact", en: "Contact", profile.contact.map(same) ?? none)
        case .consents:
            let given = Purpose.allCases.filter(profile.consents)
            return titled(fr: "Accords donnés", en: "Agreed to", list(given.map(\.label)))
        case .troubles, .summary: return none
        }
    }
}
