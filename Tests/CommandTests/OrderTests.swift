import Foundation
import Testing

@Suite("Order")
struct OrderTests {
    /// The first communities of the sample that name no parent.
    private static func profiles(_ count: Int) throws -> [String] {
        try String(contentsOfFile: Entraide.sample("communities.ndjson"), encoding: .utf8)
            .split(separator: "\n").filter { !$0.contains(#""parent""#) }.prefix(count).map(String.init)
    }

    /// Registers one after the other, runs a round, and gives its certificate.
    private static func certificate(of profiles: [String]) async throws -> [String] {
        let database = try await Scratch.like(.entraide)
        try await database.output("territory", "import", Entraide.sample("communes.csv"))
        for profile in profiles {
            let outcome = try await database.run(
                "community", "register", "--file", "-", input: profile + "\n")
            guard outcome.status == 0 else { throw Spawned.Failure(description: "\(outcome)") }
        }
        try await database.output("round", "create", "r")
        try await database.output("round", "open", "r")
        try await database.output("round", "run", "r", "--on", "2027-01-15")
        return try await database.output("round", "show", "r", "--proof").fields[0]
    }

    @Test("Communities registered one by one in any order give the same three digests")
    func orders() async throws {
        let profiles = try Self.profiles(30)
        #expect(profiles.count == 30)
        let reversed = Array(profiles.reversed())
        // Every 7th, over and over: 7 and 30 share no factor, so each comes once.
        let strided = (0..<30).map { profiles[$0 * 7 % 30] }
        #expect(Set(strided).count == 30)
        async let first = Self.certificate(of: profiles)
        async let second = Self.certificate(of: reversed)
        async let third = Self.certificate(of: strided)
        let certificates = try await [first, second, third]
        #expect(certificates[0].count == 13 && certificates[0][1] != "0", "\(certificates[0])")
        #expect(certificates[1] == certificates[0])
        #expect(certificates[2] == certificates[0])
    }
}
