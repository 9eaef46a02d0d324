package import Lines

/// What the endpoint may take and how long anything may last. Read once, passed down.
package struct EndpointConfiguration: Sendable, Equatable {
    /// The name or address to listen on.
    package var host: String
    /// The port; 0 lets the system choose, and `onReady` tells which.
    package var port: Int
    /// Most connections at a time; those beyond it wait in the system's queue. The limit on open files may lower it.
    package var maximumConnections = 2048
    /// From a request's head to the last byte of its answer.
    package var requestDeadline: Duration = .seconds(300)
    /// How long a connection may take to send the head of a request, the first or the next.
    package var idleTimeout: Duration = .seconds(20)
    /// How long a request's body may take after its head.
    package var readTimeout: Duration = .seconds(10)
    /// How long an answer may wait without its reader taking ``ConnectionGuard/slice`` bytes of it.
    package var writeTimeout: Duration = .seconds(15)
    /// How long answers under way may go on after a stop was asked for; never more than ``longestDrain``.
    package var drain: Duration = .seconds(10)
    /// The language of whoever asks for none that we speak.
    package var language: Language = .fr
    /// How many records one query of a list reads, at least 1.
    package var pageSize = 500

    /// How many bytes of pages put together whole may wait for their readers at once, all connections together.
    package var answerBytes = 64 << 20

    /// How many requests a second one client may make without a valid token, by its address (of IPv6, its /64); 0 for any
    /// number. A burst may be five seconds' worth.
    package var addressRate = 20
    /// The same of one token.
    package var tokenRate = 100
    /// Most connections of one address at a time; those beyond it are closed. 0 for any number.
    package var addressConnections = 128
    /// The address of a proxy in front, if there is one: the last entry of its `X-Forwarded-For` is the client's address, and
    /// it may have any number of connections.
    package var trustedProxy: String?

    /// The most that ``drain`` counts for: a supervisor's patience is not endless.
    package static let longestDrain: Duration = .seconds(20)

    /// A configuration with the default limits.
    package init(host: String = "127.0.0.1", port: Int = 8080) {
        self.host = host
        self.port = port
    }

    /// `127.0.0.1:8080`, `[::1]:8080`.
    package var address: String { Self.address(host: host, port: port) }

    /// Whether only this machine reaches an address, as it was bound.
    package static func isLoopback(_ host: String) -> Bool {
        let ipv4 = host.hasPrefix("::ffff:") ? host.dropFirst(7) : host[...]
        return host == "localhost" || host == "::1" || ipv4.hasPrefix("127.")
    }

    /// Whether a text is an IPv4 or IPv6 address.
    package static func isAddress(_ text: String) -> Bool { ClientAddress(parsing: text) != nil }

    /// Host and port as one text, an IPv6 address in brackets.
    package static func address(host: String, port: Int) -> String {
        host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
