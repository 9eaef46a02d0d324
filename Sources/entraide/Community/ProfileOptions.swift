import ArgumentParser
import EntraideCore
import Lines
import Matching

/// The fields of a profile as options: what `register` and `update` share. What is not given is not said.
struct ProfileOptions: ParsableArguments {
    @Option(help: ArgumentHelp(fr: "Nom tel qu’on le dit.", en: "Name as people say it."))
    var name: String?

    @Option(
        help: ArgumentHelp(
            fr: "Nature : \(CommunityKind.codes).", en: "Kind: \(CommunityKind.codes)."))
    var kind: String?

    @Option(help: ArgumentHelp(fr: "Étape : \(Stage.codes).", en: "Stage of life: \(Stage.codes)."))
    var stage: String?

    @Option(
        help: ArgumentHelp(
            fr: "Identifiant de la structure mère.", en: "Identifier of the parent organisation."))
    var parent: String?

    @Option(
        help: ArgumentHelp(
            fr: "Code de la commune (INSEE) ; voir entraide territory find.",
            en: "Code of the commune (INSEE); see entraide territory find."))
    var territory: String?

    @Option(help: ArgumentHelp(fr: "Latitude en degrés décimaux.", en: "Latitude in decimal degrees."))
    var latitude: String?

    @Option(help: ArgumentHelp(fr: "Longitude en degrés décimaux.", en: "Longitude in decimal degrees."))
    var longitude: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            fr: "Langues parlées : fr, en, br… (fr par défaut).",
            en: "Languages spoken: fr, en, br… (fr by default)."))
    var language: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            fr: "Manières de se rencontrer : \(Mode.codes) (les deux par défaut).",
            en: "Ways of meeting: \(Mode.codes) (both by default)."))
    var mode: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            fr: "Créneaux : \(Slot.codes) (tous par défaut).",
            en: "Time slots: \(Slot.codes) (any by default)."))
    var slot: [String] = []

    @Option(
        name: .customLong("max-km"),
        help: ArgumentHelp(
            fr: "Jusqu’à combien de kilomètres se déplacer (50 par défaut).",
            en: "How many kilometres to travel at most (50 by default)."))
    var maxKm: Int?

    @Option(
        help: ArgumentHelp(
            fr: "Combien de mises en relation porter en aidant, par session (3 par défaut).",
            en: "How many matches to carry as a provider, per round (3 by default)."))
    var give: Int?

    @Option(
        help: ArgumentHelp(
            fr: "Combien en recevoir, par session (2 par défaut).",
            en: "How many to receive, per round (2 by default)."))
    var receive: Int?

    @Option(
        help: ArgumentHelp(
            fr: "Qui peut la voir : \(Visibility.codes) (partners par défaut).",
            en: "Who may see it: \(Visibility.codes) (partners by default)."))
    var visibility: String?

    @Option(
        help: ArgumentHelp(
            fr: "Contact, une adresse de fonction de préférence.", en: "Contact, preferably a role's address."
        ))
    var contact: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            fr: "Ce à quoi elle consent : \(Purpose.codes).", en: "What it consents to: \(Purpose.codes)."))
    var consent: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            fr: "Ce à quoi elle ne consent pas, ou plus : \(Purpose.codes).",
            en: "What it does not consent to, or no longer: \(Purpose.codes)."))
    var withdraw: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            fr: "Offre, compétence:niveau:capacité (niveau 3, capacité 1 par défaut).",
            en: "Offer, skill:level:capacity (level 3, capacity 1 by default)."))
    var offer: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            fr: "Besoin, compétence:niveau:urgence:quantité (niveau 2, urgence 2, quantité 1 par défaut).",
            en: "Need, skill:level:urgency:quantity (level 2, urgency 2, quantity 1 by default)."))
    var need: [String] = []

    /// Whether nothing was given.
    var isEmpty: Bool {
        let single = [name, kind, stage, parent, territory, latitude, longitude, visibility, contact]
        let lists = [language, mode, slot, consent, withdraw, offer, need]
        return single.allSatisfy { $0 == nil } && lists.allSatisfy(\.isEmpty)
            && [maxKm, give, receive].allSatisfy { $0 == nil }
    }

    /// Puts what was given into `profile`.
    func apply(to profile: inout Profile, vocabulary: Vocabulary) throws {
        var c = profile.community
        if let name { c.name = try FieldCheck.text(name, limit: ProfileLimits.name, field: "--name") }
        if let kind { c.kind = try FieldCheck.code(kind, field: "--kind") }
        if let stage { c.stage = try FieldCheck.code(stage, field: "--stage") }
        if let parent { c.parent = try FieldCheck.slug(parent, field: "--parent") }
        if let territory {
            c.territory = try FieldCheck.text(territory, limit: ProfileLimits.territory, field: "--territory")
        }
        if latitude != nil || longitude != nil {
            c.position = try FieldCheck.position(latitude: latitude, longitude: longitude)
        }
        if !language.isEmpty { c.languages = try FieldCheck.languages(language, field: "--language") }
        if !mode.isEmpty { c.modes = try FieldCheck.codes(mode, field: "--mode") }
        if !slot.isEmpty { c.slots = try FieldCheck.codes(slot, field: "--slot") }
        if let maxKm { c.maxKm = try FieldCheck.integer(maxKm, in: ProfileLimits.maxKm, field: "--max-km") }
        if let give { c.give = try FieldCheck.integer(give, in: ProfileLimits.give, field: "--give") }
        if let receive {
            c.receive = try FieldCheck.integer(receive, in: ProfileLimits.receive, field: "--receive")
        }
        if let visibility { c.visibility = try FieldCheck.code(visibility, field: "--visibility") }
        profile.community = c
        if let contact {
            profile.contact = try FieldCheck.text(contact, limit: ProfileLimits.contact, field: "--contact")
        }
        for purpose in try FieldCheck.codes(consent, field: "--consent", as: Purpose.self) {
            profile.consent[purpose] = true
        }
        for purpose in try FieldCheck.codes(withdraw, field: "--withdraw", as: Purpose.self) {
            if consent.contains(purpose.rawValue) {
                throw EntraideError(
                    .badOption,
                    [
                        "option": "--withdraw", "value": purpose.rawValue,
                        "expected": "--consent | --withdraw",
                    ])
            }
            profile.consent[purpose] = false
        }
        if !offer.isEmpty {
            profile.offers = try offer.map { try Offer(spec: $0, vocabulary: vocabulary, field: "--offer") }
        }
        if !need.isEmpty {
            profile.needs = try need.map { try Need(spec: $0, vocabulary: vocabulary, field: "--need") }
        }
    }
}

extension CodeList {
    /// All codes, as help lists them.
    static var codes: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
