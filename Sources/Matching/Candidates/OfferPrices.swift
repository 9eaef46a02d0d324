/// What offers cost on top of what they score, as one walk sees it.
protocol OfferPrices: Sendable {
    /// Whether nothing costs anything.
    static var areNone: Bool { get }
    /// The members of the remote appeals, each appeal by price, then by offer.
    var members: FixedTable<RemoteOffers.Member> { get }
    /// Where the members at the price of the one at `place` end, no later than `end`.
    func end(ofPriceAt place: Int, before end: Int) -> Int
    func price(ofOffer offer: Int) -> Int
    /// No more than the price of any offer of the appeal.
    func least(ofAppeal appeal: Int) -> Int
    /// No more than the price of any offer of the cell.
    func least(ofCell cell: Int) -> Int
}

/// Offers that cost nothing: the walk is by score alone.
struct NoPrices: OfferPrices {
    static let areNone = true
    let members: FixedTable<RemoteOffers.Member>

    init(index: CandidateIndex) { members = index.remote.members }

    func end(ofPriceAt place: Int, before end: Int) -> Int { end }
    func price(ofOffer offer: Int) -> Int { 0 }
    func least(ofAppeal appeal: Int) -> Int { 0 }
    func least(ofCell cell: Int) -> Int { 0 }
}
