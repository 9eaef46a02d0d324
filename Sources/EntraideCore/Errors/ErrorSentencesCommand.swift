/// The sentences of what the command asks about before it does it.
extension Bilingual {
    static let fileExists = Bilingual(
        fr: "{file} existe déjà ; choisir un autre nom, ou --force pour le remplacer",
        en: "{file} exists already; choose another name, or --force to replace it")
    static let fileNotCommunity = Bilingual(
        fr:
            "avec --to, l’argument est un fichier ; pour une seule communauté : entraide community export {community}",
        en:
            "with --to, the argument is a file; for one community alone: entraide community export {community}"
    )
    static let publishedRound = Bilingual(
        fr: """
            la session {round} est publiée ; l’annuler est définitif et les partenaires ne la verront plus : --yes (withdraw la \
            retire seulement)
            """,
        en: """
            round {round} is published; cancelling it is final, and partners will see it no more: --yes (withdraw only takes it \
            back)
            """)
}

extension EntraideError {
    /// How an import ends that refused something of what it read.
    ///
    /// - Parameters:
    ///   - others: how many of what was read came in, or would have.
    ///   - areAnswers: whether answers to the form were read, and no rows.
    package static func refusedRows(
        _ count: Int, others: Int, isRehearsal: Bool, areAnswers: Bool = false, in file: String
    ) -> EntraideError {
        let rows =
            areAnswers
            ? Bilingual(fr: "réponses refusées", en: "answers refused")
            : Bilingual(fr: "lignes refusées", en: "rows refused")
        let accepted =
            isRehearsal
            ? Bilingual(fr: " ; les autres seraient acceptées", en: "; the others would be accepted")
            : Bilingual(fr: " ; les autres sont acceptées", en: "; the others are accepted")
        return others > 0
            ? EntraideError(
                .refusedRows, ["count": "\(count)"], words: ["rows": rows, "others": accepted],
                at: Place(file: file))
            : EntraideError(
                .refusedRows, ["count": "\(count)", "others": ""], words: ["rows": rows],
                at: Place(file: file))
    }
}
