package import EntraideCore
import Foundation
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
package import ServiceLifecycle
import UnixSignals

/// The HTTP endpoint: assembled from its configuration, run as a service that stops in order when its group asks.
package struct Endpoint: Service {
    private let database: Database
    private let configuration: EndpointConfiguration
    private let logger: Logger
    private let onReady: @Sendable (_ host: String, _ port: Int) -> Void

    /// An endpoint over `database`, which should be opened for serving, with a role that only reads.
    ///
    /// - Parameter onReady: called once, when connections are accepted, with the address bound.
    package init(
        database: Database, configuration: EndpointConfiguration, logger: Logger,
        onReady: @escaping @Sendable (_ host: String, _ port: Int) -> Void = { _, _ in }
    ) {
        self.database = database
        self.configuration = configuration
        self.logger = logger
        self.onReady = onReady
    }

    /// Serves until the service group shuts down or the task is cancelled. Stopped gracefully, it takes no more
    /// connections and lets answers end; cancelled, it breaks them off.
    ///
    /// - Throws: `port-in-use`, `address-not-usable`.
    package func run() async throws {
        do {
            try await buildApplication().run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw EntraideError(.portInUse, ["address": configuration.address])
        } catch let error
            where error is IOError || error is SocketAddressError || error is SocketAddressError.UnknownHost
        {
            throw EntraideError(.addressNotUsable, ["address": configuration.address])
        }
    }

    /// The endpoint alone in a group, which stops it in order and, past the drain bound, at once.
    package func group() -> ServiceGroup {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        var group = ServiceGroupConfiguration(
            services: [
                .init(
                    service: self, successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .cancelGroup)
            ], logger: quiet)
        group.maximumGracefulShutdownDuration =
            max(.zero, min(configuration.drain, EndpointConfiguration.longestDrain))
        return ServiceGroup(configuration: group)
    }

    /// The application: how connections are kept within their limits, and who answers.
    private func buildApplication() -> some ApplicationProtocol {
        let limits = ConnectionLimits(configuration)
        let budget = AnswerBudget(bytes: configuration.answerBytes)
        // Starting and stopping are the command's to tell; what Hummingbird logs itself counts only when it is bad.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let connections = AddressConnections(configuration)
        return Application(
            responder: buildResponder(budget),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [ConnectionGuard(limits, budget), UnreadableRequest()],
                    // A field may be longer than an address may: those in between get a 414, not a 400.
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 64 << 10, maxHeaderListSize: 80 << 10, maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), serverName: "entraide",
                availableConnectionsDelegate: .maximum(
                    OpenFiles.connections(atMost: configuration.maximumConnections), logger: quiet)),
            onServerRunning: { [configuration, onReady] channel in
                // Ahead of everything else, since an error that reaches the end of the pipeline stops the server.
                try? await channel.pipeline.addHandler(AcceptGuard(connections), position: .first)
                let bound = channel.localAddress
                onReady(bound?.ipAddress ?? configuration.host, bound?.port ?? configuration.port)
            },
            logger: quiet)
    }

    /// Who answers: the routes over the core.
    private func buildResponder(_ budget: AnswerBudget) -> LineResponder {
        LineResponder(
            routes: Routes(database: database, pageSize: max(1, configuration.pageSize)),
            defaultLanguage: configuration.language, log: AccessLog(logger), budget: budget,
            limiter: RequestLimiter(configuration))
    }
}

/// Runs the endpoint until SIGTERM or SIGINT, then lets answers under way end within the drain bound; a second signal
/// ends the process at once.
///
/// - Parameter onReady: called once, when connections are accepted, with the address bound.
/// - Throws: `port-in-use`, `address-not-usable`.
package func serve(
    database: Database, configuration: EndpointConfiguration, logger: Logger,
    onReady: @escaping @Sendable (_ host: String, _ port: Int) -> Void
) async throws {
    let endpoint = Endpoint(
        database: database, configuration: configuration, logger: logger, onReady: onReady)
    let group = endpoint.group()
    // Trapped before the port is open: whoever sees us ready may stop us.
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            var isStopping = false
            for await signal in signals {
                if isStopping { _exit(128 + signal.rawValue) }
                isStopping = true
                await group.triggerGracefulShutdown()
            }
        }
        tasks.addTask { try await group.run() }
        // The first task has no end of its own before it is cancelled.
        defer { tasks.cancelAll() }
        try await tasks.next()
    }
}
