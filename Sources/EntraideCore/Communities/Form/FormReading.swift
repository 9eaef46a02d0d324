import Lines
import Matching

/// What a sheet of answers makes of a community: of the one that stands, or of a new one.
///
/// An empty answer, and one that says what the form said, leave what is known as it is.
struct FormReading {
    /// What words were taken for that do not say it outright: a skill that they are no name of, the smaller of two numbers.
    struct Understood: Equatable, Sendable {
        let line: Int
        let words: String
        let meaning: String
    }

    /// What was taken of an offer that the answer says nothing more of.
    struct Assumed: Equatable, Sendable {
        let line: Int
        let mark: String
        let skill: Bilingual
        let level: Int?
        let capacity: Int?
    }

    let file: String
    let sheet: FormSheet
    let reference: FormReference
    /// What stands, when the form names a community that does.
    let known: FormKnown?
    let vocabulary: Vocabulary
    let communes: CommuneIndex
    var words: SkillWords
    /// What a coordinator says that words mean.
    let meanings: FormMeanings
    /// Whether who hands it in answers for who wrote it: a coordinator, or the community by its own key.
    let isVouched: Bool

    var profile = Profile(community: Community(slug: "", name: "", kind: .other))
    /// Everything that is wrong, in the order of the questions.
    private(set) var problems: [EntraideError] = []
    var understood: [Understood] = []
    var assumed: [Assumed] = []

    init(
        file: String, sheet: FormSheet, reference: FormReference, known: FormKnown?, vocabulary: Vocabulary,
        communes: CommuneIndex, words: SkillWords, meanings: FormMeanings, isVouched: Bool
    ) {
        self.file = file
        self.sheet = sheet
        self.reference = reference
        self.known = known
        self.vocabulary = vocabulary
        self.communes = communes
        self.words = words
        self.meanings = meanings
        self.isVouched = isVouched
        if let known { profile = known.profile }
    }

    /// Whether what stands is what the form was printed from, row by row.
    var isCurrent: Bool { known.map { reference.mark == $0.mark } ?? false }

    /// Whether what stands has changed since the form was printed.
    var isStale: Bool { known.map { reference.mark != nil && reference.mark != $0.mark } ?? false }

    /// Whether nothing shows that it comes from the community that it names, which stands: a mail proves no identity, the
    /// mark of the form that was sent to that community does.
    var isUnproven: Bool { known != nil && reference.mark == nil && !isVouched }

    /// Why it cannot change what stands; nil when it can, or changes nothing.
    var hindrance: EntraideError? {
        guard let known, profile != known.profile || isConfirming else { return nil }
        let slug = known.profile.community.slug
        let place = FormQuestion.reference.place(file: file, line: reference.line)
        if isUnproven { return .identityNotStated(slug, isNamed: reference.community == slug, at: place) }
        return isStale ? EntraideError(.staleForm, ["community": slug], at: place) : nil
    }

    /// Whether a community that was to be confirmed now stands by its profile: it answered, and takes part.
    var isConfirming: Bool {
        known?.profile.community.status == .unconfirmed
            && sheet.answers[.consent(.matching)].map { !$0.isBlank } == true
            && profile.consents(to: .matching)
    }

    /// Reads every answer into ``profile``, and what is wrong into ``problems``.
    mutating func read() {
        for (question, line) in sheet.conflicts {
            problems.append(
                EntraideError(
                    .answeredTwice, ["question": question.mark],
                    at: question.place(file: file, line: line)))
        }
        // Nothing is made of what no answer needs: whoever wrote it.
        let long = sheet.answers.filter { $0.value.text.utf8.count > MailLimits.answer }
        for (question, answer) in long.sorted(by: { $0.value.line < $1.value.line }) {
            problems.append(
                EntraideError(
                    .tooLong, ["limit": "\(MailLimits.answer)"],
                    at: question.place(file: file, line: answer.line))
            )
        }
        if !long.isEmpty { return }
        if known == nil { profile.community.languages = [reference.language.rawValue] }
        attempt(.name) { reading, text throws(EntraideError) in
            reading.profile.community.name = try FieldCheck.text(text, limit: ProfileLimits.name, field: "")
        }
        nameCommunity()
        attempt(.place) { reading, text throws(EntraideError) in
            reading.profile.community.territory = try reading.commune(text)
        }
        attempt(.languages) { reading, text throws(EntraideError) in
            reading.profile.community.languages = try Self.languages(text)
        }
        attempt(.contact) { reading, text throws(EntraideError) in
            let address = FormWords.address(text)
            guard address != reading.profile.contact else { return }
            reading.profile.contact = try FieldCheck.text(address, limit: ProfileLimits.contact, field: "")
        }
        readBoxes()
        amount(.maxKm, in: ProfileLimits.maxKm) { $0.community.maxKm = $1 }
        amount(.receive, in: ProfileLimits.receive) { $0.community.receive = $1 }
        amount(.give, in: ProfileLimits.give) { $0.community.give = $1 }
        readNeeds()
        readOffers()
        profile = profile.canonical
        problems.sort { ($0.place.line ?? 0) < ($1.place.line ?? 0) }
    }

