import NIOCore

/// The bounds of one connection, as its event loop counts them.
struct ConnectionLimits: Sendable {
    let request: TimeAmount
    let idle: TimeAmount
    let read: TimeAmount
    let write: TimeAmount
    /// How long bytes that nobody wants are still taken after an early answer, so that the client can read it: closing
    /// on unread bytes would make the system throw the answer away.
    let linger = TimeAmount.seconds(2)
    /// Most bytes of a request's body, and of what is still taken while lingering.
    let body = LineResponder.longestBody

    init(_ configuration: EndpointConfiguration) {
        request = TimeAmount(configuration.requestDeadline)
        idle = TimeAmount(configuration.idleTimeout)
        read = TimeAmount(configuration.readTimeout)
        write = TimeAmount(configuration.writeTimeout)
    }
}
