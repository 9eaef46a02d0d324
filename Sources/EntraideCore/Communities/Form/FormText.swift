import Crypto
import Lines
import Matching

/// The form as a person gets it: plain lines of at most 72 columns, which mail programs leave as they are.
struct FormText {
    /// Mail programs break lines past this.
    static let width = 72
    /// Rows left for more needs, and offers: on a blank form, and after those that a profile has.
    private static let blankRows = 4
    private static let moreRows = 2

    let language: Language
    /// What is known already; nil for a blank form.
    let known: FormKnown?

    private var lines: [String] = []

    init(_ known: FormKnown?, _ language: Language) {
        self.known = known
        self.language = language
    }

    /// The whole form, each line with its LF.
    mutating func written() -> String {
        lines = []
        writeIntroduction()
        ask(.reference)
        heading(Bilingual(fr: "Qui vous êtes", en: "Who you are"))
        for question in [
            FormQuestion.name, .kind, .place, .languages, .modes, .maxKm, .slots, .stage,
        ] { ask(question) }
        writeNeeds()
        writeOffers()
        heading(Bilingual(fr: "Pour vous joindre", en: "How to reach you"))
        ask(.contact)
        heading(Bilingual(fr: "Vos accords", en: "What you agree to"))
        say(
            Bilingual(
                fr: """
                    Êtes-vous d’accord pour ce qui suit ? Chaque réponse est libre, et vous pouvez changer d’avis quand vous \
                    voulez, en nous l’écrivant.
                    """,
                en: """
                    Do you agree to what follows? Each answer is yours to choose, and you can change your mind at any time, by \
                    writing to us.
                    """))
        for purpose in Purpose.allCases { ask(.consent(purpose)) }
        heading(Bilingual(fr: "Merci ! Il ne reste qu’à envoyer", en: "Thank you! Now just send"))
        // Unbreakable spaces that Latin-1 has: the narrow one would be a question mark in some mails.
        return lines.map { $0.replacing("\u{202F}", with: "\u{A0}") + "\n" }.joined()
    }

    // MARK: Parts

    private mutating func writeIntroduction() {
        say(Bilingual(fr: "Bonjour,", en: "Hello,"))
        if let known {
            let name = known.profile.community.name
            say(
                Bilingual(
                    fr: """
                        Voici ce que nous savons de votre communauté, « \(name) ». Relisez, corrigez directement dans le texte, \
                        complétez ce qui manque. Ce que vous ne touchez pas reste tel quel. Effacer une réponse ne la retire \
                        pas : pour un besoin ou un savoir-faire, cochez la case prévue ; pour le reste, dites-le-nous.
                        """,
                    en: """
                        Here is what we know of your community, "\(name)". Read it over, correct it right in the text, and \
                        complete what is missing. What you do not touch stays as it is. Deleting an answer does not remove it: \
                        for a need or a skill, tick the box made for it; for the rest, tell us.
                        """))
        } else {
            say(
                Bilingual(
                    fr: """
                        Votre communauté sait faire des choses que d’autres cherchent, et d’autres savent faire ce qui vous \
                        manque. Une session d’entraide, ce sont quelques semaines où celles qui savent aident celles qui cherchent. \
                        Pour en être, répondez à ces questions ; comptez dix minutes. Seul le nom est obligatoire : laissez vide \
                        ce que vous ne savez pas.
                        """,
                    en: """
                        Your community can do things that others are looking for, and others can do what you lack. A round \
                        of mutual help is a few weeks in which those who know help those who seek. To be part of it, answer \
                        these questions; it takes ten minutes. Only the name is required: leave empty what you do not know.
                        """))
        }
        say(
            Bilingual(
                fr: """
                    Répondez à ce message et écrivez après les deux-points, ou sur la ligne du dessous. Pour cocher une case, \
                    mettez un x : [x]. Gardez les numéros en début de ligne (Q1, N1, P1) : ce sont eux qui nous permettent de vous \
                    lire.
                    """,
                en: """
                    Reply to this message and write after the colon, or on the line below. To tick a box, put an x: [x]. Keep the \
                    numbers at the beginning of lines (Q1, N1, P1): they are how we read your answers.
                    """))
    }

