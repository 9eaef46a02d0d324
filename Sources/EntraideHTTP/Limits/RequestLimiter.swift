import EntraideCore
import HTTPTypes
import Synchronization

/// How many requests one client may make: per address as long as it shows no valid token, and per token from then on.
///
/// A token counts for itself once it was found valid, and until it is refused. Until then it is whoever sends it that is counted,
/// so that guessing tokens has the limit of an address and takes nothing from those who hold one.
final class RequestLimiter: Sendable {
    /// What one bucket allows; a burst is five seconds' worth.
    private struct Rate: Sendable {
        let interval: Int
        let burst: Int

        /// Nil for no limit.
        init?(perSecond count: Int) {
            guard count > 0 else { return nil }
            interval = max(1, 1_000_000_000 / count)
            burst = 5 * count
        }
    }

    /// How many addresses and tokens are remembered: what made-up addresses can fill is bounded.
    static let addressCapacity = 16_384
    static let tokenCapacity = 4096

    private let addressRate: Rate?
    private let tokenRate: Rate?
    /// Whose word on the client's address is taken.
    private let trustedProxy: ClientAddress?
    private let addresses = Mutex(BucketTable<ClientAddress>(capacity: addressCapacity))
    /// By a hash that is another in each process: the tokens themselves are not kept.
    private let tokens = Mutex(BucketTable<Int>(capacity: tokenCapacity))
    private let now: @Sendable () -> Int

    /// - Parameter now: nanoseconds since any fixed moment.
    init(_ configuration: EndpointConfiguration, now: @escaping @Sendable () -> Int = RequestLimiter.clock())
    {
        addressRate = Rate(perSecond: configuration.addressRate)
        tokenRate = Rate(perSecond: configuration.tokenRate)
        trustedProxy = configuration.trustedProxy.flatMap { ClientAddress(parsing: $0) }
        self.now = now
    }

    /// Counts a request of `peer`.
    ///
    /// - Throws: `too-many-requests`, with the whole seconds until there is room again.
    func admit(_ peer: ClientAddress, _ fields: HTTPFields) throws(EntraideError) {
        let now = now()
        if let key = (try? Authorization.bearer(of: fields))?.hashValue, tokens.withLock({ $0.contains(key) })
        {
            guard let tokenRate else { return }
            let wait = tokens.withLock {
                $0.take(key, interval: tokenRate.interval, burst: tokenRate.burst, now: now)
            }
            return try Self.require(wait)
        }
        guard let addressRate else { return }
        let client = client(peer, fields).network
        let wait = addresses.withLock {
            $0.take(client, interval: addressRate.interval, burst: addressRate.burst, now: now)
        }
        try Self.require(wait)
    }

    /// Remembers that a token is valid.
    func accept(_ bearer: String) {
        let now = now()
        tokens.withLock { $0.insert(bearer.hashValue, now: now) }
    }

    /// Forgets a token that is not, or no longer.
    func refuse(_ bearer: String) {
        tokens.withLock { $0.remove(bearer.hashValue) }
    }

    /// Who asks: the peer, or whom a trusted proxy says that it asks for. A proxy adds the address that it sees at the end of the
    /// list; what stands before that is the client's own word.
    private func client(_ peer: ClientAddress, _ fields: HTTPFields) -> ClientAddress {
        guard let trustedProxy, peer == trustedProxy, let name = HTTPField.Name("X-Forwarded-For"),
            let last = fields[values: name].last?.split(separator: ",", omittingEmptySubsequences: false).last
        else { return peer }
        return ClientAddress(parsing: last.filter { $0 != " " && $0 != "\t" }) ?? peer
    }

    private static func require(_ wait: Int?) throws(EntraideError) {
        guard let wait else { return }
        throw EntraideError(.tooManyRequests, ["seconds": "\((wait + 999_999_999) / 1_000_000_000)"])
    }

    static func clock() -> @Sendable () -> Int {
        let start = ContinuousClock.now
        return {
            let (seconds, attoseconds) = (ContinuousClock.now - start).components
            return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
        }
    }
}
