/// The offers that can be taken up at a distance, gathered so that what one need thinks of one of them it
/// thinks of many.
///
/// Offers of a skill that can be remote fall into *appeals*, all with the same level, posture and formats:
/// what decides the points of a pair that shares remote. What is left is looked at one by one: languages and
/// slots, which most have in common, and who the two communities are: the same, kin, set aside, met before.
///
/// Appeals of a skill and members of an appeal are ranges of flat tables, members by offer, ascending. The members of a
/// whole skill are a range too, again by offer: where most are worth the same to a need, it takes them from there.
///
/// - Complexity: O(offers · log offers of one skill) to build; 32 bytes per offer.
struct RemoteOffers: Sendable {
    /// Offers of one skill, level, posture and list of formats.
    struct Appeal: Sendable, BitwiseCopyable {
        /// Its members start here; they end where the next appeal's start.
        var memberStart: Int32
        /// Its one level.
        var level: LevelSet
        var posture: CodeSet
        var formats: CodeSet
    }

    /// An offer, and what of it is looked at by itself.
    struct Member: Sendable, BitwiseCopyable {
        var offer: Int32
        var community: Int32
        var appeal: Int32
        var setting: Int32
    }

    /// Languages and slots that some offers have: there are few.
    struct Setting: Sendable, Hashable, BitwiseCopyable {
        var languages: LanguageSet
        var slots: CodeSet

        /// Whether the two share a slot and a language.
        func meets(_ other: Setting) -> Bool {
            slots.intersects(other.slots) && languages.intersects(other.languages)
        }

        /// 1 where the two share no slot or no language, else 0. The same without a branch.
        @inline(__always)
        func lack(_ other: Setting) -> UInt64 {
            let slots = UInt64(self.slots.intersection(other.slots).bits)
            let languages = self.languages.common(other.languages)
            // Only 0 less 1 has the highest bit, and of a number that is not 0 itself or its opposite has.
            return ((slots &- 1) | ~(languages | (0 &- languages))) >> 63
        }
    }

    /// One more than there are, so that the next one's start is always there.
    let appeals: FixedTable<Appeal>
    /// By appeal, then by offer.
    let members: FixedTable<Member>
    /// By skill, then by offer.
    let membersBySkill: FixedTable<Member>
    let settings: FixedTable<Setting>
    /// The appeals of skill s are `appealStarts[s]..<appealStarts[s + 1]`.
    private let appealStarts: FixedTable<Int32>

    init(_ market: Market) {
        let remote = CodeSet([Mode.remote])
        var numbering = Numbering<Setting>()
        var appeals: [Appeal] = []
        var members: [Member] = []
        var membersBySkill: [Member] = []
        var appealStarts: [Int32] = [0]
        var sorted: [(kind: Int, offer: Int)] = []
        for offers in market.offersOfSkill {
            sorted.removeAll(keepingCapacity: true)
            for offer in offers where market.offerRows[offer].modes.intersects(remote) {
                sorted.append((Self.kind(market.offerRows[offer]), offer))
            }
            sorted.sort { ($0.kind, $0.offer) < ($1.kind, $1.offer) }
            let start = members.count
            var previous: Int?
            for (kind, offer) in sorted {
                let row = market.offerRows[offer]
                if previous != kind {
                    appeals.append(
                        Appeal(
                            memberStart: Int32(members.count), level: LevelSet(row), posture: row.posture,
                            formats: row.formats))
                }
                let setting = Setting(languages: row.languages, slots: row.slots)
                members.append(
                    Member(
                        offer: Int32(offer), community: Int32(row.community),
                        appeal: Int32(appeals.count - 1), setting: Int32(numbering.number(of: setting))))
                previous = kind
            }
            membersBySkill += members[start...].sorted { $0.offer < $1.offer }
            appealStarts.append(Int32(appeals.count))
        }
        appeals.append(
            Appeal(memberStart: Int32(members.count), level: LevelSet(), posture: .none, formats: .none))
        self.appeals = FixedTable(appeals)
        self.members = FixedTable(members)
        self.membersBySkill = FixedTable(membersBySkill)
        self.appealStarts = FixedTable(appealStarts)
        settings = FixedTable(numbering.values)
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

    /// The members of all appeals of a skill, in `members` and in `membersBySkill`.
    func members(ofSkill skill: Int) -> Range<Int> {
        let appeals = appeals(ofSkill: skill)
        return Int(
            self.appeals[appeals.lowerBound].memberStart)..<Int(self.appeals[appeals.upperBound].memberStart)
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
