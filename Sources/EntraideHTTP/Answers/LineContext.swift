import Hummingbird

/// What a request brings besides itself: who is at the other end of its connection.
struct LineContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let peer: ClientAddress

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = ClientAddress(source.channel.remoteAddress)
    }
}