    private mutating func writeNeeds() {
        heading(Bilingual(fr: "Ce qui vous manque", en: "What you lack"))
        say(
            Bilingual(
                fr: """
                    Avec vos mots, une chose par numéro : « la compta », « trouver un local », « réparer des vélos ». Pour dire où \
                    vous en êtes :
                    """,
                en: """
                    In your own words, one thing per number: "accounts", "finding premises", "mending bicycles". To say where you \
                    stand:
                    """))
        writeLevels(1...3)
        let standing = known?.profile.needs.count ?? 0
        for row in 1...(standing + (known == nil ? Self.blankRows : Self.moreRows)) {
            ask(.need(row, .skill))
            for part in [FormPart.level, .urgent, .count] { ask(.need(row, part), isClose: true) }
            if row <= standing { ask(.need(row, .removal), isClose: true) }
        }
        writeMore("N")
        ask(.receive)
    }

    private mutating func writeOffers() {
        heading(Bilingual(fr: "Ce que vous savez faire", en: "What you can do"))
        say(
            Bilingual(
                fr: """
                    Ce qui vous paraît simple ne l’est pas pour tout le monde : tenir une réunion, souder, accueillir, monter un \
                    dossier. Pas besoin d’être spécialiste. Pour dire où vous en êtes :
                    """,
                en: """
                    What seems simple to you is not to everyone: running a meeting, soldering, welcoming people, filling in a \
                    grant form. No need to be an expert. To say where you stand:
                    """))
        writeLevels(1...4)
        let standing = known?.profile.offers.count ?? 0
        for row in 1...(standing + (known == nil ? Self.blankRows : Self.moreRows)) {
            ask(.offer(row, .skill))
            for part in [FormPart.level, .count] { ask(.offer(row, part), isClose: true) }
            if row <= standing { ask(.offer(row, .removal), isClose: true) }
        }
        writeMore("P")
        ask(.give)
    }

    private mutating func writeLevels(_ levels: ClosedRange<Int>) {
        lines.append("")
        for level in levels { lines.append("    \(level) \(Situation.of(level)[language])") }
    }

    private mutating func writeMore(_ letter: String) {
        // A line of its own kind: it ends the answer above it.
        lines.append("")
        let text = Bilingual(
            fr: "Il manque de la place ? Continuez avec les numéros suivants",
            en: "No room left? Go on with the next numbers")
        lines.append("== \(text[language]) (\(letter)…)")
    }

    // MARK: Lines

    private mutating func say(_ text: Bilingual) {
        if !lines.isEmpty { lines.append("") }
        lines += DisplayWidth.wrap(text[language], to: Self.width)
    }

    private mutating func heading(_ text: Bilingual) {
        lines += ["", "", "== \(text[language]) =="]
    }

    /// A question with room for its answer, or with the answer that is known.
    ///
    /// - Parameter isClose: whether it belongs to the one above.
    private mutating func ask(_ question: FormQuestion, isClose: Bool = false) {
        if !isClose { lines.append("") }
        let colon = language == .fr ? "\u{A0}:" : ":"
        lines += DisplayWidth.wrap(
            "\(question.mark). \(question.wording[language])\(colon)", to: Self.width)
        let answer = known?.answer(question, language) ?? FormKnown.blank(question, language)
        switch answer {
        case .boxes(let ticked):
            for box in question.boxes {
                lines.append(
                    "    [\(ticked.contains(box.code) ? "x" : " ")] \(box.key). \(box.text[language])")
            }
        case .box: lines[lines.count - 1] += " [ ]"
        case .text(let text) where text.isEmpty: break
        case .text(let text):
            let last = lines[lines.count - 1] + " " + text
            // No space may end a line: some mail programs take it for a line that goes on.
            if last.unicodeScalars.count <= Self.width {
                lines[lines.count - 1] = last
            } else {
                lines += DisplayWidth.wrap(text, to: Self.width - 4).map { "    " + $0 }
            }
        }
    }
}

