/// The sentences of what goes wrong in forms and mails.
extension Bilingual {
    static let unreadableForm = Bilingual(
        fr: """
            ce fichier ({format}) n’est ni un message ni du texte ; enregistrer le message au format .eml, ou copier les \
            réponses dans un fichier .txt
            """,
        en: """
            this file ({format}) is neither a message nor text; save the message as .eml, or copy the answers to a .txt \
            file
            """)
    static let notAForm = Bilingual(
        fr: """
            aucune question reconnue ; c’est la réponse à un formulaire si ses lignes gardent leurs numéros (Q0, Q1, N1, P1)
            """,
        en: """
            no question recognised; it answers a form if its lines keep their numbers (Q0, Q1, N1, P1)
            """)
    static let mailTooLarge = Bilingual(
        fr: """
            message trop gros pour être lu : au plus {parts} parties, {depth} niveaux, {size} Mo et {lines} lignes de \
            texte ; copier les réponses dans un fichier .txt
            """,
        en: """
            message too large to be read: at most {parts} parts, {depth} levels, {size} MB and {lines} lines of text; copy \
            the answers to a .txt file
            """)
    static let severalAnswers = Bilingual(
        fr: "plusieurs communautés répondent dans ce message ; enregistrer chaque réponse à part",
        en: "several communities answer in this message; save each answer on its own")
    static let answeredTwice = Bilingual(
        fr: "{question} a deux réponses différentes ; n’en garder qu’une dans le fichier",
        en: "{question} has two different answers; keep one of them in the file")
    static let severalBoxes = Bilingual(
        fr: "plusieurs cases cochées ({letters}) pour une seule réponse ; n’en laisser qu’une",
        en: "several boxes ticked ({letters}) for one answer; leave one of them")
    static let badNumber = Bilingual(
        fr: "« {value} » n’est pas un nombre attendu ici ({range}) ; l’écrire en chiffres",
        en: "'{value}' is not a number expected here ({range}); write it in digits")
    static let staleForm = Bilingual(
        fr: """
            « {community} » a changé depuis que ce formulaire lui a été préparé, ou la fin de sa ligne Q0 n’est plus celle \
            qui y était ; lui en renvoyer un (entraide community form {community}) ; pour l’accepter tel quel : effacer ce \
            qui suit {community} sur cette ligne, puis relire la réponse avec --on-behalf --channel mail
            """,
        en: """
            '{community}' has changed since this form was made for it, or the end of its line Q0 is no longer what it was; \
            send it another (entraide community form {community}); to accept it as it is: delete what follows \
            {community} on that line, then read the answer again with --on-behalf --channel mail
            """)
    static let identityNotStated = Bilingual(
        fr: """
            « {community} » existe déjà, et rien ne montre que cette réponse vient d’elle ; lui envoyer son formulaire \
            (entraide community form {community}) ; si vous savez que c’est elle : {step} {community} à la fin de la ligne Q0, \
            puis relire la réponse avec --on-behalf --channel mail ; si c’est une autre communauté : y écrire un autre identifiant
            """,
        en: """
            '{community}' exists already, and nothing shows that this answer comes from it; send it its form (entraide \
            community form {community}); if you know that it does: {step} {community} at the end of line Q0, then read the answer \
            again with --on-behalf --channel mail; if it is another community: write another identifier there
            """)
}

extension EntraideError {
    /// - Parameter isNamed: whether the line Q0 names the community already.
    static func identityNotStated(_ community: String, isNamed: Bool, at place: Place) -> EntraideError {
        EntraideError(
            .identityNotStated, ["community": community],
            words: [
                "step": isNamed
                    ? Bilingual(fr: "garder", en: "keep") : Bilingual(fr: "écrire", en: "write")
            ], at: place)
    }
}
