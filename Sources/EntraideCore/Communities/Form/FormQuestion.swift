import Lines
import Matching

/// A question of the form that a person fills in and mails back.
///
/// Each has a short mark that is the same in every language (`Q3`, `N1a`), and an answer that begins after the first
/// colon. That is all that reading relies on: the words between the two are for people, and may change. Marks and the
/// letters of boxes are a contract with forms that are on their way: they are added to, and never given another meaning.
enum FormQuestion: Hashable, Sendable {
    case reference, name, kind, place, languages, modes, maxKm, slots, stage, receive, give, contact
    case consent(Purpose)
    /// A need or an offer, from 1, and what is asked of it.
    case need(Int, FormPart)
    case offer(Int, FormPart)

    /// Rows read of needs, and of offers.
    static let mostRows = ProfileLimits.offers

    /// The questions that are there once, with their marks.
    static let single: [(question: FormQuestion, mark: String)] = [
        (.reference, "Q0"), (.name, "Q1"), (.kind, "Q2"), (.place, "Q3"), (.languages, "Q4"), (.modes, "Q5"),
        (.maxKm, "Q6"), (.slots, "Q7"), (.stage, "Q8"), (.receive, "Q9"), (.give, "Q10"), (.contact, "Q11"),
        (.consent(.matching), "Q12"), (.consent(.publication), "Q13"), (.consent(.contact), "Q14"),
        (.consent(.research), "Q15"),
    ]

    /// What stands before the question: `Q3`, `N1a`.
    var mark: String {
        switch self {
        case .need(let row, let part): "N\(row)\(part.rawValue)"
        case .offer(let row, let part): "P\(row)\(part.rawValue)"
        default: Self.single.first { $0.question == self }?.mark ?? ""
        }
    }

    /// The question of a mark's letter, number and last letter.
    init?(letter: Character, number: Int, part: String) {
        switch letter {
        case "Q":
            guard part.isEmpty, let found = Self.single.first(where: { $0.mark == "Q\(number)" }) else {
                return nil
            }
            self = found.question
        case "N", "P":
            guard (1...Self.mostRows).contains(number), let part = FormPart(rawValue: part) else {
                return nil
            }
            self = letter == "N" ? .need(number, part) : .offer(number, part)
        default: return nil
        }
    }

    /// Where an error about it stands: its mark, and how its words begin.
    func place(file: String?, line: Int?) -> Place {
        Place(
            file: file, line: line, field: mark,
            words: Bilingual(
                fr: "« \(Self.beginning(of: wording.fr)) »", en: "'\(Self.beginning(of: wording.en))'"))
    }

    /// Columns of a question's words that are enough to know it by.
    private static let enough = 60

    private static func beginning(of wording: String) -> String {
        // What stands in brackets tells how to answer.
        let words = wording.prefix { $0 != "(" }.trimmingSpaces
        guard words.count > enough else { return words }
        let cut = words.prefix(enough)
        let end = cut.lastIndex(of: " ") ?? cut.endIndex
        let kept = cut[..<end].trimmingSpaces
        return (kept.hasSuffix(",") ? String(kept.dropLast()) : kept) + "\u{2026}"
    }

    /// The boxes to tick, in order; empty where words or a number answer.
    var boxes: [FormBox] {
        switch self {
        case .kind: Self.boxes(CommunityKind.allCases, of: \.label)
        case .modes: Self.boxes(Mode.allCases, of: \.label)
        case .slots:
            Self.boxes(Slot.allCases, of: \.label) + [
                FormBox(key: "d", code: Self.anySlot, text: Bilingual(fr: "peu importe", en: "any time"))
            ]
        case .stage: Self.boxes(Stage.allCases, of: \.situation)
        case .consent:
            [
                FormBox(key: "a", code: Self.yes, text: Bilingual(fr: "oui", en: "yes")),
                FormBox(key: "b", code: Self.no, text: Bilingual(fr: "non", en: "no")),
            ]
        default: []
        }
    }

    /// Whether it is answered by ticking.
    var hasBoxes: Bool {
        switch self {
        case .need(_, .removal), .offer(_, .removal): true
        default: !boxes.isEmpty
        }
    }

    /// Whether it is answered by a yes or a no.
    var isYesOrNo: Bool { if case .consent = self { true } else { false } }

    static let yes = "yes"
    static let no = "no"
    static let anySlot = "any"

    /// In the order of the list, which only grows at its end: letters stay.
    private static func boxes<C: CodeList>(_ codes: [C], of text: (C) -> Bilingual) -> [FormBox] {
        zip("abcdefghijklmnopqrstuvw", codes).map { FormBox(key: $0, code: $1.rawValue, text: text($1)) }
    }
}

