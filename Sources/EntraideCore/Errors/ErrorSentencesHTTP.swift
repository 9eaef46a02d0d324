/// The sentences of what goes wrong over HTTP.
extension Bilingual {
    static let notFound = Bilingual(
        fr: "rien à cette adresse ; GET / liste les routes",
        en: "nothing at this address; GET / lists the routes")
    static let methodNotAllowed = Bilingual(
        fr: "méthode non permise ; méthodes permises : {allowed}",
        en: "method not allowed; allowed: {allowed}")
    static let notAcceptable = Bilingual(
        fr: "format non disponible ; formats : text/plain, application/x-ndjson, text/csv",
        en: "format not available; formats: text/plain, application/x-ndjson, text/csv")
    static let unknownParameter = Bilingual(
        fr: "paramètre inconnu « {name} » ; paramètres possibles : {allowed}",
        en: "unknown parameter '{name}'; it may be: {allowed}")
    static let badParameter = Bilingual(
        fr: "le paramètre {name} n’accepte pas cette valeur ; attendu : {expected}",
        en: "parameter {name} does not take this value; expected: {expected}")
    static let tokenRefused = Bilingual(
        fr: "jeton inconnu, expiré ou révoqué ; en demander un autre au réseau",
        en: "token unknown, expired or revoked; ask the network for another")
    static let scopeMissing = Bilingual(
        fr: "ce jeton n’a pas la portée {scope}", en: "this token lacks the scope {scope}")
    static let requestTooLarge = Bilingual(fr: "requête trop grande", en: "request too large")
    static let tooManyRequests = Bilingual(
        fr: "trop de requêtes d’affilée ; réessayer dans {seconds} s",
        en: "too many requests in a row; try again in {seconds} s")
    static let uriTooLong = Bilingual(fr: "adresse trop longue", en: "address too long")
    static let badRequest = Bilingual(fr: "requête mal formée", en: "malformed request")
}

extension EntraideError {
    /// What is told over HTTP, where the sentence of the code names commands or what only a coordinator can mend.
    package var sentenceOverHTTP: Bilingual? {
        switch code {
        case .unknownCommunity:
            Bilingual(
                fr: "aucune communauté « {community} » ne se lit ici ; GET /v1/communities en donne la liste",
                en: "no community '{community}' can be read here; GET /v1/communities lists them")
        case .unknownRound:
            Bilingual(
                fr: "aucune session d’entraide « {round} » ne se lit ici ; GET /v1/rounds en donne la liste",
                en: "no round '{round}' can be read here; GET /v1/rounds lists them")
        case .unknownMatch:
            Bilingual(
                fr: "aucune mise en relation « {match} » ne se lit ici ; GET /v1/matches en donne la liste",
                en: "no match '{match}' can be read here; GET /v1/matches lists them")
        case .unknownNetwork where values["known"] == "-":
            Bilingual(
                fr: "aucun réseau « {network} » visible sans un jeton de ce réseau",
                en: "no network '{network}' can be seen without a token of that network")
        case .unknownNetwork:
            Bilingual(
                fr: "aucun réseau « {network} » visible avec ce jeton ; réseaux visibles : {known}",
                en: "no network '{network}' can be seen with this token; networks that can: {known}")
        case .unknownZone:
            Bilingual(
                fr: "aucune liste de la zone « {zone} » en vigueur ; listes chargées : {known}",
                en: "no list of zone '{zone}' in force; lists loaded: {known}")
        case .unknownOffer:
            Bilingual(fr: "{community} n’offre pas « {skill} »", en: "{community} does not offer '{skill}'")
        case .unknownNeed:
            Bilingual(
                fr: "{community} n’a pas de besoin « {skill} »", en: "{community} has no need '{skill}'")
        case .roundNotRun:
            Bilingual(
                fr: "la session d’entraide « {round} » n’a pas encore de résultat",
                en: "round '{round}' has no result yet")
        case .internalFailure:
            Bilingual(
                fr: "défaut interne du serveur ; le signaler au réseau s’il revient",
                en: "internal failure of the server; tell the network if it comes again")
        case .timedOut: nil
        default:
            code.httpStatus == 503
                ? Bilingual(
                    fr: "le service ne répond pas pour l’instant ; réessayer plus tard",
                    en: "the service does not answer for now; try again later") : nil
        }
    }
}
