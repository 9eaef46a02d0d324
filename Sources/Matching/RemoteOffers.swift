/// The offers that can be taken up at a distance, gathered so that what one need thinks of one of them it
/// thinks of many.
///
/// Offers of a skill that can be remote fall into *appeals*, all with the same level, posture and formats:
/// what decides the points of a pair that shares remote. What is left is looked at one by one: languages and
/// slots, which most have in common, and who the two communities are: the same, kin, set aside, met before.
///
/// Appeals of a skill and members of an appeal are ranges of flat arrays. Members stand by offer, ascending.
///
/// - Complexity: O(offers · log offers of one skill) to build; 16 bytes per offer.
struct RemoteOffers: Sendable {
    /// Offers of one skill, level, posture and list of formats.
    struct Appeal: Sendable {
        /// Its one level.
        var level: LevelSet
        var posture: CodeSet
        var formats: CodeSet
        /// Its members start here; they end where the next appeal's start.
        var memberStart: Int32
    }

    /// An offer, and what of it is looked at by itself.
    struct Member: Sendable {
        var offer: Int32
        var community: Int32
        /// Place in ``RemoteOffers/languages``.
        var languages: Int32
        var slots: CodeSet
    }

    /// One more than there are, so that the next one's start is always there.
    private(set) var appeals: [Appeal] = []
    private(set) var members: [Member] = []
    /// The sets of languages that occur.
    private(set) var languages: [LanguageSet] = []
    /// The appeals of skill s are `appealStarts[s]..<appealStarts[s + 1]`.
    private var appealStarts: [Int32] = [0]

    init(_ market: Market) {
        let remote = CodeSet([Mode.remote])
        var numbering = Numbering<LanguageSet>()
        var sorted: [(kind: Int, offer: Int)] = []
        for offers in market.offersOfSkill {
            sorted.removeAll(keepingCapacity: true)
            for offer in offers where market.offerRows[offer].modes.intersects(remote) {
                sorted.append((Self.kind(market.offerRows[offer]), offer))
            }
            sorted.sort { ($0.kind, $0.offer) < ($1.kind, $1.offer) }
            var previous: Int?
            for (kind, offer) in sorted {
                let row = market.offerRows[offer]
                if previous != kind {
                    appeals.append(
                        Appeal(
                            level: LevelSet(row), posture: row.posture, formats: row.formats,
                            memberStart: Int32(members.count)))
                }
                members.append(
                    Member(
                        offer: Int32(offer), community: Int32(row.community),
                        languages: Int32(numbering.number(of: row.languages)), slots: row.slots))
                previous = kind
            }
            appealStarts.append(Int32(appeals.count))
        }
        appeals.append(
            Appeal(
                level: LevelSet(), posture: .none, formats: .none, memberStart: Int32(members.count)))
        languages = numbering.values
    }

    /// Level, posture and formats of an offer in one number.
    private static func kind(_ row: OfferRow) -> Int {
        row.level << 16 | Int(row.posture.bits) << 8 | Int(row.formats.bits)
    }

    func appeals(ofSkill skill: Int) -> Range<Int> {
        Int(appealStarts[skill])..<Int(appealStarts[skill + 1])
    }

    func members(ofAppeal appeal: Int) -> Range<Int> {
        Int(appeals[appeal].memberStart)..<Int(appeals[appeal + 1].memberStart)
    }
}

/// Numbers for values, in the order in which they are first met: nothing iterates over the dictionary.
struct Numbering<Value: Hashable> {
    private var numbers: [Value: Int] = [:]
    /// The values met, by number.
    private(set) var values: [Value] = []

    mutating func number(of value: Value) -> Int {
        if let number = numbers[value] { return number }
        numbers[value] = values.count
        values.append(value)
        return values.count - 1
    }
}
