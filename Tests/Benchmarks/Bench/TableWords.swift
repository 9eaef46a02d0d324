/// The words of a made-up table of communities.
enum TableWords {
    static let kinds = ["Fablabs", "Tiers-lieux", "Association", "Coopérative"]

    /// First words of names, of which some bear accents.
    static let nouns = [
        "Atelier", "Fabrique", "Maison", "Grange", "Halle", "Usine", "Forge", "Ruche", "Verrière", "Cabane",
        "Boutique", "Remise", "Bergerie", "Ferme", "Gare", "Péniche", "Serre", "Librairie", "Menuiserie",
        "Épicerie",
    ]

    static let qualities = [
        "ouverte", "commune", "partagée", "vagabonde", "solidaire", "rieuse", "tranquille", "curieuse",
        "boréale",
        "matinale", "libre", "patiente", "hardie", "joyeuse", "voisine", "bavarde", "collective", "nomade",
        "paysanne",
        "populaire",
    ]

    static let things = [
        "dunes", "glycines", "tilleuls", "moulins", "rivières", "chouettes", "marées", "noisetiers",
        "collines", "lavoirs",
        "hirondelles", "fougères", "galets", "bruyères", "sources", "cerisiers", "remparts", "vergers",
        "étangs", "genêts",
        "peupliers", "roseaux", "falaises", "vignes", "ormes", "mésanges", "carrières", "landes",
        "tisserands", "forgerons",
        "charpentes", "lucioles", "saules", "ponts", "phares", "marais", "bateliers", "horloges", "ardoises",
        "clairières",
    ]

    /// Skills as the vocabulary names them, by how often a file would.
    static let skills = [
        "médiation numérique", "impression 3D", "communication", "bureautique et courriel", "numérique libre",
        "réparation de vélos", "découpe laser", "accès aux droits", "écrivain public", "vidéo", "infolettre",
        "modélisation 3D", "photographie", "électronique et réparation", "radio et podcast",
        "visioconférence",
        "découpe vinyle et flocage", "broderie numérique", "sérigraphie", "données ouvertes",
        "graphisme libre",
        "réparation de smartphones", "surcyclage de vêtements", "cartes en ligne", "recyclage du plastique",
        "poterie et céramique", "assemblée générale", "prise de parole en public", "réseau local et wifi",
        "statistiques",
        "bases de données", "écoconstruction", "langue des signes", "plomberie", "signalétique",
        "usinage du métal",
        "accessibilité numérique", "parentalité et écrans", "création musicale", "premiers secours",
    ]

    /// Labels that no vocabulary knows.
    static let unknownSkills = ["divination par les nuages", "élevage de licornes", "chasse au dahu"]
}
