import Crypto

/// SHA-256 over lines, each followed by LF. The digests of a round are made of it.
struct LineDigest {
    private var hash = SHA256()

    mutating func add(_ line: String) {
        hash.update(data: Array(line.utf8))
        hash.update(data: [UInt8(ascii: "\n")])
    }

    /// Bytes of whole lines, each with its LF.
    mutating func add(lines bytes: [UInt8]) { hash.update(data: bytes) }

    /// 64 lower-case hexadecimal digits.
    var hexadecimal: String { hash.finalize().hexadecimal }

    static func of(_ lines: some Sequence<String>) -> String {
        var digest = LineDigest()
        for line in lines { digest.add(line) }
        return digest.hexadecimal
    }
}

extension [UInt8] {
    /// Whether two hashes are the same, in a time that tells nothing of where they differ.
    func matchesInConstantTime(_ other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        var difference: UInt8 = 0
        for (a, b) in zip(self, other) { difference |= a ^ b }
        return difference == 0
    }
}

extension Sequence<UInt8> {
    /// Lower-case hexadecimal.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

/// SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal.
func hexDigest(_ text: String) -> String {
    SHA256.hash(data: Array(text.utf8)).hexadecimal
}
