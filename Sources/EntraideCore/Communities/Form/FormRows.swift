import Lines
import Matching

/// What is answered of needs and of offers, row by row.
extension FormReading {
    /// Row numbers that hold an answer.
    private func rows(_ row: (FormQuestion) -> Int?) -> [Int] {
        Set(sheet.answers.filter { !$0.value.isBlank }.keys.compactMap(row)).sorted()
    }

    private func isRemoved(_ question: FormQuestion) -> Bool {
        guard let answer = sheet.answers[question] else { return false }
        return answer.hasLoneTick || !answer.ticked.isEmpty
            || answer.text.split(separator: " ").first.flatMap { CellText.isYes(String($0)) } == true
    }

    mutating func readNeeds() {
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
                        .unknownCode, ["value": excerpt(of: answer.text)],
                        words: ["allowed": Bilingual(fr: "oui, non", en: "yes, no")]),
                    .need(row, .urgent))
            }
        }
        if let count = count(.need(row, .count), terms.quantity, in: ProfileLimits.quantity) {
            terms.quantity = count
        }
    }

    mutating func readOffers() {
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
                if place == nil { assume(offer, row) }
            }
        }
        if profile.offers.count > ProfileLimits.offers {
            add(EntraideError(.outOfRange, ["range": "0–\(ProfileLimits.offers)"]), .offer(1, .skill))
        }
    }

    /// Notes what a new offer was given where nothing was answered.
    private mutating func assume(_ offer: Offer, _ row: Int) {
        func isSaid(_ part: FormPart) -> Bool {
            sheet.answers[.offer(row, part)].map { !FormWords.isNothing($0.text) } ?? false
        }
        let (level, count) = (isSaid(.level), isSaid(.count))
        guard !level || !count else { return }
        let question = FormQuestion.offer(row, .skill)
        let slug = offer.terms.skill
        assumed.append(
            Assumed(
                line: sheet.answers[question]?.line ?? reference.line, mark: question.mark,
                skill: vocabulary[slug]?.label ?? Bilingual(fr: slug, en: slug),
                level: level ? nil : offer.terms.level, capacity: count ? nil : offer.terms.capacity))
    }

    /// The skills that a row is about, which may be that of the row as it was printed.
    private mutating func rowSkills(
        _ text: String, _ question: FormQuestion, _ standing: String?, _ printed: [String]
    ) -> [String] {
        if FormWords.isNothing(text) {
            // What is said below is about what the form said.
            if let standing { return [standing] }
            if isAnswered(question) { add(EntraideError(.missingField, ["name": question.mark]), question) }
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
        if let level, level == standing, !isNew { return nil }
        // Who is asked for what one lacks is not sought out for it.
        var range = Limits.level
        if case .need = question { range = range.lowerBound...range.upperBound - 1 }
        if let level, range.contains(level) { return level }
        add(
            EntraideError(
                .badNumber,
                [
                    "value": excerpt(of: text),
                    "range": "\(range.lowerBound)–\(range.upperBound)",
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
    private mutating func skills(_ text: String, _ question: FormQuestion) -> [String] {
        guard !FormWords.isNothing(text) else { return [] }
        do throws(EntraideError) {
            let checked = try FieldCheck.text(text, limit: 400, field: "")
            if SkillWords.withoutMore(checked).isEmpty { return [] }
            if let whole = named(checked) { return whole }
            if let listed = try listed(words.items(in: checked), of: checked, question) { return listed }
            if let meant = meant(checked, question) { return meant }
            return try proposed(SkillWords.withoutMore(checked))
        } catch {
            add(error, question)
            return []
        }
    }

    /// The skills of a list; nil when it is none but a sentence with commas: no item is a name, and some mean nothing.
    private mutating func listed(
        _ items: [String], of text: String, _ question: FormQuestion
    ) throws(EntraideError) -> [String]? {
        guard items.count > 1 else {
            // What is left when "etc." is gone may be a name.
            return items.first.flatMap { $0 == text ? nil : named($0) }
        }
        let before = understood
        let names = items.map { named($0) }
        let isList = names.contains { $0 != nil }
        var all: [String] = []
        for (item, name) in zip(items, names) {
            var skills = name ?? meant(item, question)
            if skills == nil, isList { skills = try proposed(item) }
            guard let skills else {
                understood = before
                return nil
            }
            for skill in skills where !all.contains(skill) { all.append(skill) }
        }
        return all
    }

    /// The skill that words propose.
    ///
    /// - Throws: `unknown-skill` where none is to be.
    private mutating func proposed(_ text: String) throws(EntraideError) -> [String] {
        let proposed = words.proposed(for: text)
        guard proposed.isEmpty else { return proposed }
        let unknown = vocabulary.unknown(text)
        throw EntraideError(
            unknown.code, ["skill": excerpt(of: text), "nearest": unknown.values["nearest"] ?? "-"])
    }

    private mutating func named(_ text: String) -> [String]? {
        if let skill = meanings.skills[Folding.fold(text)] { return [skill] }
        if Slug.isValid(text), let skill = vocabulary.known(text) { return [skill.slug] }
        // One that was proposed, and that nobody has accepted yet.
        if let skill = Skill.proposed(by: text), vocabulary[skill.slug] != nil { return [skill.slug] }
        let found = words.skills(for: text)
        return found.isEmpty ? nil : found
    }

    private mutating func meant(_ text: String, _ question: FormQuestion) -> [String]? {
        let found = vocabulary.finder.find(text, limit: 2)
        guard let best = found.first, best.score >= Self.sure else { return nil }
        if found.count > 1, found[1].score * 100 > best.score * Self.apart { return nil }
        let noted = Understood(
            line: sheet.answers[question]?.line ?? 0, words: text, meaning: best.skill.slug)
        if !understood.contains(noted) { understood.append(noted) }
        return [best.skill.slug]
    }
}
