import EntraideCore
import Foundation

/// A socket without any HTTP client's good manners: what is sent is what we say, and what comes back is every byte.
///
/// Calls block on threads of their own. A read that hears nothing for a minute fails rather than hangs.
final class RawConnection: Sendable {
    struct Failure: Error {
        let what: String
        let errno: Int32
    }

    private let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// - Parameter receiveBuffer: the size of the system's buffer for what we have not read, if small on purpose.
    static func open(port: Int, receiveBuffer: Int32? = nil) async throws -> RawConnection {
        try await blocking {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            guard descriptor >= 0 else { throw Failure(what: "socket", errno: errno) }
            let connection = RawConnection(descriptor: descriptor)
            var patience = timeval(tv_sec: 60, tv_usec: 0)
            setsockopt(
                descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
            if var receiveBuffer {
                setsockopt(
                    descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
            }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(UInt16(port)).bigEndian
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            let status = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            guard status == 0 else { throw Failure(what: "connect", errno: errno) }
            return connection
        }
    }

    /// Sends all of it. A server that hung up is no failure: what it answered is still to be read.
    func send(_ bytes: [UInt8]) async throws {
        let descriptor = descriptor
        _ = try await Self.blocking {
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                if count <= 0 { return }
                sent += count
            }
        }
    }

    func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    /// Says that nothing more will be sent.
    func finish() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// At least one byte, or none at the end. A reset connection has ended too.
    func read(upTo count: Int = 64 << 10) async throws -> [UInt8] {
        let descriptor = descriptor
        return try await Self.blocking {
            var bytes = [UInt8](repeating: 0, count: count)
            let got = bytes.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if got < 0 {
                guard errno == ECONNRESET else { throw Failure(what: "recv", errno: errno) }
                return []
            }
            return Array(bytes.prefix(got))
        }
    }

    /// - Parameter pause: how long to do something else after each piece, so that the server runs ahead of us.
    func readToEnd(pausing pause: Duration = .zero) async throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let piece = try await read()
            if piece.isEmpty { return all }
            all += piece
            if pause > .zero { try await Task.sleep(for: pause) }
        }
    }

    /// Reads until what came so far ends with `end`; nothing more may come before we say so.
    func read(until end: String) async throws -> [UInt8] {
        var all: [UInt8] = []
        while !all.suffix(end.utf8.count).elementsEqual(end.utf8) {
            let piece = try await read()
            if piece.isEmpty { return all }
            all += piece
        }
        return all
    }

    private static func blocking<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
        }
    }
}
