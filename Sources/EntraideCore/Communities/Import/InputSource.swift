import Foundation
import Lines

/// What is imported: a file, or bytes at hand. Read in pieces, as often as needed, so that a large file is never held
/// whole.
package struct InputSource: Sendable {
    private enum Origin {
        case memory([UInt8])
        case file(String)
    }

    /// What errors call it.
    package let name: String
    private let origin: Origin

    /// Bytes at hand, as from standard input.
    package init(bytes: [UInt8], name: String) {
        origin = .memory(bytes)
        self.name = name
    }

    /// The file at `path`.
    package init(path: String, name: String) {
        origin = .file(path)
        self.name = name
    }

    /// Reads from the beginning.
    ///
    /// - Throws: `no-such-file`.
    func pieces() throws(EntraideError) -> InputPieces {
        switch origin {
        case .memory(let bytes): return InputPieces(bytes)
        case .file(let path):
            guard let file = FileHandle(forReadingAtPath: path) else { throw missing }
            return InputPieces(file, missing)
        }
    }

    /// All of it, for readers that want it whole.
    ///
    /// - Parameter most: how many bytes are read.
    /// - Throws: `no-such-file`; `too-long` for more.
    package func bytes(most: Int = .max) throws(EntraideError) -> [UInt8] {
        var pieces = try pieces()
        var bytes: [UInt8] = []
        while let piece = try pieces.next() {
            bytes += piece
            if bytes.count > most {
                throw EntraideError(.tooLong, ["limit": "\(most)"], at: Place(file: name))
            }
        }
        return bytes
    }

    /// Its length in bytes, where known.
    var size: Int? {
        switch origin {
        case .memory(let bytes): bytes.count
        case .file(let path):
            (try? URL(filePath: path).resourceValues(forKeys: [.fileSizeKey]))?.fileSize
        }
    }

    /// Whether its first line is a whole profile, which `community import` reads with `--from entraide` alone.
    ///
    /// - Throws: `no-such-file`.
    package func holdsProfiles() throws(EntraideError) -> Bool {
        var pieces = try pieces()
        guard let head = try pieces.next() else { return false }
        let line = head.withoutByteOrderMark.drop { $0 <= 0x20 }.prefix { $0 != UInt8(ascii: "\n") }
        guard line.first == UInt8(ascii: "{"), let node = try? JSONNode.parse(line) else { return false }
        return node["community"] != nil
    }

    private var missing: EntraideError { EntraideError(.noSuchFile, ["file": name]) }
}

/// The bytes of a source, one piece after the other.
struct InputPieces {
    private static let length = 1 << 18

    private var rest: ArraySlice<UInt8>
    private let file: FileHandle?
    private let failure: EntraideError?
    /// Bytes given so far.
    private(set) var given = 0

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
        file = nil
        failure = nil
    }

    init(_ file: FileHandle, _ failure: EntraideError) {
        rest = []
        self.file = file
        self.failure = failure
    }

    /// The next piece, nil at the end.
    ///
    /// - Throws: `no-such-file` when the file cannot be read, as a folder cannot.
    mutating func next() throws(EntraideError) -> [UInt8]? {
        let piece: [UInt8]
        if let file, let failure {
            do {
                piece = Array(try file.read(upToCount: Self.length) ?? Data())
            } catch {
                throw failure
            }
        } else {
            piece = Array(rest.prefix(Self.length))
            rest = rest.dropFirst(Self.length)
        }
        given += piece.count
        return piece.isEmpty ? nil : piece
    }
}

/// The same as UTF-8, from `skipping` bytes on.
struct TextPieces {
    private var pieces: InputPieces
    private var decoder: TextDecoder
    private var skipping: Int
    private var isOver = false

    init(_ pieces: InputPieces, _ encoding: TextEncoding, skipping: Int = 0) {
        self.pieces = pieces
        decoder = TextDecoder(encoding)
        self.skipping = skipping
    }

    /// Bytes read of the source so far.
    var given: Int { pieces.given }

    mutating func next() throws(EntraideError) -> [UInt8]? {
        while !isOver {
            var text: [UInt8]
            if let piece = try pieces.next() {
                text = decoder.decode(piece)
            } else {
                isOver = true
                text = decoder.finish()
            }
            if skipping > 0 {
                let skipped = min(skipping, text.count)
                skipping -= skipped
                text.removeFirst(skipped)
            }
            if !text.isEmpty { return text }
        }
        return nil
    }
}
