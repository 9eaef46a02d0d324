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
