/// One step of the database's structure. Once released it is never edited: its checksum is in every database.
package struct Migration: Sendable, Equatable {
    /// 1, 2, 3… without a gap.
    package let version: Int
    /// The words of the file's name after its number: `first_light`.
    package let name: String
    /// The statements, run together in one transaction.
    package let sql: String

    /// A migration; the program's own are in ``Schema/migrations``, a test may bring others.
    package init(version: Int, name: String, sql: String) {
        self.version = version
        self.name = name
        self.sql = sql
    }
}

/// The structure that this program expects, embedded in it.
package enum Schema {
    /// Every migration, in order. The build embeds the files of `migrations/` without an index: this is the index,
    /// and a test compares it with the folder.
    package static let migrations: [Migration] = [
        Migration(version: 1, name: "first_light", sql: text(PackageResources._001_first_light_sql)),
        Migration(
            version: 2, name: "round_parameters", sql: text(PackageResources._002_round_parameters_sql)),
        Migration(version: 3, name: "mutual_help", sql: text(PackageResources._003_mutual_help_sql)),
        Migration(version: 4, name: "networks", sql: text(PackageResources._004_networks_sql)),
        Migration(version: 5, name: "erasure", sql: text(PackageResources._005_erasure_sql)),
        Migration(version: 6, name: "skills", sql: text(PackageResources._006_skills_sql)),
        Migration(version: 7, name: "import_sources", sql: text(PackageResources._007_import_sources_sql)),
        Migration(version: 8, name: "one_time_codes", sql: text(PackageResources._008_one_time_codes_sql)),
        Migration(version: 9, name: "pauses", sql: text(PackageResources._009_pauses_sql)),
        Migration(version: 10, name: "zones", sql: text(PackageResources._010_zones_sql)),
        Migration(
            version: 11, name: "consents_by_file", sql: text(PackageResources._011_consents_by_file_sql)),
        Migration(version: 12, name: "public_lists", sql: text(PackageResources._012_public_lists_sql)),
        Migration(version: 13, name: "noted_consents", sql: text(PackageResources._013_noted_consents_sql)),
    ]

    /// The version that the program's own migrations lead to.
    package static var version: Int { migrations.last?.version ?? 0 }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
