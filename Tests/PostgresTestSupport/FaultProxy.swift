import Foundation
import Glibc
import Synchronization

/// A man in the middle of libpq and a server on a unix socket, who reads protocol messages and may cut the
/// line at any of them, in either direction: lost replies, half-done transactions, a vanished host.
package final class FaultProxy: Sendable {
    /// One protocol message as it passes.
    package struct Message: Sendable {
        /// Who sent it.
        package enum Sender: Sendable { case client, server }
        /// Who sent it.
        package let sender: Sender
        /// Its place among all messages of its connection, both directions, from 1.
        package let number: Int
        /// Type byte (`Q`, `P`, `C`, `Z`…); 0 for the startup message.
        package let type: UInt8
        /// What follows the length.
        package let body: [UInt8]

        /// Whether `text` occurs in the body.
        package func contains(_ text: String) -> Bool {
            String(decoding: body, as: UTF8.self).contains(text)
        }
    }

    /// What becomes of a message.
    package enum Verdict: Sendable {
        /// It goes on.
        case pass
        /// It is lost, and both ends see the connection close.
        case cut
        /// It is delivered, then both ends see the connection close.
        case passThenCut
        /// It is lost, and so is all that follows in its direction; the line stays open.
        case swallow
    }

    /// Folder to give libpq as `host`.
    package let folder: String
    private let target: String
    private let listener: Int32
    private let rule: @Sendable (Message) -> Verdict

    /// Listens on a socket of its own and forwards to `target` (the path of the server's socket), asking
    /// `rule` about every message. `rule` runs on the proxy's threads, one message at a time per direction.
    package init(to target: String, rule: @escaping @Sendable (Message) -> Verdict) throws {
        var template = Array("/tmp/entraide-px-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Command.Failure(description: "mkdtemp: \(errno)") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        self.target = target
        self.rule = rule
        listener = try UnixSocket.listen(at: "\(folder)/.s.PGSQL.5432")
        let (listener, target, rule) = (listener, target, rule)
        Thread.detachNewThread {
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                guard let server = UnixSocket.connect(to: target) else {
                    close(client)
                    continue
                }
                Line(client: client, server: server, rule: rule).start()
            }
        }
    }

    deinit { stop() }

    /// Accepts no more; lines that are open stay.
    package func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        unlink("\(folder)/.s.PGSQL.5432")
        rmdir(folder)
    }

    /// libpq's keywords for a database behind the proxy.
    package func conninfo(database: String, user: String = "postgres") -> String {
        "host=\(folder) port=5432 dbname=\(database) user=\(user)"
    }
}

/// One client, its server connection, and a thread for each direction.
private final class Line: Sendable {
    private let client: Int32
    private let server: Int32
    private let rule: @Sendable (FaultProxy.Message) -> FaultProxy.Verdict
    private let count = Mutex(0)

    init(
        client: Int32, server: Int32, rule: @escaping @Sendable (FaultProxy.Message) -> FaultProxy.Verdict
    ) {
        self.client = client
        self.server = server
        self.rule = rule
    }

    // The last of the two threads lets go: nobody reads a descriptor that another has closed and reused.
    deinit {
        close(client)
        close(server)
    }

    func start() {
        Thread.detachNewThread { self.forward(from: self.client, to: self.server, sender: .client) }
        Thread.detachNewThread { self.forward(from: self.server, to: self.client, sender: .server) }
    }

    private func forward(from source: Int32, to sink: Int32, sender: FaultProxy.Message.Sender) {
        var isFirst = sender == .client
        var isMute = false
        while let (type, frame) = readFrame(source, hasType: !isFirst) {
            let number = count.withLock { count in
                count += 1
                return count
            }
            let body = Array(frame.dropFirst(isFirst ? 4 : 5))
            isFirst = false
            let message = FaultProxy.Message(sender: sender, number: number, type: type, body: body)
            let verdict = isMute ? .swallow : rule(message)
            switch verdict {
            case .pass: if !UnixSocket.send(frame, to: sink) { return hangUp() }
            case .cut: return hangUp()
            case .passThenCut:
                _ = UnixSocket.send(frame, to: sink)
                return hangUp()
            case .swallow: isMute = true
            }
        }
        hangUp()
    }

    private func hangUp() {
        shutdown(client, Int32(SHUT_RDWR))
        shutdown(server, Int32(SHUT_RDWR))
    }

    /// A whole message with its header, or nil at the end of the stream.
    private func readFrame(_ source: Int32, hasType: Bool) -> (type: UInt8, frame: [UInt8])? {
        let headerLength = hasType ? 5 : 4
        guard let header = UnixSocket.receive(headerLength, from: source) else { return nil }
        let length = header.suffix(4).reduce(0) { $0 << 8 | Int($1) }
        guard length >= 4, length < 1 << 30 else { return nil }
        guard let body = UnixSocket.receive(length - 4, from: source) else { return nil }
        return (hasType ? header[0] : 0, header + body)
    }
}

/// Blocking unix sockets.
private enum UnixSocket {
    static func listen(at path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0,
            withAddress(path, { bind(descriptor, $0, $1) }) == 0, Glibc.listen(descriptor, 64) == 0
        else { throw Command.Failure(description: "listen at \(path): errno \(errno)") }
        return descriptor
    }

    static func connect(to path: String) -> Int32? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        guard withAddress(path, { Glibc.connect(descriptor, $0, $1) }) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    static func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }

    static func receive(_ count: Int, from descriptor: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var received = 0
        while received < count {
            let got = bytes[received...].withUnsafeMutableBytes {
                recv(descriptor, $0.baseAddress, $0.count, 0)
            }
            if got <= 0 { return nil }
            received += got
        }
        return bytes
    }

    private static func withAddress(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { room in
            for (index, byte) in path.utf8.prefix(room.count - 1).enumerated() { room[index] = byte }
        }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
