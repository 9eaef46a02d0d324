import Lines
import Matching

/// What a sheet of answers makes of a community: of the one that stands, or of a new one.
///
/// An empty answer, and one that says what the form said, leave what is known as it is.
struct FormReading {
    /// A skill found for words that are none of its names.
    struct Understood: Equatable, Sendable {
        let line: Int
        let words: String
        let skill: String
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

    private(set) var profile = Profile(community: Community(slug: "", name: "", kind: .other))
    /// Everything that is wrong, in the order of the questions.
    private(set) var problems: [EntraideError] = []
    private(set) var understood: [Understood] = []

    init(
        file: String, sheet: FormSheet, reference: FormReference, known: FormKnown?, vocabulary: Vocabulary,
        communes: CommuneIndex, words: SkillWords, meanings: FormMeanings
    ) {
        self.file = file
        self.sheet = sheet
        self.reference = reference
        self.known = known
        self.vocabulary = vocabulary
        self.communes = communes
        self.words = words
        self.meanings = meanings
        if let known { profile = known.profile }
    }

    /// Whether what stands is what the form was printed from, row by row.
    private var isCurrent: Bool { known.map { reference.mark == $0.mark } ?? false }

    /// Whether what stands has changed since the form was printed.
    var isStale: Bool { known.map { reference.mark != nil && reference.mark != $0.mark } ?? false }

    /// Reads every answer into ``profile``, and what is wrong into ``problems``.
    mutating func read() {
        for (question, line) in sheet.conflicts {
            problems.append(
                EntraideError(
                    .answeredTwice, ["question": question.mark],
                    at: Place(file: file, line: line, field: question.field)))
        }
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
    }

    private mutating func nameCommunity() {
        guard known == nil else { return }
        if profile.community.name.isEmpty,
            !problems.contains(where: { $0.place.field == FormQuestion.name.field })
        {
            add(EntraideError(.missingField, ["name": FormQuestion.name.field]), .name)
        }
        if let slug = reference.community {
            profile.community.slug = slug
        } else if !profile.community.name.isEmpty {
            if let slug = Slug.made(from: Folding.fold(profile.community.name)) {
                profile.community.slug = slug
            } else {
                add(EntraideError(.missingField, ["name": "\(FormQuestion.reference.mark) community"]), .name)
            }
        }
    }

    // MARK: Problems

