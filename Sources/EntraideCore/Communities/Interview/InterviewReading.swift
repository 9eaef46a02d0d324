import Lines
import Matching

/// Why an answer does not do, said to whoever gave it.
struct UnreadAnswer: Error {
    let notice: Bilingual

    static func numbers(_ count: Int) -> UnreadAnswer {
        UnreadAnswer(
            notice: Bilingual(
                fr: "Répondre par un numéro, de 1 à \(count) ; ou ? pour de l’aide.",
                en: "Answer with a number, 1 to \(count); or ? for help."))
    }

    static let needed = UnreadAnswer(
        notice: Bilingual(
            fr: "Il faut une réponse ici ; ou ? pour de l’aide.",
            en: "An answer is needed here; or ? for help."))

    /// What the checks of single values say, in their own words.
    init(_ error: EntraideError) {
        // Fields are named for files; a person sees the question.
        var bare = error
        bare.place = Place()
        notice = Bilingual(fr: bare.message(in: .fr), en: bare.message(in: .en))
    }

    init(notice: Bilingual) { self.notice = notice }
}

extension Interview {
    /// Reads the answer to the present question.
    mutating func read(_ answer: String) throws(UnreadAnswer) -> Want {
        switch step {
        case .name: return try readName(answer)
        case .identifier:
            return .identifier(
                try checked { () throws(EntraideError) in
                    try FieldCheck.slug(answer.isEmpty ? suggestedSlug : answer, field: "")
                })
        case .kind:
            profile.community.kind =
                try choice(answer, of: CommunityKind.allCases, standard: profile.community.kind)
            advance()
        case .place:
            if answer.isEmpty {
                advance()
            } else if isNone(answer) {
                place = nil
                profile.community.territory = nil
                advance()
            } else {
                return .places(
                    try checked { () throws(EntraideError) in
                        try FieldCheck.text(answer, limit: ProfileLimits.name, field: "")
                    })
            }
        case .placeChoice:
            if isNone(answer) {
                step = .place
            } else {
                choosePlace(try choice(answer, among: foundPlaces, standard: foundPlaces.first))
            }
        case .languages: try readLanguages(answer)
        case .modes:
            switch try number(answer, upTo: 3, standard: modesNumber) {
            case 1: profile.community.modes = [.remote]
            case 2: profile.community.modes = [.onSite]
            default: profile.community.modes = [.remote, .onSite]
            }
            advance()
        case .maxKm:
            profile.community.maxKm = try amount(
                answer, in: ProfileLimits.maxKm, standard: profile.community.maxKm)
            advance()
        case .stage:
            let stages = Stage.allCases
            let stood = profile.community.stage.flatMap(stages.firstIndex)
            let chosen = try number(
                answer, upTo: stages.count + 1, standard: (stood ?? stages.count) + 1)
            profile.community.stage = chosen <= stages.count ? stages[chosen - 1] : nil
            shownPages = 1
            chosenTroubles = []
            advance()
        case .troubles: try readTroubles(answer)
        case .kept:
            let kept = answer.isEmpty ? proposed : try several(answer, among: proposed)
            for skill in kept where !needs.contains(where: { $0.skill.slug == skill.slug }) {
                needs.append((skill, 0))
            }
            advance()
        case .needs, .offers: try readWords(answer)
        case .needChoice, .offerChoice:
            for skill in answer.isEmpty ? Array(proposed.prefix(1)) : try several(answer, among: proposed) {
                note(skill)
            }
            step = step == .needChoice ? .needs : .offers
        case .needLevel:
            let level = try number(answer, upTo: 3, standard: 1)
            if let place = needs.firstIndex(where: { $0.levelNow == 0 }) { needs[place].levelNow = level }
            if !needs.contains(where: { $0.levelNow == 0 }) { advance() }
        case .urgent:
            urgent = Set(try several(answer, among: needs.map(\.skill.slug)))
            advance()
        case .offerLevel:
            let level = try number(answer, upTo: 4, standard: 3)
            if let place = offers.firstIndex(where: { $0.level == 0 }) { offers[place].level = level }
            if !offers.contains(where: { $0.level == 0 }) { advance() }
        case .give:
            profile.community.give = try amount(
                answer, in: ProfileLimits.give, standard: profile.community.give)
            advance()
        case .receive:
            profile.community.receive =
                try amount(answer, in: ProfileLimits.receive, standard: profile.community.receive)
            advance()
        case .contact:
            if isNone(answer) {
                profile.contact = nil
            } else if !answer.isEmpty {
                profile.contact = try checked { () throws(EntraideError) in
                    try FieldCheck.text(answer, limit: ProfileLimits.contact, field: "")
                }
            }
            if profile.contact == nil { profile.consent[.contact] = false }
            advance()
        case .consent(let purpose):
            profile.consent[purpose] = try yes(answer, standard: profile.consents(to: purpose))
            advance()
        case .summary:
            if answer.isEmpty { return .profile(result) }
            correct(try choice(answer, among: summaryTopics, standard: nil))
        }
        return .answer
    }

