extension FormReading.Assumed {
    /// What was taken, in words.
    var sentence: Bilingual {
        let levels = level.map { level in
            let situation = Situation.of(level)
            return Bilingual(
                fr: "niveau \(level) (\(situation.fr))", en: "level \(level) (\(situation.en))")
        }
        let counts = capacity.map { count in
            Bilingual(
                count, fr: ("\(count) communauté par session", "\(count) communautés par session"),
                en: ("\(count) community per round", "\(count) communities per round"))
        }
        let both = [levels, counts].compactMap(\.self)
        return Bilingual(
            fr: "\(mark) « \(skill.fr) » : faute de réponse, \(both.map(\.fr).joined(separator: " et "))",
            en: "\(mark) '\(skill.en)': for want of an answer, \(both.map(\.en).joined(separator: " and "))")
    }
}
