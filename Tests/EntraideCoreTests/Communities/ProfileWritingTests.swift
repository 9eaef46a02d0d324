import EntraideCore
import Lines
import Matching
import Testing

@Suite("Writing profiles")
struct ProfileWritingTests {
    @Test("A profile written as a line reads back as it was", arguments: 0..<8)
    func roundTrip(seed: Int) throws {
        var g = SeededGenerator(seed: UInt64(seed) + 1)
        let skills = try bundledVocabulary().skills.map(\.slug)
        for number in 0..<60 {
            let profile = Profile.random(&g, slug: "community-\(number)", skills: skills)
            let line = profile.jsonLine(personal: true)
            #expect(!line.contains("\n"))
            #expect(try read([line]) == [profile], "seed \(seed), \(number)")
        }
    }

    @Test("Without what is personal a line holds no contact, consent or source, and all the rest")
    func impersonal() throws {
        var g = SeededGenerator(seed: 99)
        let skills = try bundledVocabulary().skills.map(\.slug)
        for number in 0..<60 {
            var profile = Profile.random(&g, slug: "community-\(number)", skills: skills)
            let line = profile.jsonLine(personal: false)
            for key in ["contact", "consent", "source_id"] { #expect(!line.contains("\"\(key)\":")) }
            profile.contact = nil
            profile.sourceID = nil
            profile.consent = [:]
            #expect(try read([line]) == [profile])
        }
    }
}