    private mutating func nameCommunity() {
        guard known == nil else { return }
        if profile.community.name.isEmpty,
            !problems.contains(where: { $0.place.field == FormQuestion.name.mark })
        {
            add(EntraideError(.missingField, ["name": FormQuestion.name.mark]), .name)
        }
        if let slug = reference.community {
            profile.community.slug = slug
        } else if !profile.community.name.isEmpty {
            if let slug = Slug.made(from: Folding.fold(profile.community.name)) {
                profile.community.slug = slug
            } else {
                add(
                    EntraideError(
                        .missingField,
                        words: [
                            "name": Bilingual(
                                fr: "identifiant, à la fin de la ligne Q0",
                                en: "identifier, at the end of line Q0")
                        ]), .name)
            }
        }
    }

    // MARK: Problems

    mutating func add(_ error: EntraideError, _ question: FormQuestion) {
        var placed = error
        placed.place = question.place(file: file, line: sheet.answers[question]?.line ?? reference.line)
        problems.append(placed)
    }

    /// The text of an answer, unless it is empty or says what the form said.
    private func said(_ question: FormQuestion) -> String? {
        guard let answer = sheet.answers[question], !answer.text.isEmpty else { return nil }
        return isAsPrinted(question, answer.text) ? nil : answer.text
    }

    private func isAsPrinted(_ question: FormQuestion, _ text: String) -> Bool {
        guard let known else { return false }
        return Language.allCases.contains { language in
            guard case .text(let printed) = known.answer(question, language) else { return false }
            return FormWords.tidy(printed) == text
        }
    }

    private mutating func attempt(
        _ question: FormQuestion, _ body: (inout FormReading, String) throws(EntraideError) -> Void
    ) {
        guard let text = said(question) else { return }
        do throws(EntraideError) {
            try body(&self, text)
        } catch {
            add(error, question)
        }
    }

    private mutating func amount(
        _ question: FormQuestion, in range: ClosedRange<Int>, _ set: (inout Profile, Int) -> Void
    ) {
        if let number = number(question, in: range) { set(&profile, number) }
    }

    mutating func number(_ question: FormQuestion, in range: ClosedRange<Int>) -> Int? {
        guard let text = said(question) else { return nil }
        guard let number = FormWords.number(text) ?? smaller(text, question), range.contains(number) else {
            add(
                EntraideError(
                    .badNumber,
                    ["value": excerpt(of: text), "range": "\(range.lowerBound)–\(range.upperBound)"]),
                question)
            return nil
        }
        return number
    }

    /// The smaller of two numbers, which nobody is taken past (`2 ou 3`); it is told.
    private mutating func smaller(_ text: String, _ question: FormQuestion) -> Int? {
        guard let number = FormWords.smaller(text) else { return nil }
        understood.append(
            Understood(line: sheet.answers[question]?.line ?? 0, words: text, meaning: "\(number)"))
        return number
    }

    // MARK: Where, and which languages

    private func commune(_ text: String) throws(EntraideError) -> String {
        let words = text.split { $0 == " " || $0 == "(" || $0 == ")" || $0 == "," }.map(String.init)
        let isCode = { (word: String) in
            word.utf8.count == 5 && word.utf8.dropFirst(2).allSatisfy { (0x30...0x39).contains($0) }
                && (Int(word) != nil || word.hasPrefix("2A") || word.hasPrefix("2B"))
        }
        let code = words.first { isCode($0.uppercased()) }?.uppercased()
        let name = words.filter { $0.uppercased() != code }.joined(separator: " ")
        switch communes.find(
            postcode: code, name: name.isEmpty ? nil : name, near: profile.community.position)
        {
        case .commune(let code): return code
        case .unknown, .ambiguous:
            if let code, communes.knows(code: code) { return code }
            throw EntraideError(.unknownCommune, ["value": excerpt(of: text)])
        }
    }

