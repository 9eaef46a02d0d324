import Lines

/// What weighs on a community, in the words that people use of it, and the skills that would help: for those who do not
/// know the name of what they lack.
package struct Trouble: Sendable, Equatable {
    /// The stage of life at which it is met most.
    package let stage: Stage
    /// The trouble, as one would say it.
    package let sentence: Bilingual
    /// Slugs of one to three skills, the likeliest first.
    package let skills: [String]

    package init(stage: Stage, sentence: Bilingual, skills: [String]) {
        self.stage = stage
        self.sentence = sentence
        self.skills = skills
    }

    /// Those of the file beside this one, in its order.
    ///
    /// - Throws: `malformed`, were the file that the program carries not what it must be.
    package static func embedded() throws(EntraideError) -> [Trouble] {
        var troubles: [Trouble] = []
        do {
            var reader = CSVReader(bytes: PackageResources.troubles_csv, delimiter: UInt8(ascii: ","))
            _ = try reader.next()
            while let row = try reader.next() {
                guard row.cells.count == 4, let stage = Stage(rawValue: row.cells[0]) else {
                    throw EntraideError(.malformed, ["what": "troubles.csv"], at: Place(line: row.line))
                }
                troubles.append(
                    Trouble(
                        stage: stage, sentence: Bilingual(fr: row.cells[1], en: row.cells[2]),
                        skills: row.cells[3].split(separator: " ").map(String.init)))
            }
        } catch let error as EntraideError {
            throw error
        } catch {
            throw EntraideError(any: error)
        }
        return troubles
    }

    /// The troubles in the order in which they are shown, a page at a time: those of the stage first; for who does not
    /// know its stage, two of each.
    static func pages(_ troubles: [Trouble], for stage: Stage?) -> [[Trouble]] {
        let byStage = Stage.allCases.map { stage in troubles.filter { $0.stage == stage } }
        let pages: [[Trouble]] =
            if let stage {
                [troubles.filter { $0.stage == stage }]
                    + byStage.filter { $0.first?.stage != stage }
            } else {
                [byStage.flatMap { $0.prefix(2) }] + byStage.map { Array($0.dropFirst(2)) }
            }
        return pages.filter { !$0.isEmpty }
    }
}

/// Levels as situations, since the self-taught underrate themselves.
package enum Situation {
    /// What a level, 1…4, means.
    package static func of(_ level: Int) -> Bilingual {
        switch level {
        case ...1: Bilingual(fr: "je découvre", en: "I am discovering it")
        case 2: Bilingual(fr: "je me débrouille", en: "I manage")
        case 3: Bilingual(fr: "j’aide déjà d’autres", en: "I help others already")
        default: Bilingual(fr: "on vient me chercher pour ça", en: "people come to me for it")
        }
    }
}
