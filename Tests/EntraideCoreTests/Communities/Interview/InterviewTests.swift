import EntraideCore
import Lines
import Matching
import Testing

@Suite("The interview")
struct InterviewTests {
    private static let vocabulary = Vocabulary([
        Skill(slug: "couture", label: Bilingual(fr: "couture", en: "sewing")),
        Skill(
            slug: "benevolat", label: Bilingual(fr: "animation du bénévolat", en: "volunteer management")),
        Skill(slug: "bail-local", label: Bilingual(fr: "bail d’un local", en: "leases")),
    ])
    private static let troubles = [
        Trouble(.organising, ["benevolat", "bail-local"]), Trouble(.organising, ["inconnue", "benevolat"]),
        Trouble(.funding, ["couture"]),
    ]

    private static func interview(hasPlaces: Bool = false) -> Interview {
        Interview(vocabulary: vocabulary, troubles: troubles, hasPlaces: hasPlaces, language: .fr)
    }

    /// Answers one after the other; identifiers are free.
    @discardableResult
    private static func answer(_ interview: inout Interview, _ lines: [String]) -> Interview.Want {
        var want = Interview.Want.answer
        for line in lines {
            want = interview.take(line)
            if case .identifier(let slug) = want { want = interview.identifier(slug, isTaken: false) }
        }
        return want
    }

    private static func profile(_ lines: [String]) -> Profile? {
        var interview = interview()
        if case .profile(let profile) = answer(&interview, lines) { return profile }
        return nil
    }

    @Test("An empty line takes what is shown, from the second question to the end")
    func defaults() throws {
        let lines = ["Le Phare"] + Array(repeating: "", count: 14)
        let profile = try #require(Self.profile(lines))
        #expect(profile.community.slug == "le-phare" && profile.community.kind == .association)
        #expect(profile.community.languages == ["fr"] && profile.community.modes == [.remote, .onSite])
        #expect(profile.needs.isEmpty && profile.offers.isEmpty && profile.contact == nil)
        #expect(Purpose.allCases.allSatisfy { !profile.consents(to: $0) })
    }

