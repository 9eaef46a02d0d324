/// The appeals of each skill, best first, for needs that think alike of them: with the same level points and the
/// same posture and formats. One walk leaves them for the next, which often thinks alike, as needs are walked
/// side by side.
///
/// Appeals that a need likes as much stand together in a *group*. Where nothing costs anything, all members of a group
/// are worth the same, and are taken by turns whatever their appeal.
struct AppealOrders: Sendable {
    /// An appeal, and the points of level and fit that it has, less the least price in it.
    struct Ranked: Sendable {
        var gain: Int
        var appeal: Int32
    }

    /// Appeals of one gain, the next to be taken.
    struct Group: Sendable {
        /// Where they stand in `ranked`.
        var places: Range<Int>
        /// How many members they have together.
        var members: Int
        var gain: Int
    }

    /// For each skill the ``NeedView/taste`` that its order is for; -1 where there is none.
    private var tastes: [Int32]
    /// The order of a skill stands where its appeals do, those that serve nobody left out.
    private(set) var ranked: [Ranked]
    /// For each skill, where its order ends.
    private var ends: [Int32]
    /// For each appeal, its gain as it was last put in order, Int.min where it serves nobody.
    private(set) var gains: [Int]

    init(_ index: CandidateIndex) {
        let skills = index.market.offersOfSkill.count
        tastes = [Int32](repeating: -1, count: skills)
        ends = [Int32](repeating: 0, count: skills)
        ranked = [Ranked](repeating: Ranked(gain: 0, appeal: 0), count: index.remote.appeals.count)
        gains = [Int](repeating: 0, count: index.remote.appeals.count)
    }

    /// Puts the appeals of a skill in order. O(appeals · log appeals), O(1) when they are.
    mutating func arrange(
        skill: Int, for view: NeedView, _ index: CandidateIndex, _ prices: some OfferPrices
    ) {
        guard Int(tastes[skill]) != view.taste else { return }
        tastes[skill] = Int32(view.taste)
        let appeals = index.remote.appeals(ofSkill: skill)
        var end = appeals.lowerBound
        for place in appeals {
            let appeal = index.remote.appeals[place]
            let level = index.points.level(appeal.level, row: view.levelRow)
            gains[place] = Int.min
            guard level >= 0 else { continue }
            let fit = index.points.fit(
                postures: (view.posture, appeal.posture), formats: (view.formats, appeal.formats))
            gains[place] = level + fit - prices.least(ofAppeal: place)
            ranked[end] = Ranked(gain: gains[place], appeal: Int32(place))
            end += 1
        }
        ends[skill] = Int32(end)
        ranked[appeals.lowerBound..<end].sort { ($1.gain, $0.appeal) < ($0.gain, $1.appeal) }
    }

    /// What the next appeals of a skill gain that was put in order, after `taken` better ones; nil past the last.
    func gain(ofSkill skill: Int, after taken: Int, _ index: CandidateIndex) -> Int? {
        let start = index.remote.appeals(ofSkill: skill).lowerBound + taken
        return start < Int(ends[skill]) ? ranked[start].gain : nil
    }

    /// Those appeals.
    func group(ofSkill skill: Int, after taken: Int, _ index: CandidateIndex) -> Group? {
        let start = index.remote.appeals(ofSkill: skill).lowerBound + taken
        let end = Int(ends[skill])
        guard start < end else { return nil }
        var group = Group(places: start..<start, members: 0, gain: ranked[start].gain)
        var next = start
        while next < end, ranked[next].gain == group.gain {
            group.members += index.remote.members(ofAppeal: Int(ranked[next].appeal)).count
            next += 1
        }
        group.places = start..<next
        return group
    }
}
