import Lines

/// What `GET /` tells a person at a terminal: the routes, their parameters, the columns, and what to type first.
struct HelpPage: Sendable {
    /// Where the server is, as the client called it.
    private let host: String

    init(host: String?) {
        self.host = host ?? "localhost:8080"
    }

    func text(in language: Language) -> String {
        let french = language == .fr
        var lines: [String] = [
            french
                ? "Entraide : qui aide qui, entre communautés du numérique en commun. Un enregistrement par ligne."
                : "Entraide: who helps whom among digital-commons communities. One record per line.",
            "",
            french ? "ROUTES (GET, HEAD, OPTIONS)" : "ROUTES (GET, HEAD, OPTIONS)",
        ]
        for (route, columns) in Self.listed {
            lines.append("  \(route.pattern)\(Self.query(route.filters))")
            lines.append("      \(columns.joined(separator: " "))")
        }
        lines += ["  /healthz  /readyz", ""]
        lines += french ? Self.frenchNotes : Self.englishNotes
        lines += [
            "", french ? "EXEMPLES" : "EXAMPLES",
            "  curl '\(host)/v1/communities?offers=impression-3d'",
            "  curl '\(host)/v1/matches.csv?status=proposed' > matches.csv",
            "  curl -i '\(host)/v1/matches.ndjson?limit=100'",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func query(_ parameters: [String]) -> String {
        parameters.isEmpty ? "" : "?" + parameters.map { "\($0)=" }.joined(separator: "&")
    }

    /// Every route that answers with records, and the columns of its records.
    private static let listed: [(route: Route, columns: [String])] = [
        (.skills, columns(of: SkillRecord.self)),
        (.communities, columns(of: CommunityRecord.self)),
        (.community(""), columns(of: CommunityRecord.self)),
        (.offers(of: ""), columns(of: OfferRecord.self)),
        (.needs(of: ""), columns(of: NeedRecord.self)),
        (.rounds, columns(of: RoundRecord.self)),
        (.round(""), columns(of: RoundRecord.self)),
        (.certificate(of: ""), columns(of: CertificateRecord.self)),
        (.matches, columns(of: MatchRecord.self)),
        (.match(MatchName(round: "", number: 1)), columns(of: MatchRecord.self)),
        (.reasons(of: MatchName(round: "", number: 1)), columns(of: ReasonRecord.self)),
    ]

    private static func columns<R: LineRecord>(of type: R.Type) -> [String] { R.columns.map(\.name) }

    private static let frenchNotes = [
        "FORMAT",
        "  texte par défaut : champs séparés par une tabulation, « - » pour un champ vide, listes à virgules",
        "  .txt .ndjson .csv à la fin du chemin, ou ?format=text|ndjson|csv, ou Accept",
        "  ?header=true|false : ligne d’en-tête (en csv par défaut)",
        "",
        "PAGES",
        "  sans ?limit=, toute la liste ; avec ?limit=1…10000, une page, et la suite par l’en-tête Link (rel=\"next\")",
        "",
        "ERREURS",
        "  une ligne : error, statut, code, détails clé=valeur ; en JSON, application/problem+json",
        "  une liste interrompue finit par une ligne error et un transfert incomplet, que curl signale",
        "  trop de requêtes d’affilée : 429, et Retry-After dit dans combien de secondes revenir",
        "",
        "JETON",
        "  Authorization: Bearer entr_… montre aussi ce qui est réservé aux partenaires, et permet plus de requêtes",
    ]

    private static let englishNotes = [
        "FORMAT",
        "  text by default: fields separated by a tab, '-' for an empty field, lists with commas",
        "  .txt .ndjson .csv at the end of the path, or ?format=text|ndjson|csv, or Accept",
        "  ?header=true|false: a header line (in csv by default)",
        "",
        "PAGES",
        "  without ?limit=, the whole list; with ?limit=1…10000, one page, and the next by the Link field (rel=\"next\")",
        "",
        "ERRORS",
        "  one line: error, status, code, details as key=value; in JSON, application/problem+json",
        "  a list that broke off ends with an error line and an incomplete transfer, which curl reports",
        "  too many requests in a row: 429, and Retry-After says in how many seconds to come back",
        "",
        "TOKEN",
        "  Authorization: Bearer entr_… also shows what is for partners only, and allows more requests",
    ]
}
