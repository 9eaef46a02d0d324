import Crypto

/// A bearer token, `entr_<id>_<secret>`: the id finds it, the secret proves it. 160 random bits, of which the store
/// keeps a SHA-256 only: a secret of that length needs no slow hash.
struct TokenSecret: Sendable, Equatable {
    let id: String
    let secret: String

    /// Lower-case letters and digits without those that look alike (RFC 4648's base32 alphabet, lower case).
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
    private static let idLength = 10
    private static let secretLength = 32

    var text: String { "entr_\(id)_\(secret)" }
    var hash: [UInt8] { Array(SHA256.hash(data: Array(secret.utf8))) }

    /// A new one from the system's generator: 5 bits a letter, so 160 in the secret.
    static func random() -> TokenSecret {
        var generator = SystemRandomNumberGenerator()
        func letters(_ count: Int) -> String {
            String(
                decoding: (0..<count).map { _ in alphabet[Int(UInt8.random(in: 0..<32, using: &generator))] },
                as: UTF8.self)
        }
        return TokenSecret(id: letters(idLength), secret: letters(secretLength))
    }

    private init(id: String, secret: String) {
        self.id = id
        self.secret = secret
    }

    /// Nil unless the text has the form of a token.
    init?(parsing text: some StringProtocol) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "entr", parts[1].utf8.count == Self.idLength,
            parts[2].utf8.count == Self.secretLength,
            parts[1].utf8.allSatisfy(Self.alphabet.contains), parts[2].utf8.allSatisfy(Self.alphabet.contains)
        else { return nil }
        self.init(id: String(parts[1]), secret: String(parts[2]))
    }

    /// Whether `stored` is the hash of this secret, in a time that tells nothing.
    func matches(_ stored: [UInt8]) -> Bool { hash.matchesInConstantTime(stored) }
}