    private mutating func add(_ error: EntraideError, _ question: FormQuestion) {
        var placed = error
        placed.place = Place(
            file: file, line: sheet.answers[question]?.line ?? reference.line, field: question.field)
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

    private mutating func number(_ question: FormQuestion, in range: ClosedRange<Int>) -> Int? {
        guard let text = said(question) else { return nil }
        guard let number = FormWords.number(text), range.contains(number) else {
            add(
                EntraideError(
                    .badNumber,
                    ["value": excerpt(of: text), "range": "\(range.lowerBound)–\(range.upperBound)"]),
                question)
            return nil
        }
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

    private static func languages(_ text: String) throws(EntraideError) -> [String] {
        var codes: [String] = []
        func take(_ word: some StringProtocol) -> Bool {
            let trimmed = word.trimmingSpaces
            guard trimmed.utf8.count > 1, let code = SpokenLanguage.code(trimmed) else { return false }
            if !codes.contains(code) { codes.append(code) }
            return true
        }
        let cut = text.replacing(" et ", with: ",").replacing(" and ", with: ",")
        for piece in cut.split(whereSeparator: { ",;/&+".contains($0) }) where !take(String(piece)) {
            for word in piece.split(separator: " ")
            where !["le", "la", "l", "the", "."].contains(Folding.fold(word)) {
                guard take(String(word)) else {
                    throw EntraideError(
                        .unknownCode,
                        [
                            "value": excerpt(of: String(word)),
                            "allowed": SpokenLanguage.known.prefix(6).map(\.code).joined(separator: ", ")
                                + ", …",
                        ])
                }
            }
        }
        guard !codes.isEmpty, codes.count <= ProfileLimits.languages else {
            throw EntraideError(.outOfRange, ["range": "1–\(ProfileLimits.languages)"])
        }
        return codes
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
                add(
                    EntraideError(
                        .unknownCode,
                        [
                            "value": excerpt(of: piece),
                            "allowed": boxes.map { "\($0.key) \($0.code)" }.joined(separator: ", "),
                        ]), question)
                return []
            }
            if !codes.contains(box.code) { codes.append(box.code) }
        }
        if codes.isEmpty, answer.hasLoneTick {
            add(
                EntraideError(
                    .unknownCode,
                    ["value": "[x]", "allowed": boxes.map { "\($0.key) \($0.code)" }.joined(separator: ", ")]),
                question)
        }
        return codes
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

    // MARK: Needs and offers

    /// Row numbers that hold an answer.
    private func rows(_ row: (FormQuestion) -> Int?) -> [Int] {
        Set(sheet.answers.filter { !$0.value.isBlank }.keys.compactMap(row)).sorted()
    }

    private func isRemoved(_ question: FormQuestion) -> Bool {
        guard let answer = sheet.answers[question] else { return false }
        return answer.hasLoneTick || !answer.ticked.isEmpty
            || answer.text.split(separator: " ").first.flatMap { CellText.isYes(String($0)) } == true
    }

    private mutating func readNeeds() {
        let rows = rows { if case .need(let row, _) = $0 { row } else { nil } }
        var met: Set<String> = []
        let printed = known?.profile.needs ?? []
        for row in rows {
            let question = FormQuestion.need(row, .skill)
            let standing = isCurrent && row <= printed.count ? printed[row - 1] : nil
            let text = sheet.answers[question]?.text ?? ""
            if isRemoved(.need(row, .removal)) {
                let gone = standing.map { [$0.terms.skill] } ?? skills(text, question)
                profile.needs.removeAll { gone.contains($0.terms.skill) }
                continue
            }
            let skills = rowSkills(text, question, standing?.terms.skill, printed.map(\.terms.skill))
            if let standing, !skills.isEmpty, !skills.contains(standing.terms.skill) {
                profile.needs.removeAll { $0.terms.skill == standing.terms.skill }
            }
            for skill in skills {
                guard isFirst(skill, &met, question) else { continue }
                let place = profile.needs.firstIndex { $0.terms.skill == skill }
                var need = place.map { profile.needs[$0] } ?? Need(terms: NeedInput(skill: skill))
                read(&need.terms, row, isNew: place == nil)
                if let place { profile.needs[place] = need } else { profile.needs.append(need) }
            }
        }
        if profile.needs.count > ProfileLimits.needs {
            add(EntraideError(.outOfRange, ["range": "0–\(ProfileLimits.needs)"]), .need(1, .skill))
        }
    }

    private mutating func read(_ terms: inout NeedInput, _ row: Int, isNew: Bool) {
        if let level = level(.need(row, .level), terms.levelNow, isNew: isNew) {
            terms.levelNow = level
            terms.level = max(isNew ? 0 : terms.level, ProfileDefaults.standard.needLevel(from: level))
        }
        if let answer = sheet.answers[.need(row, .urgent)], !answer.text.isEmpty {
            let word =
                answer.text.split { !$0.isLetter && !$0.isNumber }.first.map(String.init) ?? answer.text
            switch CellText.isYes(word) {
            case true?: terms.urgency = Limits.urgency.upperBound
            case false?:
                if terms.urgency > ProfileDefaults.standard.urgency {
                    terms.urgency = ProfileDefaults.standard.urgency
                }
            case nil:
                add(
                    EntraideError(
                        .unknownCode, ["value": excerpt(of: answer.text), "allowed": "oui, non, yes, no"]),
                    .need(row, .urgent))
            }
        }
        if let count = count(.need(row, .count), terms.quantity, in: ProfileLimits.quantity) {
            terms.quantity = count
        }
    }

    private mutating func readOffers() {
        let rows = rows { if case .offer(let row, _) = $0 { row } else { nil } }
        var met: Set<String> = []
        let printed = known?.profile.offers ?? []
        for row in rows {
            let question = FormQuestion.offer(row, .skill)
            let standing = isCurrent && row <= printed.count ? printed[row - 1] : nil
            let text = sheet.answers[question]?.text ?? ""
            if isRemoved(.offer(row, .removal)) {
                let gone = standing.map { [$0.terms.skill] } ?? skills(text, question)
                profile.offers.removeAll { gone.contains($0.terms.skill) }
                continue
            }
            let skills = rowSkills(text, question, standing?.terms.skill, printed.map(\.terms.skill))
            if let standing, !skills.isEmpty, !skills.contains(standing.terms.skill) {
                profile.offers.removeAll { $0.terms.skill == standing.terms.skill }
            }
            for skill in skills {
                guard isFirst(skill, &met, question) else { continue }
                let place = profile.offers.firstIndex { $0.terms.skill == skill }
                var offer = place.map { profile.offers[$0] } ?? Offer(terms: OfferInput(skill: skill))
                // Who says how many they can help in all, and not with this, may help them all with this.
                if place == nil { offer.terms.capacity = max(1, profile.community.give) }
                if let level = level(.offer(row, .level), offer.terms.level, isNew: place == nil) {
                    offer.terms.level = level
                }
                if let count = count(.offer(row, .count), offer.terms.capacity, in: ProfileLimits.capacity) {
                    offer.terms.capacity = count
                }
                if let place { profile.offers[place] = offer } else { profile.offers.append(offer) }
            }
        }
        if profile.offers.count > ProfileLimits.offers {
            add(EntraideError(.outOfRange, ["range": "0–\(ProfileLimits.offers)"]), .offer(1, .skill))
        }
    }

    /// The skills that a row is about, which may be that of the row as it was printed.
    private mutating func rowSkills(
        _ text: String, _ question: FormQuestion, _ standing: String?, _ printed: [String]
    ) -> [String] {
        if FormWords.isNothing(text) {
            // What is said below is about what the form said.
            if let standing { return [standing] }
            if isAnswered(question) { add(EntraideError(.missingField, ["name": question.field]), question) }
            return []
        }
        if let known {
            for skill in [standing].compactMap({ $0 }) + printed {
                if Language.allCases.contains(where: { FormWords.tidy(known.name(skill, $0)) == text }) {
                    return [skill]
                }
            }
        }
        return skills(text, question)
    }

    /// Whether something is said of a row beside its skill.
    private func isAnswered(_ question: FormQuestion) -> Bool {
        let parts = [FormPart.level, .urgent, .count]
        return parts.contains { part in
            let other: FormQuestion =
                switch question {
                case .need(let row, _): .need(row, part)
                case .offer(let row, _): .offer(row, part)
                default: question
                }
            return sheet.answers[other].map { !FormWords.isNothing($0.text) } ?? false
        }
    }

    private mutating func isFirst(_ skill: String, _ met: inout Set<String>, _ question: FormQuestion) -> Bool
    {
        if met.insert(skill).inserted { return true }
        add(EntraideError(.duplicateInFile, ["value": skill]), question)
        return false
    }

    private mutating func count(_ question: FormQuestion, _ standing: Int, in range: ClosedRange<Int>) -> Int?
    {
        guard let text = sheet.answers[question]?.text, !FormWords.isNothing(text) else { return nil }
        if FormWords.number(text) == standing { return nil }
        return number(question, in: range)
    }

    /// A level by its number, or by the situation that it stands for.
    private mutating func level(_ question: FormQuestion, _ standing: Int, isNew: Bool) -> Int? {
        guard let text = sheet.answers[question]?.text, !FormWords.isNothing(text) else { return nil }
        let folded = Folding.fold(text)
        let named = Limits.level.first { level in
            let situation = Situation.of(level)
            return [situation.fr, situation.en].contains { folded.contains(Folding.fold($0)) }
        }
        let digits = text.filter { $0.isASCII && $0.isNumber }
        let level = digits.isEmpty ? named ?? FormWords.number(text) : FormWords.number(text)
        if let level, Limits.level.contains(level) { return isNew || level != standing ? level : nil }
        add(
            EntraideError(
                .badNumber,
                [
                    "value": excerpt(of: text),
                    "range": "\(Limits.level.lowerBound)–\(Limits.level.upperBound)",
                ]),
            question)
        return nil
    }
}

extension FormReading {
    /// How sure the finder must be of words that are no name, ppm; and how far behind the next may be, percent.
    private static let sure = 350_000
    private static let apart = 75

