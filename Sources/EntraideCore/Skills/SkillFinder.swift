package import Lines

/// Finds the skills that a text may mean, best first, and says why.
///
/// Problem: people name a skill by any of its words, in either language, in any order, misspelt, cut short or in the
/// middle of a sentence. Each word of the text is taken for the terms near it (``TermIndex``), and answered by the
/// names that hold them (``SkillNames``), for what the word tells and how sure it is. A skill's score is a sum of two
/// halves: how much of the text all its names answer; and for its best name, how much of the text it answers, times
/// the root of how much of itself the text says. A text that is a name scores 1000000.
///
/// Two neighbours are also tried as one word on both sides (`crowd funding`, `cashflow`, `3 D`).
///
/// Invariant: the same skills in the same order and the same text give the same findings on every machine.
/// Fails when the text and the right skill's names have no word in common: it knows words, not meanings.
package struct SkillFinder: Sendable {
    /// A skill that a text may mean.
    package struct Finding: Sendable, Equatable {
        package let skill: Skill
        /// How well it answers, ppm.
        package let score: Int
        /// The name that answers best.
        package let name: String
        /// The words of the text that this name answers, in the text's order.
        package let words: [Match]
    }

    /// A word of the text, and the word of a name that it was taken for.
    package struct Match: Sendable, Equatable {
        package let typed: String
        package let met: String
    }

    private let skills: [Skill]
    private let names: SkillNames

    /// Percent of what a label answers that another name answers with the same words.
    private static let synonymShare = 90
    /// What a word that no skill has tells, percent of what the rarest word tells.
    private static let unknownShare = 60
    /// Percent of the best score below which a skill is left out.
    private static let leastShare = 45
    /// A sentence or two; what follows is not read.
    private static let mostWords = 24
    /// Unknown words for which slips are looked for: the dear part, in a long text.
    private static let mostMisspelt = 8

    /// A finder over these skills, whose order decides between equals.
    ///
    /// - Complexity: O(bytes of all names · log).
    package init(_ skills: [Skill]) {
        self.skills = skills
        names = SkillNames(skills)
    }

    /// The one skill that has `text` among its names, case and accents apart; nil when none has, or several.
    package func named(_ text: String) -> Skill? {
        names.holder(of: Folding.fold(text)).map { skills[$0] }
    }

    /// The skills that `text` may mean, best first, at most `limit`.
    ///
    /// - Complexity: O(words · (terms near each + names that hold them)).
    package func find(_ text: String, limit: Int = 20) -> [Finding] {
        let folded = Folding.fold(text)
        let words = Array(SearchWord.all(in: folded).prefix(Self.mostWords))
        let reading = read(words)
        guard reading.worth > 0 else { return [] }
        let ranked = rank(reading, folded: folded)
        let least = (ranked.first?.score ?? 0) * Self.leastShare / 100
        return ranked.prefix(max(0, limit)).filter { $0.score >= least }.map { skill, score, name in
            let matches = (reading.answers[name] ?? [:]).sorted { $0.key < $1.key }.map {
                Match(typed: words[$0.key].text, met: names.index.terms[$0.value.term])
            }
            return Finding(skill: skills[skill], score: score, name: names.names[name].text, words: matches)
        }
    }
}

extension SkillFinder {
    /// What a word of the text was taken for, in one name.
    private struct Answer {
        let term: Int
        let posting: SkillNames.Posting
        let quality: Int
        /// What the word tells, in percent of percent of percent.
        let value: Int
    }

    /// What was made of a text.
    private struct Reading {
        /// Per name, per word of the text, the best answer.
        var answers: [Int: [Int: Answer]] = [:]
        /// What all words tell, in the unit of answers.
        var worth = 0
    }

