import Lines

/// ArgumentParser speaks English only. Its own words around ours are few; here they are in French.
enum Usage {
    static func inLanguage(_ text: String, _ language: Language = .current) -> String {
        guard language == .fr else { return text }
        var result = text
        for (en, fr) in phrases { result = result.replacing(en, with: fr) }
        // The last of a list of values, which ArgumentParser quotes.
        result = result.replacing(#/(Valeurs possibles.*') (?:or|and) (')/#) { "\($0.1) ou \($0.2)" }
        result = result.replacing(#/(Vouliez-vous dire.*)\?/#) { "\($0.1)\u{202F}?" }
        return result.replacing(#/'([^'\n]+)'/#) { "«\u{202F}\($0.1)\u{202F}»" }
    }

    /// Longer phrases first, so that none is cut by a shorter one.
    private static let phrases: [(String, String)] = [
        ("  See 'entraide ", "  Voir 'entraide "),
        ("for detailed help.", "pour une aide détaillée."),
        ("Show help information.", "Afficher l’aide."),
        ("Show subcommand help information.", "Afficher l’aide d’une sous-commande."),
        ("Show the version.", "Afficher la version."),
        ("for more information.", "pour en savoir plus."),
        ("OVERVIEW: ", "PRÉSENTATION\u{202F}: "),
        ("USAGE: ", "USAGE\u{202F}: "),
        ("Usage: ", "Usage\u{202F}: "),
        ("ARGUMENTS:", "ARGUMENTS\u{202F}:"),
        ("SUBCOMMANDS:", "SOUS-COMMANDES\u{202F}:"),
        ("OPTIONS:", "OPTIONS\u{202F}:"),
        ("PROFIL:", "PROFIL\u{202F}:"),
        ("<subcommand>", "<sous-commande>"),
        ("(values:", "(valeurs\u{202F}:"),
        ("(default:", "(par défaut\u{202F}:"),
        ("Error: ", "Erreur\u{202F}: "),
        ("Help:  ", "Aide\u{202F}:  "),
        ("Missing expected argument", "Il manque l’argument"),
        ("Missing one of:", "Il manque l’un de\u{202F}:"),
        ("Missing value for", "Il manque une valeur pour"),
        ("Unknown option", "Option inconnue"),
        ("unexpected arguments:", "arguments en trop\u{202F}:"),
        ("Unexpected argument", "Argument inattendu"),
        ("unexpected argument", "argument inattendu"),
        ("Did you mean", "Vouliez-vous dire"),
        ("The value", "La valeur"),
        ("is invalid for", "ne convient pas pour"),
        ("Please provide one of the following:", "Valeurs possibles\u{202F}:"),
        ("Please provide one of", "Valeurs possibles\u{202F}:"),
        ("The option", "L’option"),
        ("does not take any value, but", "ne prend pas de valeur\u{202F}; reçu\u{202F}:"),
        ("' was specified.", "'."),
        ("; default:", "\u{202F}; par défaut\u{202F}:"),
    ]
}
