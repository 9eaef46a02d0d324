/// The sentences of what is wrong with the list of a zone.
extension Bilingual {
    static let badCommuneCode = Bilingual(
        fr: "« {value} » n’est pas un code INSEE de commune : cinq chiffres, ou 2A ou 2B et trois chiffres",
        en: "'{value}' is no INSEE code of a commune: five digits, or 2A or 2B and three digits")
    static let badCommuneCodeNear = Bilingual(
        fr: """
            « {value} » n’est pas un code INSEE de commune : cinq chiffres, ou 2A ou 2B et trois chiffres ; peut-être \
            {suggestion}
            """,
        en: """
            '{value}' is no INSEE code of a commune: five digits, or 2A or 2B and three digits; perhaps {suggestion}
            """)
    static let badCommuneCodeZero = Bilingual(
        fr: """
            « {value} » n’a que quatre chiffres : sans doute {suggestion}, dont un tableur a retiré le zéro ; mettre la colonne \
            au format texte avant d’enregistrer
            """,
        en: """
            '{value}' has four digits only: probably {suggestion}, whose zero a spreadsheet removed; make the column text before \
            saving
            """)
    static let incompleteZone = Bilingual(
        fr: """
            il manque {missing} : la liste d’une zone se donne avec --zone, son identifiant ; --vintage, son millésime, l’année \
            ou le jour de la liste ; --source, d’où elle vient, un nom ou une adresse ; par exemple : entraide territory import \
            --zone frr --vintage 2025 --source "ANCT, liste de 2025" frr.csv
            """,
        en: """
            missing: {missing}; the list of a zone is given with --zone, its identifier; --vintage, the year or the day of the \
            list; --source, where it came from, a name or an address; for example: entraide territory import --zone frr \
            --vintage 2025 --source "ANCT, list of 2025" frr.csv
            """)
    static let refusedList = Bilingual(
        fr: """
            lignes refusées : {count}, listées ci-dessus ; rien n’a été chargé : une liste incomplète laisserait des communautés \
            hors de la zone
            """,
        en: """
            rows refused: {count}, listed above; nothing was loaded: a list that is not whole would leave communities out of \
            the zone
            """)
}

extension EntraideError {
    /// The sentence of its code, or a closer one where the values tell more.
    package var sentence: Bilingual {
        switch code {
        case .usage where values["erasure"] != nil: .erasureForGood
        case .missingField where place.words != nil && values["name"] == place.field: .answerMissing
        case .wrongState where stepBefore != nil: .tooEarly
        case .roundMoved where values["round"] == nil: .movedBetweenPages
        case .badOption where values["file"] != nil: .fileExists
        case .usage where values["community"] != nil: .fileNotCommunity
        case .usage where values["round"] != nil: .publishedRound
        case .refusedRows where values["nothing"] != nil: .refusedList
        case .badCommuneCode where values["suggestion"] != nil:
            values["value"]?.utf8.count == 4 ? .badCommuneCodeZero : .badCommuneCodeNear
        default: code.sentence
        }
    }
}

extension EntraideError {
    /// The command that brings a round on towards a state that is asked for; nil when it is there, or past it.
    var stepBefore: String? {
        let order = RoundStatus.allCases.map(\.rawValue)
        guard code == .wrongState, let round = values["round"], let state = values["state"],
            let now = order.firstIndex(of: state), let expected = values["expected"],
            let earliest = expected.split(separator: ", ").compactMap({ order.firstIndex(of: String($0)) })
                .min(),
            now < earliest
        else { return nil }
        return switch RoundStatus(rawValue: state) {
        case .draft: "entraide round open \(round)"
        case .open: "entraide round run \(round)"
        case .proposed: "entraide round publish \(round)"
        default: nil
        }
    }
}

/// Closer sentences, where the values of an error tell more than its code.
extension Bilingual {
    static let erasureForGood = Bilingual(
        fr: "effacer est définitif ; pour le faire : {erasure}",
        en: "erasing cannot be undone; to do it: {erasure}")
    static let answerMissing = Bilingual(
        fr: "réponse obligatoire laissée vide ; l’écrire après les deux-points",
        en: "an answer is needed here and was left empty; write it after the colon")
    static let tooEarly = Bilingual(
        fr: """
            la session d’entraide « {round} » est à l’état « {state} » ; cette commande demande : {expected} ; d’abord : {step}
            """,
        en: "round '{round}' is in state '{state}'; this command needs: {expected}; first: {step}")
    static let movedBetweenPages = Bilingual(
        fr: "la session a changé entre-temps ; reprendre à la première page",
        en: "the round has moved on meanwhile; begin again at the first page")
}

/// The sentences of skills that nobody has accepted yet.
extension Bilingual {
    static let stillProposed = Bilingual(
        fr: """
            « {skill} » n’est elle-même que proposée ; l’accepter d’abord (entraide skill accept {skill}) et recommencer, ou en \
            choisir une du vocabulaire : {nearest}
            """,
        en: """
            '{skill}' is itself only proposed; accept it first (entraide skill accept {skill}) and try again, or choose one of the \
            vocabulary: {nearest}
            """)
}