    private mutating func readName(_ answer: String) throws(UnreadAnswer) -> Want {
        if answer.isEmpty, profile.community.name.isEmpty { throw .needed }
        if !answer.isEmpty {
            profile.community.name = try checked { () throws(EntraideError) in
                try FieldCheck.text(answer, limit: ProfileLimits.name, field: "")
            }
        }
        // A corrected name leaves the identifier, which has its own line.
        guard profile.community.slug.isEmpty else {
            advance()
            return .answer
        }
        guard let slug = Slug.made(from: Folding.fold(profile.community.name)) else {
            suggestedSlug = ""
            step = .identifier
            return .answer
        }
        return .identifier(slug)
    }

    private mutating func readLanguages(_ answer: String) throws(UnreadAnswer) {
        if !answer.isEmpty {
            var codes: [String] = []
            for word in answer.split(whereSeparator: { $0 == "," || $0 == ";" }).map(\.trimmingSpaces) {
                guard let code = SpokenLanguage.code(word) else {
                    throw UnreadAnswer(
                        notice: Bilingual(
                            fr:
                                "Langue inconnue : « \(excerpt(of: word)) ». Un nom ou un code, séparés par des virgules.",
                            en:
                                "Unknown language: '\(excerpt(of: word))'. Names or codes, separated by commas."
                        ))
                }
                if !codes.contains(code) { codes.append(code) }
            }
            guard !codes.isEmpty, codes.count <= ProfileLimits.languages else { throw .needed }
            profile.community.languages = codes
        }
        advance()
    }

    private mutating func readTroubles(_ answer: String) throws(UnreadAnswer) {
        let all = shownTroubles.flatMap { $0 }
        let wantsMore = answer.hasSuffix("+")
        let numbers = wantsMore ? String(answer.dropLast()).trimmingSpaces : answer
        chosenTroubles.formUnion(try several(numbers, among: Array(all.indices)))
        if wantsMore, hasMoreTroubles {
            shownPages += 1
            return
        }
        proposed = []
        for trouble in chosenTroubles.sorted().map({ all[$0] }) {
            for slug in trouble.skills {
                // A coordinator may have dropped a skill that the table knows.
                guard let skill = vocabulary[slug], !proposed.contains(where: { $0.slug == skill.slug })
                else {
                    continue
                }
                proposed.append(skill)
            }
        }
        advance()
    }

