import ArgumentParser
import EntraideCore
import EntraideHTTP
import Lines

struct Serve: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "serve", fr: "Répond aux partenaires par HTTP, en lecture seule, jusqu’à SIGTERM ou Ctrl-C.",
            en: "Answers partners over HTTP, reading only, until SIGTERM or Ctrl-C.",
            discussion: Bilingual(
                fr: """
                    Pour répondre à d’autres machines : un serveur mandataire TLS (nginx, Caddy, HAProxy) devant, et l’écoute sur \
                    127.0.0.1. Sans lui, les jetons circulent en clair.
                    """,
                en: """
                    To answer other machines: a TLS proxy (nginx, Caddy, HAProxy) before it, and listening on 127.0.0.1. Without \
                    one, tokens travel in clear.
                    """))
    }

    @Option(
        help: ArgumentHelp(
            fr: "Adresse et port d’écoute ; port 0 : n’importe lequel de libre.",
            en: "Address and port to listen on; port 0: any free one."))
    var listen = "127.0.0.1:8080"

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let configuration = try endpoint
        try await global.onDatabase(.serve) { database in
            try await EntraideHTTP.serve(
                database: database, configuration: configuration, logger: GlobalOptions.serverLogger
            ) { host, port in
                let address = EndpointConfiguration.address(host: host, port: port)
                Terminal.error(
                    say(fr: "À l’écoute sur http://\(address)/", en: "Listening on http://\(address)/"))
                if !EndpointConfiguration.isLoopback(host) {
                    Terminal.error(
                        say(
                            fr: """
                                Attention : hors de cette machine, les jetons circulent en clair, à moins qu’un serveur \
                                mandataire TLS se tienne devant.
                                """,
                            en: """
                                Beware: beyond this machine tokens travel in clear, unless a TLS proxy stands before it.
                                """))
                }
            }
        }
    }

    /// `HOST:PORT`, the host of an IPv6 address in brackets.
    private var endpoint: EndpointConfiguration {
        get throws {
            let parts = listen.split(separator: ":", omittingEmptySubsequences: false)
            let host = parts.dropLast().joined(separator: ":").filter { $0 != "[" && $0 != "]" }
            guard parts.count >= 2, !host.isEmpty, let port = parts.last.flatMap({ UInt16($0) }) else {
                throw EntraideError(
                    .badOption,
                    ["option": "--listen", "value": excerpt(of: listen), "expected": "127.0.0.1:8080"])
            }
            var configuration = EndpointConfiguration(host: host, port: Int(port))
            configuration.language = .current
            return configuration
        }
    }
}