    @Test("Troubles become needs, each skill once, those that the vocabulary lacks left out")
    func troubles() throws {
        var interview = Self.interview()
        Self.answer(&interview, ["Le Phare", "", "", "1", "2", "1, 2"])
        #expect(interview.question.choices.map(\.text.en) == ["volunteer management", "leases"])
        Self.answer(&interview, ["1", ""])
        #expect(interview.question.text.fr.hasPrefix("Animation du bénévolat"))
        let want = Self.answer(&interview, ["2", "", "", "", "", "", "", ""])
        guard case .profile(let profile) = want else { return #expect(Bool(false), "\(interview.question)") }
        #expect(profile.needs.map(\.terms.skill) == ["benevolat"])
        #expect(profile.needs.map(\.terms.levelNow) == [2] && profile.needs.map(\.terms.level) == [3])
        #expect(profile.community.stage == .organising)
    }

    @Test("More troubles keep their numbers, and what was chosen on an earlier page stays chosen")
    func pages() {
        var interview = Self.interview()
        Self.answer(&interview, ["Le Phare", "", "", "1", "2"])
        #expect(interview.question.choices.map(\.number) == [1, 2])
        Self.answer(&interview, ["1 +"])
        #expect(interview.question.choices.map(\.number) == [3])
        Self.answer(&interview, ["3"])
        #expect(interview.question.choices.map(\.text.en) == ["volunteer management", "leases", "sewing"])
    }

    @Test("Words find skills, a number takes one away, and levels are asked of new ones alone")
    func words() throws {
        var interview = Self.interview()
        Self.answer(&interview, ["Le Phare", "", "", "1", "", ""])
        Self.answer(&interview, ["zzz"])
        #expect(interview.notices.count == 1 && interview.question.choices.isEmpty)
        Self.answer(&interview, ["coutre", "1", "benevolat", ""])
        #expect(interview.question.choices.map(\.text.fr) == ["couture", "animation du bénévolat"])
        Self.answer(&interview, ["1"])
        #expect(interview.question.choices.map(\.text.fr) == ["animation du bénévolat"])
        Self.answer(&interview, ["", "3"])
        #expect(interview.question.text.en.contains("helped by"))
    }

    @Test("What is corrected from the summary leads back to it, and leaves the rest")
    func corrections() throws {
        var interview = Self.interview()
        Self.answer(&interview, ["Le Phare"] + Array(repeating: "", count: 8) + ["", "", "oui"])
        while interview.question.choices.count < 8 { Self.answer(&interview, [""]) }
        let lines = interview.question.choices
        let name = try #require(lines.first { $0.text.en.hasPrefix("Name") })
        Self.answer(&interview, ["\(name.number)", "La Balise"])
        #expect(interview.question.choices.count == lines.count)
        let contact = try #require(lines.first { $0.text.en.hasPrefix("Contact") })
        Self.answer(&interview, ["\(contact.number)", "contact@balise.example"])
        #expect(interview.question.text.en.contains("contact"), "a new contact asks for its consent")
        guard case .profile(let profile) = Self.answer(&interview, ["yes", ""]) else {
            return #expect(Bool(false), "\(interview.question)")
        }
        #expect(profile.community.name == "La Balise" && profile.community.slug == "le-phare")
        #expect(profile.consents(to: .contact))
    }

    @Test("A taken identifier is asked again with a proposal, a name without letters too")
    func identifiers() {
        var interview = Self.interview()
        #expect(interview.take("Le Phare") == .identifier("le-phare"))
        _ = interview.identifier("le-phare", isTaken: true)
        #expect(interview.question.standard?.en == "le-phare-2")
        #expect(interview.take("") == .identifier("le-phare-2"))
        _ = interview.identifier("le-phare-2", isTaken: true)
        #expect(interview.question.standard?.en == "le-phare-3")
        #expect(interview.take("Pas Bon") == .answer && interview.notices.count == 1)
        var other = Self.interview()
        #expect(other.take("東京") == .answer)
        #expect(other.question.standard == nil && other.take("") == .answer)
    }

    @Test("A place is found, chosen among several, or left out")
    func places() {
        var interview = Self.interview(hasPlaces: true)
        Self.answer(&interview, ["Le Phare", ""])
        #expect(interview.take("nan") == .places("nan"))
        _ = interview.found([], for: "nan")
        #expect(interview.notices.count == 1 && interview.take("44") == .places("44"))
        let two = ["44109", "44110"].map { Territory(code: $0, name: "Lieu \($0)") }
        _ = interview.found(two, for: "44")
        Self.answer(&interview, ["2"])
        #expect(interview.notices.first?.fr.contains("Lieu 44110") == true)
    }

    @Test(
        "Whatever is typed at whatever question is refused or understood, and help changes nothing",
        arguments: [
            "-1", "0", "99999999999999999999999", "1 2 3 4 5 6 7", "+", "++", "é\u{301}", "\u{FFFD}",
            "\u{1B}[A",
            "a\u{2028}b", String(repeating: "x ", count: 3000), "2 2", ",,,", "oui", "fr,,en",
        ])
    func anything(line: String) {
        var interview = Self.interview()
        var steps = 0
        while steps < 60 {
            steps += 1
            let before = interview.question
            _ = interview.take("?")
            #expect(interview.question == before && interview.notices == [before.help])
            for line in [line, steps == 1 ? "Le Phare" : ""] {
                let want = interview.take(line)
                if case .identifier(let slug) = want { _ = interview.identifier(slug, isTaken: false) }
                if case .profile(let profile) = want {
                    #expect(throws: Never.self) { try profile.validate() }
                    return
                }
            }
        }
    }
}

extension Trouble {
    fileprivate init(_ stage: Stage, _ skills: [String]) {
        self.init(stage: stage, sentence: Bilingual(fr: "ça pèse", en: "it weighs"), skills: skills)
    }
}

@Suite("Troubles")
struct TroubleTests {
    @Test("Every stage has its troubles, sound in both languages, each leading to one to three skills")
    func file() throws {
        let troubles = try Trouble.embedded()
        let vocabulary = Vocabulary(
            try ImportVocabulary.read(ImportVocabulary.bundled, file: "vocabulary.ndjson"))
        for stage in Stage.allCases { #expect(troubles.count { $0.stage == stage } >= 6, "\(stage)") }
        #expect(Set(troubles.map(\.sentence.fr)).count == troubles.count)
        for trouble in troubles {
            expectSound(trouble.sentence, trouble.sentence.en)
            #expect(trouble.sentence.fr != trouble.sentence.en)
            #expect(
                (1...3).contains(trouble.skills.count) && Set(trouble.skills).count == trouble.skills.count)
            // A line of a terminal, with its number.
            #expect(trouble.sentence.fr.count <= 72 && trouble.sentence.en.count <= 72)
            for slug in trouble.skills { #expect(vocabulary[slug] != nil, "\(slug)") }
        }
    }

    @Test("Every question explains itself in both languages")
    func questions() throws {
        let vocabulary = Vocabulary(
            try ImportVocabulary.read(ImportVocabulary.bundled, file: "vocabulary.ndjson"))
        var interview = Interview(
            vocabulary: vocabulary, troubles: try Trouble.embedded(), hasPlaces: false, language: .fr)
        var asked: Set<String> = []
        let answers = ["Le Phare", "", "", "", "", "2", "1 3", "", "couture", "1"]
        for place in 0..<60 {
            let question = interview.question
            asked.insert(question.text.en)
            for sentence in [question.text, question.help, question.hint, question.standard].compactMap({ $0 }
            )
                + question.choices.map(\.text)
            {
                expectSound(sentence, question.text.en)
            }
            #expect(question.text.fr != question.text.en && question.help.fr != question.help.en)
            let want = interview.take(place < answers.count ? answers[place] : "")
            if case .identifier(let slug) = want { _ = interview.identifier(slug, isTaken: false) }
            if case .profile = want { break }
        }
        #expect(asked.count > 15)
    }
}
