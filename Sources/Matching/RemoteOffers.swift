/// The offers that can be taken up at a distance, gathered so that what one need thinks of one of them it
/// thinks of a whole group.
///
/// Offers of a skill that can be remote fall into *appeals*, all with the same level, posture and formats:
/// what decides the points of a pair that shares remote. An appeal falls into *groups*, all with the same
/// languages. What is left is looked at one by one: slots, which most have in common, and who the two
/// communities are: the same, kin, set aside, met before.
///
/// Appeals of a skill, groups of an appeal and members of a group are ranges of flat arrays. Members stand by
/// offer, ascending.
///
/// - Complexity: O(offers · log offers of one skill) to build; 12 bytes per offer.
struct RemoteOffers: Sendable {
    /// Offers of one skill, level, posture and list of formats.
    struct Appeal: Sendable {
        var skill: Int32
        var level: UInt8
        var posture: CodeSet
        var formats: CodeSet
        /// Asks for a peer or a circle.
        var amongPeers: Bool
        /// Its groups start here; they end where the next appeal's start.
        var groupStart: Int32
    }

    /// Offers of one appeal with the same languages.
    struct Group: Sendable {
        var languages: LanguageSet
        /// Its members start here; they end where the next group's start.
        var memberStart: Int32
    }

    /// An offer, and what of it is looked at by itself.
    struct Member: Sendable {
        var offer: Int32
        var community: Int32
        var slots: CodeSet
    }

    /// One more than there are, so that the next one's start is always there.
    private(set) var appeals: [Appeal] = []
    /// One more than there are.
    private(set) var groups: [Group] = []
    private(set) var members: [Member] = []
    /// The appeals of skill s are `appealStarts[s]..<appealStarts[s + 1]`.
    private(set) var appealStarts: [Int32] = [0]

    init(_ market: Market) {
        let remote = CodeSet([Mode.remote])
        var languages = Numbering<LanguageSet>()
        var sorted: [(kind: UInt64, offer: Int)] = []
        for skill in market.offersOfSkill.indices {
            sorted.removeAll(keepingCapacity: true)
            for offer in market.offersOfSkill[skill] where market.offerRows[offer].modes.intersects(remote) {
                sorted.append((Self.kind(market.offerRows[offer], &languages), offer))
            }
            sorted.sort { ($0.kind, $0.offer) < ($1.kind, $1.offer) }
            var previous: UInt64?
            for (kind, offer) in sorted {
                let row = market.offerRows[offer]
                if previous.map({ $0 >> 32 != kind >> 32 }) ?? true {
                    appeals.append(
                        Appeal(
                            skill: Int32(skill), level: UInt8(row.level), posture: row.posture,
                            formats: row.formats, amongPeers: row.amongPeers,
                            groupStart: Int32(groups.count)))
                }
                if previous != kind {
                    groups.append(Group(languages: row.languages, memberStart: Int32(members.count)))
                }
                members.append(
                    Member(offer: Int32(offer), community: Int32(row.community), slots: row.slots))
                previous = kind
            }
            appealStarts.append(Int32(appeals.count))
        }
        appeals.append(
            Appeal(
                skill: -1, level: 0, posture: .none, formats: .none, amongPeers: false,
                groupStart: Int32(groups.count)))
        groups.append(Group(languages: LanguageSet(), memberStart: Int32(members.count)))
    }

    /// Level, posture and formats of an offer in the high half, its languages in the low one.
    private static func kind(_ row: OfferRow, _ languages: inout Numbering<LanguageSet>) -> UInt64 {
        UInt64(row.level) << 48 | UInt64(row.posture.bits) << 40 | UInt64(row.formats.bits) << 32
            | UInt64(languages.number(of: row.languages))
    }

    func appeals(ofSkill skill: Int) -> Range<Int> {
        Int(appealStarts[skill])..<Int(appealStarts[skill + 1])
    }

    func groups(ofAppeal appeal: Int) -> Range<Int> {
        Int(appeals[appeal].groupStart)..<Int(appeals[appeal + 1].groupStart)
    }

    func members(ofGroup group: Int) -> Range<Int> {
        Int(groups[group].memberStart)..<Int(groups[group + 1].memberStart)
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