    /// The skills of some words of a person's own: by name, then item by item, then by what they may mean.
    fileprivate mutating func skills(_ text: String, _ question: FormQuestion) -> [String] {
        guard !FormWords.isNothing(text) else { return [] }
        do throws(EntraideError) {
            let checked = try FieldCheck.text(text, limit: 400, field: "")
            if let whole = named(checked) { return whole }
            let items = words.items(in: checked)
            if items.count > 1 {
                let each = items.map { named($0) ?? meant($0, question) }
                if !each.contains(nil) {
                    var all: [String] = []
                    for skill in each.compactMap({ $0 }).flatMap({ $0 }) where !all.contains(skill) {
                        all.append(skill)
                    }
                    return all
                }
            }
            if let meant = meant(checked, question) { return meant }
            let proposed = words.proposed(for: checked)
            if !proposed.isEmpty { return proposed }
            let unknown = vocabulary.unknown(checked)
            throw EntraideError(
                unknown.code, ["skill": excerpt(of: checked), "nearest": unknown.values["nearest"] ?? "-"])
        } catch {
            add(error, question)
            return []
        }
    }

    private mutating func named(_ text: String) -> [String]? {
        if let skill = meanings.skills[Folding.fold(text)] { return [skill] }
        if Slug.isValid(text), let skill = try? vocabulary.require(text) { return [skill.slug] }
        // One that was proposed, and that nobody has accepted yet.
        if let skill = Skill.proposed(by: text), vocabulary[skill.slug] != nil { return [skill.slug] }
        let found = words.skills(for: text)
        return found.isEmpty ? nil : found
    }