/// What a form says already of a community: its profile, and what is needed to name it to people.
struct FormKnown {
    let profile: Profile
    /// The day on which it was last confirmed.
    let confirmedOn: String?
    /// When its profile was last written: an answer that came in once fits no more, even where all is put back as it was.
    let changed: String
    /// Its commune, where it is loaded.
    let place: Territory?
    let vocabulary: Vocabulary
    /// What this database alone signs with.
    let key: [UInt8]

    /// An answer as the form shows it.
    enum Answer: Equatable {
        case text(String)
        /// Codes that are ticked.
        case boxes([String])
        /// One box on its own, not ticked.
        case box
    }

    /// What stands after a question that nothing is known about.
    static func blank(_ question: FormQuestion, _ language: Language) -> Answer {
        switch question {
        case .need(_, .removal), .offer(_, .removal): .box
        case .reference: .text("\(CommunityStore.consentText) \(language.rawValue)")
        default: question.boxes.isEmpty ? .text("") : .boxes([])
        }
    }

    /// A few letters that change when the community does, and that only this database can write: whether a form that comes
    /// back is one that was sent to it, and still says what is known.
    var mark: String {
        let text = [
            "form", profile.jsonLine(personal: true), profile.community.status.rawValue, confirmedOn ?? "-",
            changed,
            profile.offers.filter(\.suggested).map(\.terms.skill).joined(separator: ","),
        ].joined(separator: "\n")
        let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key))
        return String(code.hexadecimal.prefix(8))
    }

    func answer(_ question: FormQuestion, _ language: Language) -> Answer {
        let c = profile.community
        switch question {
        case .reference:
            return .text("\(CommunityStore.consentText) \(language.rawValue) \(c.slug) \(mark)")
        case .name: return .text(c.name)
        case .kind: return .boxes([c.kind.rawValue])
        case .place: return .text(place?.shown ?? c.territory ?? "")
        case .languages:
            return .text(c.languages.map { SpokenLanguage.name($0)[language] }.joined(separator: ", "))
        case .modes: return .boxes(c.modes.map(\.rawValue))
        case .maxKm: return .text("\(c.maxKm)")
        case .slots: return .boxes(c.slots.isEmpty ? [FormQuestion.anySlot] : c.slots.map(\.rawValue))
        case .stage: return .boxes(c.stage.map { [$0.rawValue] } ?? [])
        case .receive: return .text("\(c.receive)")
        case .give: return .text("\(c.give)")
        case .contact: return .text(profile.contact ?? "")
        case .consent(let purpose):
            return .boxes(profile.consent[purpose].map { [$0 ? FormQuestion.yes : FormQuestion.no] } ?? [])
        case .need(let row, let part):
            guard row <= profile.needs.count else { return Self.blank(question, language) }
            return answer(profile.needs[row - 1], part, language)
        case .offer(let row, let part):
            guard row <= profile.offers.count else { return Self.blank(question, language) }
            return answer(profile.offers[row - 1], part, language)
        }
    }

    func answer(_ need: Need, _ part: FormPart, _ language: Language) -> Answer {
        switch part {
        case .skill: .text(name(need.terms.skill, language))
        case .level: .text("\(need.terms.levelNow)")
        case .urgent: .text(Self.urgent(need.terms.urgency)[language])
        case .count: .text("\(need.terms.quantity)")
        case .removal: .box
        }
    }

    func answer(_ offer: Offer, _ part: FormPart, _ language: Language) -> Answer {
        switch part {
        case .skill: .text(name(offer.terms.skill, language))
        case .level: .text("\(offer.terms.level)")
        case .count: .text("\(offer.terms.capacity)")
        case .urgent: .text("")
        case .removal: .box
        }
    }

    /// The name of a skill as people read it.
    func name(_ skill: String, _ language: Language) -> String {
        vocabulary[skill]?.label[language] ?? skill
    }

    private static func urgent(_ urgency: Int) -> Bilingual {
        urgency > 2 ? Bilingual(fr: "oui", en: "yes") : Bilingual(fr: "non", en: "no")
    }
}