    /// Names of languages wherever they stand (`un peu d’anglais`); a code on its own.
    private static func languages(_ text: String) throws(EntraideError) -> [String] {
        var codes: [String] = []
        let cut = text.replacing(" et ", with: ",").replacing(" and ", with: ",")
        for piece in cut.split(whereSeparator: { ",;/&+".contains($0) }).map({ String($0).trimmingSpaces }) {
            var found = SpokenLanguage.code(piece).map { [$0] } ?? []
            if found.isEmpty {
                let words = Folding.fold(piece).split { !$0.isLetter }
                found = words.compactMap { word in
                    SpokenLanguage.known.first { language in
                        [language.name.fr, language.name.en].contains { Folding.fold($0) == word }
                    }?.code
                }
            }
            if found.isEmpty, !piece.isEmpty {
                throw EntraideError(
                    .unknownCode, ["value": excerpt(of: piece)],
                    words: ["allowed": Self.someLanguages])
            }
            for code in found where !codes.contains(code) { codes.append(code) }
        }
        guard !codes.isEmpty, codes.count <= ProfileLimits.languages else {
            throw EntraideError(.outOfRange, ["range": "1–\(ProfileLimits.languages)"])
        }
        return codes
    }

    private static var someLanguages: Bilingual {
        let some = SpokenLanguage.known.prefix(6).map(\.name)
        return Bilingual(
            fr: some.map(\.fr).joined(separator: ", ") + ", …",
            en: some.map(\.en).joined(separator: ", ") + ", …")
    }

    // MARK: Boxes

    private mutating func readBoxes() {
        if let kind = one(.kind).flatMap(CommunityKind.init) { profile.community.kind = kind }
        if let stage = one(.stage).flatMap(Stage.init) { profile.community.stage = stage }
        let modes = several(.modes).compactMap(Mode.init)
        if !modes.isEmpty { profile.community.modes = modes }
        let slots = several(.slots)
        if !slots.isEmpty {
            profile.community.slots = slots.contains(FormQuestion.anySlot) ? [] : slots.compactMap(Slot.init)
        }
        for purpose in Purpose.allCases {
            if let answer = one(.consent(purpose)) { profile.consent[purpose] = answer == FormQuestion.yes }
        }
    }

    /// The code of the one box that is ticked, or of the word that was written instead.
    private mutating func one(_ question: FormQuestion) -> String? {
        let codes = several(question)
        guard codes.count > 1 else { return codes.first }
        add(
            EntraideError(
                .severalBoxes,
                ["letters": sheet.answers[question]?.ticked.map(String.init).joined(separator: ", ") ?? "?"]),
            question)
        return nil
    }

    private mutating func several(_ question: FormQuestion) -> [String] {
        guard let answer = sheet.answers[question], !answer.isBlank else { return [] }
        let boxes = question.boxes
        let ticked = answer.ticked.compactMap { key in boxes.first { $0.key == key }?.code }
        if !ticked.isEmpty { return ticked }
        // Nothing is ticked: letters, codes or words written beside.
        var codes: [String] = []
        // `yes, please` is one answer.
        let pieces =
            question.isYesOrNo
            ? [answer.text]
            : answer.text.split { ",;/".contains($0) }.map(\.trimmingSpaces).filter { !$0.isEmpty }
        for piece in pieces {
            guard let box = Self.box(piece, among: boxes) else {
                add(Self.unknown(piece, among: boxes), question)
                return []
            }
            if !codes.contains(box.code) { codes.append(box.code) }
        }
        if codes.isEmpty, answer.hasLoneTick {
            add(Self.unknown("[x]", among: boxes), question)
        }
        return codes
    }

    /// Words that name no box: the boxes as the form prints them.
    private static func unknown(_ text: String, among boxes: [FormBox]) -> EntraideError {
        let allowed = Bilingual(
            fr: boxes.map { "\($0.key) \($0.text.fr)" }.joined(separator: ", "),
            en: boxes.map { "\($0.key) \($0.text.en)" }.joined(separator: ", "))
        return EntraideError(.unknownCode, ["value": excerpt(of: text)], words: ["allowed": allowed])
    }

    private static func box(_ text: String, among boxes: [FormBox]) -> FormBox? {
        let folded = Folding.fold(text.filter { !".()[]".contains($0) })
        if folded.utf8.count == 1, let box = boxes.first(where: { String($0.key) == folded }) { return box }
        let named = boxes.first { box in
            [box.code, box.text.fr, box.text.en].contains { Folding.fold($0) == folded }
        }
        if let named { return named }
        // `yes, please`: the first word tells.
        guard boxes.first?.code == FormQuestion.yes,
            let first = folded.split(whereSeparator: { !$0.isLetter }).first,
            let isYes = CellText.isYes(String(first))
        else { return nil }
        return boxes[isYes ? 0 : 1]
    }
}
