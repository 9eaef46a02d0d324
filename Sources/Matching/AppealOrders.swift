/// The appeals of each skill, best first, for needs that think alike of them: with the same level points and the
/// same posture and formats. One walk leaves them for the next, which often thinks alike, as needs are walked
/// side by side.
struct AppealOrders: Sendable {
    /// An appeal, and the points of level and fit that it has, less the least price in it.
    struct Ranked: Sendable {
        var appeal: Int32
        var gain: Int
    }

    /// For each skill the ``NeedView/taste`` that its order is for; -1 where there is none.
    private var tastes: [Int32]
    private var orders: [[Ranked]]

    init(skills: Int) {
        tastes = [Int32](repeating: -1, count: skills)
        orders = [[Ranked]](repeating: [], count: skills)
    }

    /// Puts the appeals of a skill in order. O(appeals · log appeals), O(1) when they are.
    mutating func arrange(
        skill: Int, for view: NeedView, _ index: CandidateIndex, _ prices: some OfferPrices
    ) {
        guard Int(tastes[skill]) != view.taste else { return }
        tastes[skill] = Int32(view.taste)
        orders[skill].removeAll(keepingCapacity: true)
        for place in index.remote.appeals(ofSkill: skill) {
            let appeal = index.remote.appeals[place]
            let level = index.points.level(appeal.level, row: view.levelRow)
            guard level >= 0 else { continue }
            let fit = index.points.fit(view, posture: appeal.posture, formats: appeal.formats)
            orders[skill].append(
                Ranked(appeal: Int32(place), gain: level + fit - prices.least(ofAppeal: place)))
        }
        orders[skill].sort { ($1.gain, $0.appeal) < ($0.gain, $1.appeal) }
    }

    /// The appeal after `rank` better ones of a skill that was put in order; nil past the last.
    func appeal(ofSkill skill: Int, rank: Int) -> Ranked? {
        rank < orders[skill].count ? orders[skill][rank] : nil
    }
}
