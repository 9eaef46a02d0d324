/// One parameter as text: a key and its integers.
package struct ParameterPair: Sendable, Equatable, CustomStringConvertible {
    /// The parameter's key, kebab-case.
    package let key: String
    /// Its values, one or several.
    package let values: [Int]

    /// A key and its values.
    package init(key: String, values: [Int]) {
        self.key = key
        self.values = values
    }

    /// Reads `key=1,2,3`; nil when it is not of that form. `key=` is an empty list.
    package init?(_ text: some StringProtocol) {
        guard let equals = text.firstIndex(of: "=") else { return nil }
        let list = text[text.index(after: equals)...]
        var values: [Int] = []
        if !list.isEmpty {
            for part in list.split(separator: ",", omittingEmptySubsequences: false) {
                guard let value = Int(part) else { return nil }
                values.append(value)
            }
        }
        self.init(key: String(text[..<equals]), values: values)
    }

    /// `key=1,2,3`.
    package var description: String {
        key + "=" + values.map { String($0) }.joined(separator: ",")
    }
}

extension Parameters {
    /// Every parameter in a fixed order: the form in which a round freezes them. `coverage` and `mutual` are written as
    /// their places in ``Coverage`` and ``Mutual``, and only where those are not the first: rounds were frozen before
    /// there was any other. `mutual-bonus` and `listed-whole` go with `mutual`. Each zone with a bonus has a key of its own,
    /// `zone-` and its slug.
    package var pairs: [ParameterPair] {
        var pairs = Factor.allCases.map {
            ParameterPair(key: "weight-\($0.rawValue)", values: [weights[$0]])
        }
        let levelValues = [
            levels.reaches, levels.farAbove, levels.oneShort, levels.shorter, levels.notAbove,
        ]
        pairs += [
            ParameterPair(key: "floor", values: [floor]),
            ParameterPair(key: "step-narrower", values: [stepNarrower]),
            ParameterPair(key: "step-broader", values: [stepBroader]),
            ParameterPair(key: "sibling", values: [sibling]),
            ParameterPair(key: "level-values", values: levelValues),
            ParameterPair(key: "urgency-values", values: urgencyValues),
            ParameterPair(key: "waiting-rounds", values: [waitingRounds]),
            ParameterPair(key: "novelty-rounds", values: [noveltyRounds]),
            ParameterPair(key: "receipt-bonuses", values: receiptBonuses),
            ParameterPair(key: "repeat-rounds", values: [repeatRounds]),
            ParameterPair(key: "listed", values: [listed]),
        ]
        if coverage != .bonus { pairs.append(ParameterPair(key: "coverage", values: [coverage.place])) }
        if mutual != .off {
            pairs.append(ParameterPair(key: "mutual", values: [mutual.place]))
            pairs.append(ParameterPair(key: "mutual-bonus", values: [mutualBonus]))
            pairs.append(ParameterPair(key: "listed-whole", values: [listedWhole]))
        }
        pairs += zoneBonuses.map { ParameterPair(key: Self.zoneKey + $0.zone, values: [$0.extra]) }
        return pairs
    }

    /// Reads back what ``pairs`` wrote, in any order. Every key must be there: a default that changes one
    /// day must not change a round that was frozen before. `listed` alone came later: a round that was frozen
    /// without it listed every pair. No `coverage` means ``Coverage/bonus``, for good.
    package init(pairs: [ParameterPair]) throws(MatchingError) {
        var parameters = Parameters()
        parameters.listed = Limits.listed.upperBound
        let missing = parameters.pairs.map(\.key).first { key in
            key != "listed" && !pairs.contains { $0.key == key }
        }
        if let missing { throw MatchingError(.badParameter, missing) }
        try parameters.set(pairs)
        self = parameters
    }

    /// Replaces the parameters named in `pairs`, each at most once, and validates the whole.
    package mutating func set(_ pairs: [ParameterPair]) throws(MatchingError) {
        var changed = self
        for (index, pair) in pairs.enumerated() {
            if pairs[..<index].contains(where: { $0.key == pair.key }) {
                throw MatchingError(.duplicate, pair.key)
            }
            try changed.set(pair)
        }
        try changed.validate()
        self = changed
    }

    private mutating func set(_ pair: ParameterPair) throws(MatchingError) {
        if let factor = Factor.allCases.first(where: { "weight-\($0.rawValue)" == pair.key }) {
            weights[factor] = try single(pair)
            return
        }
        if pair.key.hasPrefix(Self.zoneKey) {
            let zone = String(pair.key.dropFirst(Self.zoneKey.count))
            let extra = try single(pair)
            guard extra > 0 else { throw MatchingError(.outOfRange, pair.key) }
            set(ZoneBonus(zone: zone, extra: extra))
            return
        }
        switch pair.key {
        case "floor": floor = try single(pair)
        case "step-narrower": stepNarrower = try single(pair)
        case "step-broader": stepBroader = try single(pair)
        case "sibling": sibling = try single(pair)
        case "level-values":
            guard pair.values.count == 5 else { throw MatchingError(.badParameter, pair.key) }
            levels.reaches = pair.values[0]
            levels.farAbove = pair.values[1]
            levels.oneShort = pair.values[2]
            levels.shorter = pair.values[3]
            levels.notAbove = pair.values[4]
        case "urgency-values": urgencyValues = pair.values
        case "waiting-rounds": waitingRounds = try single(pair)
        case "novelty-rounds": noveltyRounds = try single(pair)
        case "receipt-bonuses": receiptBonuses = pair.values
        case "repeat-rounds": repeatRounds = try single(pair)
        case "listed": listed = try single(pair)
        case "coverage": coverage = try place(pair)
        case "mutual": mutual = try place(pair)
        case "mutual-bonus": mutualBonus = try single(pair)
        case "listed-whole": listedWhole = try single(pair)
        default: throw MatchingError(.badParameter, pair.key)
        }
    }

    /// The case that stands at the place told.
    private func place<Code: CaseIterable>(_ pair: ParameterPair) throws(MatchingError) -> Code {
        let place = try single(pair)
        guard let found = Code.allCases.enumerated().first(where: { $0.offset == place }) else {
            throw MatchingError(.outOfRange, pair.key)
        }
        return found.element
    }

    private func single(_ pair: ParameterPair) throws(MatchingError) -> Int {
        guard pair.values.count == 1 else { throw MatchingError(.badParameter, pair.key) }
        return pair.values[0]
    }
}
