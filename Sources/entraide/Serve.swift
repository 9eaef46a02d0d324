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

    @Option(
        help: ArgumentHelp(
            fr: """
                Requêtes par seconde d’une même adresse (IPv6 : d’un même /64) sans jeton valable, cinq fois autant d’affilée ; \
                0 : sans limite.
                """,
            en: """
                Requests a second of one address (IPv6: of one /64) without a valid token, five times as many in a row; \
                0: no limit.
                """))
    var addressRate = 20

    @Option(
        help: ArgumentHelp(
            fr: "Requêtes par seconde d’un même jeton, cinq fois autant d’affilée ; 0 : sans limite.",
            en: "Requests a second of one token, five times as many in a row; 0: no limit."))
    var tokenRate = 100

    @Option(
        help: ArgumentHelp(
            fr:
                "Connexions ouvertes à la fois d’une même adresse, les suivantes étant fermées ; 0 : sans limite.",
            en: "Connections of one address at a time, those beyond being closed; 0: no limit."))
    var addressConnections = 128

    @Option(
        help: ArgumentHelp(
            fr: """
                Adresse d’un mandataire placé devant, cru quand il dit pour qui il demande (dernière adresse de \
                X-Forwarded-For).
                """,
            en: """
                Address of a proxy in front, believed when it says for whom it asks (the last address of X-Forwarded-For).
                """))
    var trustedProxy: String?

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
                let example = "127.0.0.1:8080"
                throw EntraideError(
                    .badOption, ["option": "--listen", "value": excerpt(of: listen)],
                    words: [
                        "expected": Bilingual(
                            fr: "ADRESSE:PORT, par exemple \(example)",
                            en: "ADDRESS:PORT, for example \(example)")
                    ])
            }
            var configuration = EndpointConfiguration(host: host, port: Int(port))
            configuration.language = .current
            configuration.addressRate = try Self.limit("--address-rate", addressRate)
            configuration.tokenRate = try Self.limit("--token-rate", tokenRate)
            configuration.addressConnections = try Self.limit("--address-connections", addressConnections)
            if let trustedProxy, !EndpointConfiguration.isAddress(trustedProxy) {
                throw EntraideError(
                    .badOption,
                    [
                        "option": "--trusted-proxy", "value": excerpt(of: trustedProxy),
                        "expected": "192.0.2.1",
                    ])
            }
            configuration.trustedProxy = trustedProxy
            return configuration
        }
    }

    private static func limit(_ option: String, _ value: Int) throws -> Int {
        guard 0...1_000_000 ~= value else {
            throw EntraideError(
                .badOption, ["option": option, "value": "\(value)", "expected": "0-1000000"])
        }
        return value
    }
}
