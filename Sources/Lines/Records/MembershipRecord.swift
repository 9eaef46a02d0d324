/// That a community belongs to a network: what `network import` reads.
package struct MembershipRecord: LineRecord {
    /// The community's slug.
    package var community: String
    /// The network's slug.
    package var network: String
    /// The group of members it sits with, as the network calls it.
    package var college: String?
    /// `yes` when it speaks for that group, or for the network; `no`, or absent, when it does not.
    package var referent: String?

    /// All values, in the order of the columns.
    package init(community: String, network: String, college: String? = nil, referent: String? = nil) {
        self.community = community
        self.network = network
        self.college = college
        self.referent = referent
    }

    package static let name = "membership"

    package static let columns = [
        Column("community", .slug, required: true, fr: "communauté", en: "community"),
        Column("network", .slug, required: true, fr: "réseau", en: "network"),
        Column("college", .text, fr: "collège", en: "college"),
        Column("referent", .text, fr: "référente", en: "referent"),
    ]

    package var fields: [Field] {
        [.text(community), .text(network), .text(orAbsent: college), .text(orAbsent: referent)]
    }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        community = try cursor.text()
        network = try cursor.text()
        college = try cursor.optionalText()
        referent = try cursor.optionalText()
    }
}
