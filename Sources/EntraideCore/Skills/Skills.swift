/// The use cases on the vocabulary. Each lives in a file of its own.
package struct Skills: Sendable {
    package let database: Database
    /// Whether writes are rehearsed and rolled back.
    package let dryRun: Bool

    package init(_ database: Database, dryRun: Bool = false) {
        self.database = database
        self.dryRun = dryRun
    }
}

/// What a skill may be, wherever it comes from.
package enum SkillLimits {
    /// UTF-8 bytes of a label or a synonym.
    package static let name = 200
    /// Synonyms in one language.
    package static let synonyms = 100
    /// Relations that one skill states.
    package static let related = 100
    /// Skills that one import proposes: a file whose words are sentences would fill the vocabulary with them.
    package static let proposals = 500
}
