/// The use cases on territories.
package struct Territories: Sendable {
    /// The database that they are in.
    package let database: Database
    /// Whether an import is rehearsed and rolled back.
    package let dryRun: Bool

    /// The territories of `database`.
    package init(_ database: Database, dryRun: Bool = false) {
        self.database = database
        self.dryRun = dryRun
    }

    /// Whether any is loaded.
    ///
    /// - Throws: `EntraideError`.
    package func areLoaded() async throws -> Bool {
        try await database.read { try await TerritoryStore(connection: $0).hasAny() }
    }

    /// The territories that `text` may mean: a code, a postcode or the beginning of a name; most populous first.
    ///
    /// - Throws: `EntraideError`.
    package func find(_ text: String, limit: Int = 20) async throws -> [Territory] {
        try await database.read { try await TerritoryStore(connection: $0).find(text, limit: limit) }
    }
}
