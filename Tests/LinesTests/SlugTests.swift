import Lines
import Testing

@Suite("Slugs and codes")
struct SlugTests {
    @Test(
        "Slugs are lower-case words joined by single dashes",
        arguments: ["a", "0", "fablab-nantes", "impression-3d"])
    func accepted(_ text: String) {
        #expect(Slug.isValid(text))
    }

    @Test(
        "Anything else is no slug",
        arguments: ["", "-", "a-", "-a", "a--b", "A", "é", "a_b", "a b", "a\n", "a/1", "a\u{301}"])
    func refused(_ text: String) {
        #expect(!Slug.isValid(text))
    }

    @Test("A slug has at most 63 bytes")
    func longest() {
        #expect(Slug.isValid(String(repeating: "a", count: 63)))
        #expect(!Slug.isValid(String(repeating: "a", count: 64)))
    }

    @Test(
        "Codes are what machines name things with",
        arguments: ["accepted_provider", "community.added", "2A004", "printemps/12", "*", "on-site", "a:1"])
    func codes(_ text: String) {
        #expect(Code.isValid(text))
    }

    @Test(
        "Spaces, commas, accents, control characters and a lone dash make no code",
        arguments: ["", "-", "a b", "a,b", "é", "a\t"])
    func refusedCodes(_ text: String) {
        #expect(!Code.isValid(text))
    }

    @Test("A code has at most 127 bytes")
    func longestCode() {
        #expect(Code.isValid(String(repeating: "f", count: 127)))
        #expect(!Code.isValid(String(repeating: "f", count: 128)))
    }
}
