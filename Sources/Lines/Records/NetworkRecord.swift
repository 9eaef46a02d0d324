/// A set of communities with its own coordinators.
package struct NetworkRecord: LineRecord {
    /// The slug.
    package var network: String
    /// What it is called.
    package var name: String
    /// How many communities are in it.
    package var communities: Int

    /// All values, in the order of the columns.
    package init(network: String, name: String, communities: Int) {
        self.network = network
        self.name = name
        self.communities = communities
    }

    package static let name = "network"

    package static let columns = [
        Column("network", .slug, required: true, fr: "réseau", en: "network"),
        Column("name", .text, required: true, fr: "nom", en: "name"),
        Column("communities", .integer, required: true, fr: "communautés", en: "communities"),
    ]

    package var fields: [Field] { [.text(network), .text(name), .integer(communities)] }

    package init(fields: [Field]) throws(LineError) {
        var cursor = try FieldCursor(fields, of: Self.columns)
        network = try cursor.text()
        name = try cursor.text()
        communities = try cursor.integer()
    }
}
