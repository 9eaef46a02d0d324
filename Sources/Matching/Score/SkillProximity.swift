/// Problem: which offered skills can serve a needed skill, and how near each is, in ppm.
///
/// From the needed skill N to the offered skill O, the largest of: 1 when they are the same; one factor
/// `stepNarrower` per step when O lies below N; one factor `stepBroader` per step when O lies above N; the
/// strength with which O's entry says that it helps with N; `sibling` when both have the same broader skill.
///
/// Invariant: a product of steps is kept exact and rounded down once, when it becomes ppm.
/// Complexity: O(relatives) per needed skill, computed once per skill; a pair of skills is looked up in
/// O(log relatives). Fails never on a validated vocabulary (known slugs, no circle).
struct SkillProximity: Sendable {
    /// An offered skill near a needed one.
    struct Relative: Sendable, Equatable {
        /// Place in the vocabulary.
        var skill: Int
        /// 1…1000000 ppm.
        var proximity: Int
    }

    /// For each skill that was asked for, its relatives by place in the vocabulary; empty for the others.
    private var relatives: [[Relative]]

    /// Computes the relatives of the skills where `wanted` is true.
    init(vocabulary: [VocabularyEntry], skills: SlugIndex, parameters: Parameters, wanted: [Bool]) {
        let count = vocabulary.count
        let broader = vocabulary.map { entry in entry.broader.flatMap { skills[$0] } }
        var narrower = [[Int]](repeating: [], count: count)
        var helpers = [[Relative]](repeating: [], count: count)
        for (index, entry) in vocabulary.enumerated() {
            if let parent = broader[index] { narrower[parent].append(index) }
            for related in entry.related {
                guard let target = skills[related.slug] else { continue }
                helpers[target].append(Relative(skill: index, proximity: related.strength))
            }
        }

        var up = StepPowers(step: parameters.stepBroader)
        var down = StepPowers(step: parameters.stepNarrower)
        relatives = [[Relative]](repeating: [], count: count)
        var best = [Int](repeating: 0, count: count)
        for need in vocabulary.indices where wanted[need] {
            var touched: [Int] = []
            func raise(_ skill: Int, to proximity: Int) {
                guard proximity > 0 else { return }
                if best[skill] == 0 { touched.append(skill) }
                best[skill] = max(best[skill], proximity)
            }

            raise(need, to: ppmOne)
            for helper in helpers[need] { raise(helper.skill, to: helper.proximity) }
            if let parent = broader[need] {
                for sibling in narrower[parent] where sibling != need {
                    raise(sibling, to: parameters.sibling)
                }
            }
            var ancestor = broader[need]
            var steps = 1
            while let skill = ancestor {
                raise(skill, to: up[steps])
                ancestor = broader[skill]
                steps += 1
            }
            var generation = narrower[need]
            steps = 1
            while !generation.isEmpty {
                for skill in generation { raise(skill, to: down[steps]) }
                generation = generation.flatMap { narrower[$0] }
                steps += 1
            }

            touched.sort()
            relatives[need] = touched.map { Relative(skill: $0, proximity: best[$0]) }
            for skill in touched { best[skill] = 0 }
        }
    }

    /// Every skill related to `need`, near or far, by place in the vocabulary.
    func relatives(of need: Int) -> [Relative] { relatives[need] }

    /// The proximity from needed to offered skill, 0 when they are not related.
    func proximity(need: Int, offer: Int) -> Int {
        let list = relatives[need]
        var low = 0
        var high = list.count
        while low < high {
            let middle = (low + high) / 2
            if list[middle].skill < offer { low = middle + 1 } else { high = middle }
        }
        return low < list.count && list[low].skill == offer ? list[low].proximity : 0
    }
}

/// The powers of a step in ppm, each exact and rounded down once.
///
/// A power below 1 is kept as a fraction in base 10⁶: step^k has at most k such digits, so no digit is
/// ever cut. Ends when the first digit is 0, since powers never rise.
struct StepPowers {
    private let step: Int
    private var powers = [ppmOne]
    private var digits: [Int] = []

    /// Powers of `step`, 0…1000000 ppm.
    init(step: Int) { self.step = step }

    /// step^count in ppm, rounded down. O(count²) the first time.
    subscript(count: Int) -> Int {
        mutating get {
            if step == ppmOne { return ppmOne }
            while powers.count <= count {
                // ⌊x⌋ = 0 stays 0 for every later power.
                if powers[powers.count - 1] == 0 { return 0 }
                multiply()
            }
            return powers[count]
        }
    }

    private mutating func multiply() {
        if digits.isEmpty {
            digits = [step]
        } else {
            var carry = 0
            var product = [0] + digits
            for index in digits.indices.reversed() {
                let value = digits[index] * step + carry
                product[index + 1] = value % ppmOne
                carry = value / ppmOne
            }
            product[0] = carry
            digits = product
        }
        powers.append(digits[0])
    }
}
