package import Postgres
package import Testing

/// Gives every test (and every case of a parameterised one) a database of its own, as
/// `ScratchDatabase.current`.
package struct ScratchDatabaseTrait: TestTrait, SuiteTrait, TestScoping {
    let key: String?
    let prepare: (@Sendable (Pool) async throws -> Void)?

    /// On a suite, each of its tests gets its own.
    package var isRecursive: Bool { true }

    /// Runs one test case within its database.
    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        await DatabaseSlots.shared.take()
        do {
            try await withDatabase(function)
            await DatabaseSlots.shared.release()
        } catch {
            await DatabaseSlots.shared.release()
            throw error
        }
    }

    private func withDatabase(_ function: @Sendable () async throws -> Void) async throws {
        var template = "template1"
        if let key, let prepare { template = try await TestServer.shared.template(key, prepare) }
        try await ScratchDatabase.with(template: template) { scratch in
            if let prepare, key == nil { try await prepare(scratch.pool) }
            try await ScratchDatabase.$active.withValue(scratch) { try await function() }
        }
    }
}

extension Trait where Self == ScratchDatabaseTrait {
    /// An empty database for each test.
    package static var scratchDatabase: Self { Self(key: nil, prepare: nil) }

    /// A database for each test, prepared by `prepare` before the test.
    package static func scratchDatabase(
        _ prepare: @escaping @Sendable (Pool) async throws -> Void
    ) -> Self {
        Self(key: nil, prepare: prepare)
    }

    /// A database for each test, copied from one that `prepare` made once per process: for long preparations,
    /// such as migrations. The same key must go with the same preparation.
    package static func scratchDatabase(
        copying key: String, _ prepare: @escaping @Sendable (Pool) async throws -> Void
    ) -> Self {
        Self(key: key, prepare: prepare)
    }
}
