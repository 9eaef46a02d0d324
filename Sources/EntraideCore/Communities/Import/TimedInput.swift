import Foundation

/// Bytes that come from another process, which may send more than is wanted, slower than is wanted, or nothing at all.
package struct TimedInput {
    private static let length = 1 << 18

    /// What errors call it.
    package let name: String
    private let descriptor: Int32
    private let most: Int
    private let limit: Duration?

    /// - Parameters:
    ///   - most: how many bytes are taken.
    ///   - limit: how long all of it may last; nil for ever.
    package init(_ descriptor: Int32, name: String, most: Int, within limit: Duration? = nil) {
        self.name = name
        self.descriptor = descriptor
        self.most = most
        self.limit = limit
    }

    /// All of it.
    ///
    /// - Throws: `too-long` past what is taken; `timed-out`; `no-such-file` for what cannot be read, as a folder cannot.
    package func bytes() throws(EntraideError) -> [UInt8] {
        let bytes = try take { _ in false }
        if bytes.count > most {
            throw EntraideError(.tooLong, ["limit": "\(most)"], at: Place(file: name))
        }
        return bytes
    }

    /// Its first line without its end, or as much of it as is taken.
    ///
    /// - Throws: `timed-out`; `no-such-file` for what cannot be read.
    package func line() throws(EntraideError) -> [UInt8] {
        let end = UInt8(ascii: "\n")
        return Array(try take { $0.contains(end) }.prefix(most).prefix { $0 != end })
    }

    /// Pieces until one is the last that is wanted, the end, or one past what is taken.
    private func take(until isLast: (ArraySlice<UInt8>) -> Bool) throws(EntraideError) -> [UInt8] {
        let deadline = limit.map { ContinuousClock.now + $0 }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: min(Self.length, most + 1))
        while bytes.count <= most {
            if let deadline { try wait(until: deadline) }
            let count = read(descriptor, &piece, piece.count)
            switch (count, errno) {
            case (0, _): return bytes
            case (1..., _):
                bytes += piece.prefix(count)
                if isLast(piece.prefix(count)) { return bytes }
            case (_, EINTR): continue
            // Whoever shares the descriptor made it non-blocking.
            case (_, EAGAIN): try wait(until: deadline)
            default: throw EntraideError(.noSuchFile, ["file": name])
            }
        }
        return bytes
    }

    /// Waits until there is something to read, or the end.
    private func wait(until deadline: ContinuousClock.Instant?) throws(EntraideError) {
        while true {
            let left = deadline.map { ContinuousClock.now.duration(to: $0) }
            if let left, left <= .zero {
                let seconds = limit?.components.seconds ?? 0
                throw EntraideError(
                    .timedOut,
                    words: [
                        "what": Bilingual(
                            fr: "l’entrée standard n’a pas pris fin en \(seconds) s",
                            en: "standard input did not end within \(seconds) s")
                    ], at: Place(file: name))
            }
            var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let milliseconds = left.map { left in
                left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000 + 1
            }
            if poll(&waited, 1, milliseconds.map { Int32(clamping: $0) } ?? -1) > 0 { return }
        }
    }
}
