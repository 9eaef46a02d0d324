import Synchronization

/// How many connections each address has open. As many entries as there are connections, at most.
final class AddressConnections: Sendable {
    private let limit: Int
    private let trustedProxy: ClientAddress?
    private let counts = Mutex<[ClientAddress: Int]>([:])

    init(_ configuration: EndpointConfiguration) {
        limit = configuration.addressConnections
        trustedProxy = configuration.trustedProxy.flatMap { ClientAddress(parsing: $0) }
    }

    /// Counts a connection in; false when its address has as many as it may. A trusted proxy may have any number.
    func open(_ address: ClientAddress) -> Bool {
        counts.withLock { counts in
            let count = counts[address.network, default: 0]
            guard limit <= 0 || count < limit || address == trustedProxy else { return false }
            counts[address.network] = count + 1
            return true
        }
    }

    /// Counts out a connection that was counted in.
    func close(_ address: ClientAddress) {
        counts.withLock { counts in
            let count = counts[address.network, default: 1] - 1
            counts[address.network] = count > 0 ? count : nil
        }
    }
}
