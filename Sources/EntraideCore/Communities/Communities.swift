import Lines
import Postgres

/// The use cases on communities, their offers and their needs. Each lives in a file of its own.
package struct Communities: Sendable {
    package let database: Database
    /// Whether writes are rehearsed and rolled back.
    package let dryRun: Bool

    package init(_ database: Database, dryRun: Bool = false) {
        self.database = database
        self.dryRun = dryRun
    }

    /// The vocabulary as it stands.
    package func vocabulary() async throws -> Vocabulary {
        try await database.read { connection in try await database.vocabulary.current(on: connection) }
    }
}

/// Who says something, and through which channel it reached us.
package struct Attestation: Sendable, Equatable {
    package let channel: Channel
    /// Said by a coordinator for the community: what it says about taking part is then a consent given through
    /// `channel`.
    package let onBehalf: Bool

    package static let itself = Attestation(channel: .self, onBehalf: false)

    /// The same where each consent was asked for on its own: what was answered counts, a no to taking part included.
    package var asked: Attestation { Attestation(channel: channel, onBehalf: false) }

    /// The same for what is read in a file: unless someone answers for it, all that is known is that a file says so.
    package var ofFile: Attestation {
        onBehalf || channel != .self ? self : Attestation(channel: .file, onBehalf: false)
    }

    /// The same, as it is noted: only a caller confined to one community speaks as it. What anyone else types without
    /// saying how it was told is the coordination's note.
    var noted: Attestation {
        channel == .self && Caller.community == nil
            ? Attestation(channel: .coordinator, onBehalf: onBehalf) : self
    }

    /// What an audit line says of it.
    var detail: String { "channel=\(channel.rawValue)" }

    package static func onBehalf(through channel: Channel) -> Attestation {
        Attestation(channel: channel, onBehalf: true)
    }
}
