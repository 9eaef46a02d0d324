package import Postgres
import Synchronization

/// The vocabulary of a program that runs on, kept between readings for as long as it is what the database holds.
///
/// Each reading asks the database for the version first, in its own snapshot: what was committed before it is seen by it, and
/// an index of words is made once for each version.
package final class LiveVocabulary: Sendable {
    private let held = Mutex<(version: String, vocabulary: Vocabulary)?>(nil)
    private let indexes = Atomic<Int>(0)

    /// Nothing read yet.
    package init() {}

    /// How many indexes of words were made so far.
    package var indexesMade: Int { indexes.load(ordering: .relaxed) }

    /// The vocabulary that `connection` sees. Not for a transaction that has changed it: what is kept must be committed.
    ///
    /// - Complexity: one query when nothing changed, three when something did.
    package func current(on connection: Connection) async throws -> Vocabulary {
        let store = SkillStore(connection: connection)
        let version = try await store.version()
        if let held = held.withLock({ $0 }), held.version == version { return held.vocabulary }
        let vocabulary = try await store.vocabulary { [weak self] in
            _ = self?.indexes.wrappingAdd(1, ordering: .relaxed)
        }
        // Another reading may have kept a newer one meanwhile: then the next reading finds that the versions differ.
        held.withLock { $0 = (version, vocabulary) }
        return vocabulary
    }
}
