extension ErrorCode {
    /// What is said over HTTP of a request, where a word of its own is worth having.
    var httpSentence: Bilingual {
        switch self {
        case .notFound:
            Bilingual(
                fr: "rien à cette adresse ; GET / liste les routes",
                en: "nothing at this address; GET / lists the routes")
        case .methodNotAllowed:
            Bilingual(
                fr: "méthode non permise ; méthodes permises : {allowed}",
                en: "method not allowed; allowed: {allowed}")
        case .notAcceptable:
            Bilingual(
                fr: "format non disponible ; formats : text/plain, application/x-ndjson, text/csv",
                en: "format not available; formats: text/plain, application/x-ndjson, text/csv")
        case .unknownParameter:
            Bilingual(
                fr: "paramètre inconnu « {name} » ; paramètres possibles : {allowed}",
                en: "unknown parameter '{name}'; it may be: {allowed}")
        case .badParameter:
            Bilingual(
                fr: "le paramètre {name} n’accepte pas cette valeur ; attendu : {expected}",
                en: "parameter {name} does not take this value; expected: {expected}")
        case .tokenRefused:
            Bilingual(
                fr: "jeton inconnu, expiré ou révoqué ; en demander un autre au réseau",
                en: "token unknown, expired or revoked; ask the network for another")
        case .scopeMissing:
            Bilingual(fr: "ce jeton n’a pas la portée {scope}", en: "this token lacks the scope {scope}")
        case .requestTooLarge: Bilingual(fr: "requête trop grande", en: "request too large")
        case .uriTooLong: Bilingual(fr: "adresse trop longue", en: "address too long")
        default: Bilingual(fr: "requête mal formée", en: "malformed request")
        }
    }
}