/// What is asked of a need or of an offer, by the letter that ends the mark.
enum FormPart: String, Hashable, Sendable {
    case skill = ""
    case level = "a"
    case urgent = "b"
    case count = "c"
    case removal = "d"
}

/// One box to tick, known by its letter.
struct FormBox {
    let key: Character
    let code: String
    let text: Bilingual
}

extension FormQuestion {
    /// The question itself, without the colon that ends it: no other colon may stand in it.
    var wording: Bilingual {
        switch self {
        case .reference:
            Bilingual(
                fr: "Version et référence, à laisser telles quelles",
                en: "Version and reference, to be left as they are")
        case .name: Bilingual(fr: "Le nom de votre communauté", en: "The name of your community")
        case .kind:
            Bilingual(
                fr: "Votre communauté est plutôt (une seule case)",
                en: "Your community is rather (one box only)")
        case .place:
            Bilingual(fr: "Votre commune, avec son code postal", en: "Your commune, with its postcode")
        case .languages: Bilingual(fr: "Les langues que vous parlez", en: "The languages that you speak")
        case .modes:
            Bilingual(
                fr: "Vous pouvez retrouver d’autres communautés (une case ou deux)",
                en: "You can meet other communities (one box or both)")
        case .maxKm:
            Bilingual(
                fr: "Pour se retrouver sur place, jusqu’à combien de kilomètres",
                en: "To meet on site, up to how many kilometres")
        case .slots: Bilingual(fr: "Le plus souvent, vous êtes libres", en: "Most often you are free")
        case .stage: Bilingual(fr: "En ce moment (une seule case)", en: "At present (one box only)")
        case .receive:
            Bilingual(
                fr: "Combien de communautés peuvent vous aider par session",
                en: "How many communities can help you in each round")
        case .give:
            Bilingual(
                fr: "En tout, combien vous pouvez en aider par session",
                en: "In all, how many you can help in each round")
        case .contact:
            Bilingual(
                fr: "Où vous écrire (adresse électronique, de préférence celle du groupe)",
                en: "Where to write to you (mail address, preferably the group's)")
        case .consent(.matching):
            Bilingual(
                fr: """
                    Participer aux sessions d’entraide (sans ce oui, nous gardons vos réponses et ne vous proposons rien)
                    """,
                en: """
                    Taking part in rounds of mutual help (without this yes, we keep your answers and propose nothing)
                    """)
        case .consent(.publication):
            Bilingual(
                fr: """
                    Montrer à nos partenaires, réseaux et financeurs, votre nom, votre commune, ce que vous cherchez et ce que \
                    vous savez faire (jamais votre adresse de contact)
                    """,
                en: """
                    Showing our partners, networks and funders, your name, your commune, what you look for and what you can \
                    do (never your contact address)
                    """)
        case .consent(.contact):
            Bilingual(
                fr: """
                    Donner votre adresse de contact à une communauté, une fois que vous avez toutes les deux accepté de vous entraider
                    """,
                en: """
                    Giving your contact address to a community, once you have both agreed to help each other
                    """)
        case .consent(.research):
            Bilingual(
                fr: """
                    Utiliser vos réponses pour des recherches sur l’entraide (un non ne change rien au reste)
                    """,
                en: """
                    Using your answers in research on mutual help (a no changes nothing else)
                    """)
        case .need(_, .skill): Bilingual(fr: "Ce qui vous manque", en: "What you lack")
        case .need(_, .level):
            Bilingual(fr: "Où vous en êtes, de 1 à 3", en: "Where you stand, 1 to 3")
        case .need(_, .urgent), .offer(_, .urgent):
            Bilingual(fr: "Ça presse, oui ou non", en: "It is pressing, yes or no")
        case .need(_, .count):
            Bilingual(
                fr: "Combien de communautés pour vous y aider", en: "How many communities to help you with it"
            )
        case .offer(_, .skill): Bilingual(fr: "Ce que vous savez faire", en: "What you can do")
        case .offer(_, .level): Bilingual(fr: "Où vous en êtes, de 1 à 4", en: "Where you stand, 1 to 4")
        case .offer(_, .count):
            Bilingual(
                fr: "Combien de communautés vous pouvez y aider",
                en: "How many communities you can help with it")
        case .need(_, .removal):
            Bilingual(
                fr: "À cocher si ce n’est plus un besoin", en: "To be ticked if you need it no longer")
        case .offer(_, .removal):
            Bilingual(
                fr: "À cocher si vous ne le proposez plus", en: "To be ticked if you offer it no longer")
        }
    }
}
