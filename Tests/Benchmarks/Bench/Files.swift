import Glibc

/// A file read from its beginning, block by block.
struct InputFile: ~Copyable {
    private let descriptor: Int32
    private var block = [UInt8](repeating: 0, count: 1 << 18)
    /// Its size in bytes when it was opened; 0 of what has none.
    let size: Int

    /// Opens a file; nil when that cannot be.
    init?(path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        size = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
        if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }

    /// Hands over the next bytes; answers how many, 0 at the end, nil when they cannot be read.
    mutating func next<E: Error>(_ take: (Span<UInt8>) throws(E) -> Void) throws(E) -> Int? {
        let count = block.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return count == 0 ? 0 : nil }
        try take(block.span.extracting(0..<count))
        return count
    }
}

/// A file written from its beginning, block by block.
struct OutputFile: ~Copyable {
    private let path: String
    private let descriptor: Int32

    /// Makes a file, or empties it.
    ///
    /// - Throws: `Refusal` when that cannot be.
    init(path: String) throws(Refusal) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        if descriptor < 0 { throw Self.refusal(path) }
    }

    deinit { close(descriptor) }

    /// - Throws: `Refusal` when not all of the bytes can be written.
    func write(_ bytes: some Sequence<UInt8>) throws(Refusal) {
        if !isWritten(Array(bytes), to: descriptor) { throw Self.refusal(path) }
    }

    private static func refusal(_ path: String) -> Refusal {
        Refusal(.cannotWrite, "\(path): cannot be written")
    }
}

/// Writes a line on standard error.
func complain(_ line: String) {
    _ = isWritten(Array("\(line)\n".utf8), to: STDERR_FILENO)
}

/// Writes bytes; answers whether all of them were.
private func isWritten(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
        let count = bytes.withUnsafeBytes {
            write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
        }
        guard count > 0 else { return false }
        done += count
    }
    return true
}