    private mutating func meant(_ text: String, _ question: FormQuestion) -> [String]? {
        let found = vocabulary.finder.find(text, limit: 2)
        guard let best = found.first, best.score >= Self.sure else { return nil }
        if found.count > 1, found[1].score * 100 > best.score * Self.apart { return nil }
        let noted = Understood(line: sheet.answers[question]?.line ?? 0, words: text, skill: best.skill.slug)
        if !understood.contains(noted) { understood.append(noted) }
        return [best.skill.slug]
    }
}

/// What words of answers mean, as a coordinator says it: for those that nothing finds, or that were misread.
package struct FormMeanings: Sendable {
    /// Slugs by words, folded.
    private(set) var skills: [String: String] = [:]

    /// - Parameter pairs: `words=skill`.
    /// - Throws: `bad-option`, `unknown-skill`.
    package init(_ pairs: [String], _ vocabulary: Vocabulary) throws(EntraideError) {
        for pair in pairs {
            guard let sign = pair.lastIndex(of: "=") else {
                throw EntraideError(
                    .badOption, ["option": "--map", "value": excerpt(of: pair), "expected": "words=skill"])
            }
            let words = FormWords.tidy(String(pair[..<sign]))
            let skill = try vocabulary.require(pair[pair.index(after: sign)...].description.trimmingSpaces)
            skills[Folding.fold(words)] = skill.slug
        }
    }
}

/// What the first line of a form says of it: the version of its text, its language, and whose it is.
struct FormReference: Equatable {
    var line: Int
    var language: Language
    /// Slug of the community that it is about; nil for a form that anyone may fill.
    var community: String?
    /// ``FormKnown/mark`` of what was printed.
    var mark: String?

    /// - Throws: `not-a-form` without any question, `missing-field`, `unknown-code`, `bad-slug`.
    init(_ sheet: FormSheet, file: String) throws(EntraideError) {
        guard sheet.marks > 0 else { throw EntraideError(.notAForm, at: Place(file: file)) }
        let field = FormQuestion.reference.field
        guard let answer = sheet.answers[.reference], !answer.text.isEmpty else {
            throw EntraideError(
                .missingField, ["name": "\(field) : \(CommunityStore.consentText) fr"],
                at: Place(file: file, line: sheet.answers[.reference]?.line, field: field))
        }
        let place = Place(file: file, line: answer.line, field: field)
        var words = answer.text.split(separator: " ").map(String.init)[...]
        let version = words.popFirst() ?? ""
        guard version == CommunityStore.consentText else {
            throw EntraideError(
                .unknownCode, ["value": excerpt(of: version), "allowed": CommunityStore.consentText],
                at: place)
        }
        let code = words.popFirst() ?? ""
        guard let language = Language(rawValue: code) else {
            throw EntraideError(
                .unknownCode,
                [
                    "value": excerpt(of: code),
                    "allowed": Language.allCases.map(\.rawValue).joined(separator: ", "),
                ],
                at: place)
        }
        line = answer.line
        self.language = language
        if let slug = words.popFirst() {
            do throws(EntraideError) {
                community = try FieldCheck.slug(slug, field: field)
            } catch {
                throw EntraideError(error.code, error.values, at: place)
            }
        }
        mark = words.popFirst()
    }
}