    /// Words of one's own, or the number of what was noted and is to be taken away.
    private mutating func readWords(_ answer: String) throws(UnreadAnswer) {
        guard !answer.isEmpty else { return advance() }
        let isNeed = step == .needs
        let noted = isNeed ? needs.map(\.skill) : offers.map(\.skill)
        if answer.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            guard let number = Int(answer), (1...max(1, noted.count)).contains(number), !noted.isEmpty else {
                throw UnreadAnswer(
                    notice: Bilingual(
                        fr: "Des mots, ou le numéro de ce qu’il faut retirer.",
                        en: "Words, or the number of what should be removed."))
            }
            if isNeed { needs.remove(at: number - 1) } else { offers.remove(at: number - 1) }
            let name = noted[number - 1].label
            say(fr: "Retiré : \(name.fr)", en: "Removed: \(name.en)")
            return
        }
        guard noted.count < (isNeed ? ProfileLimits.needs : ProfileLimits.offers) else { throw .needed }
        let words = try checked { () throws(EntraideError) in
            try FieldCheck.text(answer, limit: 400, field: "")
        }
        proposed = vocabulary.finder.find(words, limit: Self.mostFound).map(\.skill)
        guard !proposed.isEmpty else {
            throw UnreadAnswer(
                notice: Bilingual(
                    fr: "Rien trouvé pour « \(excerpt(of: words)) ». Essayez un autre mot.",
                    en: "Nothing found for '\(excerpt(of: words))'. Try another word."))
        }
        step = isNeed ? .needChoice : .offerChoice
    }

    private mutating func note(_ skill: Skill) {
        if step == .needChoice {
            if !needs.contains(where: { $0.skill.slug == skill.slug }) { needs.append((skill, 0)) }
        } else if !offers.contains(where: { $0.skill.slug == skill.slug }) {
            offers.append((skill, 0))
        }
    }
}

// What single answers mean.
extension Interview {
    /// The number of the ways of meeting that stand.
    var modesNumber: Int {
        switch profile.community.modes {
        case [.remote]: 1
        case [.onSite]: 2
        default: 3
        }
    }

    private func checked<T>(_ check: () throws(EntraideError) -> T) throws(UnreadAnswer) -> T {
        do { return try check() } catch { throw UnreadAnswer(error) }
    }

    /// `0`, a dash or "none" in either language: nothing of this.
    private func isNone(_ answer: String) -> Bool {
        ["0", "-", "aucun", "aucune", "none", "rien", "nothing"].contains(answer.lowercased())
    }

    private func number(_ answer: String, upTo count: Int, standard: Int?) throws(UnreadAnswer) -> Int {
        if answer.isEmpty, let standard { return standard }
        guard let number = Int(answer), number >= 1, number <= count else { throw .numbers(count) }
        return number
    }

    private func choice<T>(_ answer: String, among all: [T], standard: T?) throws(UnreadAnswer) -> T {
        if answer.isEmpty, let standard { return standard }
        return all[try number(answer, upTo: all.count, standard: nil) - 1]
    }

    /// A code by its number, or by the word that people read.
    private func choice<C: CodeList>(
        _ answer: String, of all: [C], standard: C
    ) throws(UnreadAnswer) -> C {
        if let code = try? FieldCheck.code(answer, field: "", as: C.self) { return code }
        return try choice(answer, among: all, standard: standard)
    }

    /// Numbers with anything between them; none for an empty answer or `0`.
    private func several<T>(_ answer: String, among all: [T]) throws(UnreadAnswer) -> [T] {
        if answer.isEmpty || isNone(answer) { return [] }
        var chosen: [Int] = []
        for word in answer.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isWhitespace }) {
            if word == "et" || word == "and" { continue }
            guard let number = Int(word), number >= 1, number <= all.count else {
                throw UnreadAnswer(
                    notice: Bilingual(
                        fr: "Des numéros de 1 à \(all.count), séparés par des espaces ; ou ? pour de l’aide.",
                        en: "Numbers from 1 to \(all.count), separated by spaces; or ? for help."))
            }
            if !chosen.contains(number) { chosen.append(number) }
        }
        return chosen.map { all[$0 - 1] }
    }

    private func amount(_ answer: String, in range: ClosedRange<Int>, standard: Int) throws(UnreadAnswer)
        -> Int
    {
        if answer.isEmpty { return standard }
        guard let amount = Int(answer), range.contains(amount) else {
            throw UnreadAnswer(
                notice: Bilingual(
                    fr: "Répondre par un nombre, de \(range.lowerBound) à \(range.upperBound).",
                    en: "Answer with a number, \(range.lowerBound) to \(range.upperBound)."))
        }
        return amount
    }

    private func yes(_ answer: String, standard: Bool) throws(UnreadAnswer) -> Bool {
        switch answer.lowercased() {
        case "": return standard
        case "o", "oui", "y", "yes": return true
        case "n", "non", "no": return false
        default:
            throw UnreadAnswer(
                notice: Bilingual(fr: "Répondre par oui ou par non.", en: "Answer yes or no."))
        }
    }
}
