import EntraideCore
import Matching

extension NearestChange {
    /// What would help a community that was left out, as a person reads it.
    func sentence(for receiver: String) -> String {
        guard let condition else { return lack(receiver) }
        guard let provider, let offer else { return condition }
        let room =
            hasRoom
            ? say(fr: "il y reste de la place", en: "there is room left")
            : say(fr: "la place est disputée", en: "others want the place too")
        return say(
            fr: "\(condition), \(receiver) aurait une piste : offre \(offer) de \(provider) (\(room)).",
            en: "\(condition), \(receiver) would have a candidate: offer \(offer) of \(provider) (\(room)).")
    }

    /// What it would have to do; nil where it can do nothing.
    private var condition: String? {
        let to = value ?? "?"
        switch code {
        case .receive where provider == nil:
            return say(
                fr: "Tant qu’elle n’accepte de recevoir aucune aide, rien d’autre ne peut lui en apporter.",
                en: "As long as it accepts to receive no match, nothing else can bring it one.")
        case .receive:
            return say(
                fr: "En acceptant de recevoir \(to) aide par session",
                en: "By accepting to receive \(to) match a round")
        case .acceptRemote:
            return say(
                fr: "En acceptant l’entraide à distance pour le besoin \(need)",
                en: "By accepting help at a distance for the need \(need)")
        case .acceptOnSite:
            return say(
                fr: "En acceptant de se rencontrer sur place pour le besoin \(need)",
                en: "By accepting to meet on site for the need \(need)")
        case .maxKm:
            return say(
                fr: "Avec \(to) km au plus pour se rencontrer, pour le besoin \(need)",
                en: "With \(to) km at most to meet, for the need \(need)")
        case .slot:
            let slot = Slot(rawValue: to)?.label[.current] ?? to
            return say(
                fr: "En ajoutant un créneau (\(slot)) au besoin \(need)",
                en: "By adding a time slot (\(slot)) to the need \(need)")
        case .posture:
            let posture = Posture(rawValue: to)?.label[.current] ?? to
            return say(
                fr: "En cherchant un échange d’égale à égale (\(posture)) pour le besoin \(need)",
                en: "By asking for an exchange among equals (\(posture)) for the need \(need)")
        case .level:
            return say(
                fr: "En visant le niveau \(to) pour le besoin \(need)",
                en: "By aiming at level \(to) for the need \(need)")
        case .moreProviders, .nobodySuits, .nobodyOffers: return nil
        }
    }

    /// What the market lacks.
    private func lack(_ receiver: String) -> String {
        switch code {
        case .moreProviders:
            say(
                fr: """
                    Il manque une aidante de plus pour \(need) : les offres qui conviendraient à \(receiver) (\(suiting)) sont \
                    toutes promises.
                    """,
                en: """
                    One more provider of \(need) is lacking: the offers that would suit \(receiver) (\(suiting)) are all \
                    promised.
                    """)
        case .nobodySuits:
            say(
                fr:
                    "Des offres proches de \(need) existent ; aucune ne conviendrait en changeant une seule chose.",
                en: "There are offers near \(need); none would suit by changing one thing alone.")
        default:
            say(
                fr: "Personne d’autre n’offre \(need), ni rien d’approchant.",
                en: "Nobody else offers \(need), or anything near.")
        }
    }
}
