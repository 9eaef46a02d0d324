package import Lines

/// A set of communities with its own coordinators.
package struct Network: Sendable, Equatable {
    package var slug: String
    package var name: String
    /// How many communities are in it.
    package var communities = 0

    package var record: NetworkRecord { NetworkRecord(network: slug, name: name, communities: communities) }
}

/// That a community belongs to a network.
package struct Membership: Sendable, Equatable {
    package var community: String
    package var network: String
    /// The group of members it sits with, as the network calls it.
    package var college: String?
    /// Whether it speaks for that group, or for the network. No name of a person is kept.
    package var isReferent: Bool

    package init(community: String, network: String, college: String? = nil, isReferent: Bool = false) {
        self.community = community
        self.network = network
        self.college = college
        self.isReferent = isReferent
    }

    package var record: MembershipRecord {
        MembershipRecord(
            community: community, network: network, college: college, referent: isReferent ? "yes" : "no")
    }
}