    private func read(_ words: [SearchWord]) -> Reading {
        var reading = Reading()
        var misspelt = 0
        // A text of empty words alone is taken at its word.
        let isEmpty = words.allSatisfy(\.isEmpty)
        for (place, word) in words.enumerated() {
            let share = word.isWeak ? SkillNames.weakShare : 100
            if isEmpty || !word.isEmpty {
                let near = names.index.near(word, withSlips: misspelt < Self.mostMisspelt)
                // What is known tells what it tells, whatever rarer words look like it.
                let sure = near.filter { $0.likeness <= .form }
                if sure.isEmpty { misspelt += 1 }
                let told = (sure.isEmpty ? near : sure).map { names.telling[$0.term] }.max()
                let worth = (told ?? names.most * Self.unknownShare / 100) * share
                for near in near { answer(place, with: near, worth: worth, in: &reading) }
                reading.worth += worth * 100 * 100
            }
            guard place + 1 < words.count, Self.mayJoin(word, words[place + 1]) else { continue }
            let both = SearchWord(joining: word, words[place + 1])
            for near in names.index.near(both, withSlips: false) where near.likeness <= .form {
                for place in [place, place + 1] {
                    answer(place, with: near, worth: names.telling[near.term] * 50, in: &reading)
                }
            }
        }
        return reading
    }

    private func answer(_ place: Int, with near: TermIndex.Near, worth: Int, in reading: inout Reading) {
        for posting in names.postings[near.term] {
            let share = names.names[posting.name].isLabel ? 100 : Self.synonymShare
            let value = worth * near.quality * share
            if let known = reading.answers[posting.name]?[place], known.value >= value { continue }
            reading.answers[posting.name, default: [:]][place] = Answer(
                term: near.term, posting: posting, quality: near.quality, value: value)
        }
    }

    /// Whether two neighbours of a text may be one word: not with an article or the like, unless it is a single
    /// letter (`3 D`, `e mail`).
    private static func mayJoin(_ left: SearchWord, _ right: SearchWord) -> Bool {
        [left, right].allSatisfy { !$0.isEmpty || $0.text.unicodeScalars.count == 1 }
    }

    /// Skills by score, then by their order, each with its best name.
    private func rank(_ reading: Reading, folded: String) -> [(skill: Int, score: Int, name: Int)] {
        var together: [Int: [Int: Int]] = [:]
        var best: [Int: (fit: Int, name: Int)] = [:]
        for (name, found) in reading.answers.sorted(by: { $0.key < $1.key }) {
            let skill = names.names[name].skill
            for (place, answer) in found {
                together[skill, default: [:]][place] = max(together[skill]?[place] ?? 0, answer.value)
            }
            let isName = names.names[name].folded == folded
            let fit = isName ? .max : fit(of: name, found, worth: reading.worth)
            if fit > best[skill]?.fit ?? -1 { best[skill] = (fit, name) }
        }
        return together.compactMap { skill, found -> (skill: Int, score: Int, name: Int)? in
            guard let (fit, name) = best[skill] else { return nil }
            if fit == .max { return (skill, 1_000_000, name) }
            return (skill, (Self.share(found.values, of: reading.worth) + fit) / 2, name)
        }.sorted { ($1.score, $0.skill) < ($0.score, $1.skill) }
    }

    /// How much of the text a name answers, times the root of how much of the name the text says; ppm.
    private func fit(of name: Int, _ found: [Int: Answer], worth: Int) -> Int {
        let worths = names.names[name].worths
        var said = [Int](repeating: 0, count: worths.count)
        for answer in found.values {
            let place = answer.posting.place
            for place in place..<min(said.count, place + answer.posting.length) {
                said[place] = max(said[place], answer.quality)
            }
        }
        let covered = zip(said, worths).map { Double($0 * $1) }.reduce(0, +)
        let whole = Double(max(1, worths.reduce(0, +))) * 100
        // Both sums are whole numbers well below 2⁵³: exact.
        return Int(Double(Self.share(found.values.map(\.value), of: worth)) * (covered / whole).squareRoot())
    }

    /// The sum over the whole, at most 1; ppm.
    private static func share(_ values: some Sequence<Int>, of worth: Int) -> Int {
        Int(1_000_000 * min(1, Double(values.reduce(0, +)) / Double(worth)))
    }
}

extension SkillFinder.Finding {
    /// Its line.
    package var record: FindingRecord {
        FindingRecord(
            skill: skill.slug, score: score, name: name, words: words.map { "\($0.typed)=\($0.met)" })
    }
}
