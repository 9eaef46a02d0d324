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

    /// Mail programs break lines past this.
    private static let width = 72

    var text: String {
        let record = invitation.record
        // A rehearsal stores nothing, and a code that opens nothing is not shown as one.
        let code = record.code ?? Array(repeating: "·····", count: 5).joined(separator: "-")
        let day = Bilingual(fr: Language.fr.day(record.expiresAt), en: Language.en.day(record.expiresAt))
        let paragraphs =
            [
                wrapped(say(fr: "Bonjour \(record.name),", en: "Hello \(record.name),")),
                wrapped(
                    say(
                        fr: """
                            Entraide met en relation des communautés qui s’entraident : fablabs, tiers-lieux, associations, lieux \
                            de médiation. Chacune dit ce qu’elle sait transmettre et ce qui lui manque ; des sessions d’entraide \
                            proposent qui aide qui.
                            """,
                        en: """
                            Entraide matches communities that help each other: fablabs, third places, associations, digital \
                            mediation places. Each says what it can pass on and what it lacks; rounds propose who helps whom.
                            """)),
            ] + held.map(wrapped) + [
                wrapped(standing[.current]),
                wrapped(
                    say(
                        fr: "Votre code, pour répondre une fois, jusqu’au \(day.fr) :",
                        en: "Your code, to answer once, until \(day.en):")),
                "    \(code)",
                wrapped(
                    say(
                        fr: "Répondez à \(answerer.fr), avec ce code :",
                        en: "Answer \(answerer.en), with this code:"))
                    + "\n" + answers,
                wrapped(
                    say(
                        fr: """
                            Au téléphone, lisez les cinq groupes de votre code ; O et 0, I et 1 se valent. Rien d’autre que « oui » \
                            ne vous engage, et tout peut se changer ensuite. Une erreur ? Dites-la dans votre réponse : elle \
                            sera corrigée.
                            """,
                        en: """
                            On the phone, read the five groups of your code; O and 0, I and 1 are the same. Nothing but "yes" \
                            commits you, and all of it can be changed afterwards. A mistake? Say so in your answer: it will be \
                            corrected.
                            """)),
                wrapped(
                    say(
                        fr: "Avec la commande entraide, dans le même ordre :",
                        en: "With the entraide command, in the same order:"))
                    + ["confirm", "pause", "erase --yes"].map {
                        "\n    entraide community \($0) --code \(code)"
                    }
                    .joined(),
            ]
        // The narrow one would be a question mark in some mails.
        return paragraphs.joined(separator: "\n\n").replacing("\u{202F}", with: "\u{A0}") + "\n"
    }

    private func wrapped(_ text: String) -> String {
        DisplayWidth.wrap(text, to: Self.width).joined(separator: "\n")
    }

    /// What may be answered, each with its meaning.
    private var answers: String {
        let lines: [(answer: Bilingual, meaning: Bilingual)] = [
            (
                Bilingual(fr: "« oui »", en: "\"yes\""),
                Bilingual(
                    fr: "c’est juste, et nous participons aux sessions d’entraide",
                    en: "this is right, and we take part in rounds")
            ),
            (
                Bilingual(fr: "« plus tard »", en: "\"later\""),
                Bilingual(fr: "gardez-nous à l’écart pour l’instant", en: "leave us aside for now")
            ),
            (
                Bilingual(fr: "« effacez »", en: "\"erase\""),
                Bilingual(
                    fr: "effacez tout ce qui est gardé sur nous ; rien n’en reviendra par un fichier",
                    en: "erase all that is held on us; no file will bring it back")
            ),
        ]
        let margin = 17
        return lines.map { answer, meaning in
            let head = "  " + answer[.current]
            let room = String(repeating: " ", count: max(1, margin - head.count))
            return head + room
                + DisplayWidth.wrap(meaning[.current], to: Self.width - margin)
                .joined(separator: "\n" + String(repeating: " ", count: margin))
        }.joined(separator: "\n")
    }

    /// What becomes of them without an answer.
    private var standing: Bilingual {
        invitation.held.status == .unconfirmed
            ? Bilingual(
                fr: """
                    Sans réponse de votre part, rien ne se passe : vous n’êtes dans aucune session d’entraide, ni dans aucune liste que d’autres peuvent lire.
                    """,
                en: """
                    Without an answer from you nothing happens: you are in no round, and in no list that others may read.
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

    /// What is held, in as many sentences: who it is, what it can do, what it lacks, where all that comes from.
    private var held: [String] {
        let held = invitation.held
        var parts = [
            Bilingual(fr: "votre nom", en: "your name"),
            Bilingual(
                fr: "ce que vous êtes (\(held.kind.label.fr))", en: "what you are (\(held.kind.label.en))"),
        ]
        if let place {
            parts.append(Bilingual(fr: "votre commune, \(place)", en: "your commune, \(place)"))
        }
        if held.hasContact { parts.append(Bilingual(fr: "un contact", en: "a contact")) }
        var told = [
            say(
                fr: "Ce qui est gardé sur vous : \(parts.map(\.fr).joined(separator: ", ")).",
                en: "What is held on you: \(parts.map(\.en).joined(separator: ", ")).")
        ]
        let offers = held.offers.map { $0[.current] }.joined(separator: ", ")
        if !offers.isEmpty {
            told.append(say(fr: "Ce que vous savez faire : \(offers).", en: "What you can do: \(offers)."))
        }
        let needs = held.needs.map { $0[.current] }.joined(separator: ", ")
        if !needs.isEmpty {
            told.append(say(fr: "Ce qui vous manque : \(needs).", en: "What you lack: \(needs)."))
        }
        let files = held.sources.joined(separator: ", ")
        if !files.isEmpty {
            told.append(
                say(
                    held.sources.count,
                    fr: ("Cela vient d’un fichier : \(files).", "Cela vient de fichiers : \(files)."),
                    en: ("This comes from a file: \(files).", "This comes from files: \(files).")))
        }
        return told
    }
}
