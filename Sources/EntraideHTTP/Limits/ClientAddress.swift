import Foundation
import NIOCore

/// An address that a client asks from.
struct ClientAddress: Hashable, Sendable {
    /// The 16 bytes of an IPv6 address. An IPv4 address stands as the IPv6 address that is made for it, `::ffff:a.b.c.d`,
    /// which is also what a socket that listens on both calls it.
    private let high: UInt64
    private let low: UInt64

    /// The address of a socket; one without an address of its own, such as a local socket, counts as `::`.
    init(_ address: SocketAddress?) {
        switch address {
        case .v4(let v4):
            high = 0
            low = 0xFFFF << 32 | UInt64(UInt32(bigEndian: v4.address.sin_addr.s_addr))
        case .v6(let v6):
            (high, low) = withUnsafeBytes(of: v6.address.sin6_addr) { bytes in
                (
                    UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                    UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
                )
            }
        default: (high, low) = (0, 0)
        }
    }

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// An IPv4 or IPv6 address by its usual text; nil for any other.
    init?(parsing text: some StringProtocol) {
        guard let address = try? SocketAddress(ipAddress: String(text), port: 0) else { return nil }
        self.init(address)
    }

    /// What a limit counts by: an IPv4 address, or the /64 of an IPv6 one, since whoever has one address of it has all.
    var network: ClientAddress {
        high == 0 && low >> 32 == 0xFFFF ? self : ClientAddress(high: high, low: 0)
    }
}
