import EntraideCore
import Lines

/// What is sent to an invited community, in the language of this run.
struct InvitationLetter {
    private let invitation: Invitation
    /// Whom to answer, where it was said.
    private let reply: String?

    init(_ invitation: Invitation, reply: String?) {
        self.invitation = invitation
        self.reply = reply
    }

    var text: String {
        let record = invitation.record
        // A rehearsal stores nothing, and a code that opens nothing is not shown as one.
        let code = record.code ?? Array(repeating: "·····", count: 5).joined(separator: "-")
        let day = Bilingual(fr: Language.fr.day(record.expiresAt), en: Language.en.day(record.expiresAt))
        return say(
            fr: """
                \(record.name),

                Entraide met en relation des communautés qui s’entraident : fablabs, tiers-lieux,
                associations, lieux de médiation. Chacune dit ce qu’elle sait transmettre et ce
                qui lui manque ; des sessions d’entraide proposent qui aide qui.

                Ce qui est gardé sur vous : \(held(in: .fr)).

                \(standing.fr)

                Votre code, pour répondre une fois, jusqu’au \(day.fr) :

                    \(code)

                Répondez à \(answerer.fr), avec ce code :
                  « oui »         c’est juste, et nous participons aux sessions d’entraide
                  « plus tard »   gardez-nous à l’écart pour l’instant
                  « effacez »     effacez tout ce qui est gardé sur nous ; aucun fichier ne le
                                  fera revenir
                Au téléphone, lire les cinq groupes ; O et 0, I et 1 se valent. Rien d’autre que
                « oui » ne vous engage, et tout peut se changer ensuite.

                Avec la commande entraide, dans le même ordre :
                    entraide community confirm --code \(code)
                    entraide community pause --code \(code)
                    entraide community erase --yes --code \(code)

                """,
            en: """
                \(record.name),

                Entraide matches communities that help each other: fablabs, third places,
                associations, digital mediation places. Each says what it can pass on and what
                it lacks; rounds propose who helps whom.

                What is held on you: \(held(in: .en)).

                \(standing.en)

                Your code, to answer once, until \(day.en):

                    \(code)

                Answer \(answerer.en), with this code:
                  "yes"      this is right, and we take part in rounds
                  "later"    leave us aside for now
                  "erase"    erase all that is held on us; no file will bring it back
                On the phone, read the five groups; O and 0, I and 1 are the same. Nothing but
                "yes" commits you, and all of it can be changed afterwards.

                With the entraide command, in the same order:
                    entraide community confirm --code \(code)
                    entraide community pause --code \(code)
                    entraide community erase --yes --code \(code)

                """)
    }

    /// What becomes of them without an answer.
    private var standing: Bilingual {
        invitation.held.status == .unconfirmed
            ? Bilingual(
                fr: """
                    Sans réponse de votre part, rien ne se passe : vous n’êtes dans aucune session
                    d’entraide, ni dans aucune liste que d’autres peuvent lire.
                    """,
                en: """
                    Without an answer from you nothing happens: you are in no round, and in no list
                    that others may read.
                    """)
            : Bilingual(
                fr: "Vous êtes déjà inscrite : répondre « oui » dit que tout est encore juste.",
                en: "You are registered already: to answer \"yes\" says that all is still right.")
    }

    private var answerer: Bilingual {
        reply.map { Bilingual(fr: $0, en: $0) }
            ?? Bilingual(fr: "qui vous envoie cette lettre", en: "whoever sends you this letter")
    }

    private var place: String? {
        let held = invitation.held
        guard let territory = held.territory else { return nil }
        return held.place.map { "\($0) (\(territory))" } ?? territory
    }

    /// What is held, in one line.
    private func held(in language: Language) -> String {
        let held = invitation.held
        let files = held.sources.joined(separator: ", ")
        var parts = [
            Bilingual(fr: "votre nom", en: "your name")[language],
            Bilingual(fr: "votre sorte (\(held.kind.label.fr))", en: "your kind (\(held.kind.label.en))")[
                language],
        ]
        if let place {
            parts.append(Bilingual(fr: "votre commune, \(place)", en: "your commune, \(place)")[language])
        }
        if held.offers > 0 {
            parts.append(Bilingual.count(held.offers, Self.offer, Self.offers, in: language))
        }
        if held.needs > 0 { parts.append(Bilingual.count(held.needs, Self.need, Self.needs, in: language)) }
        if held.hasContact { parts.append(Bilingual(fr: "un contact", en: "a contact")[language]) }
        if !files.isEmpty {
            parts.append(
                Bilingual(fr: "venus d’un fichier (\(files))", en: "read from a file (\(files))")[language])
        }
        return parts.joined(separator: ", ")
    }

    private static let offer = Bilingual(fr: "offre", en: "offer")
    private static let offers = Bilingual(fr: "offres", en: "offers")
    private static let need = Bilingual(fr: "besoin", en: "need")
    private static let needs = Bilingual(fr: "besoins", en: "needs")
}
