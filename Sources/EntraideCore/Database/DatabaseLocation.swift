import Postgres

/// Where the database is: one that was named, or the private one under a folder of ours.
package enum DatabaseLocation: Sendable, Equatable {
    /// A libpq connection string, URI or keywords.
    case given(conninfo: String)
    /// A private cluster under this absolute folder.
    case embedded(home: String)

    /// The location that the option `--database` and the environment lead to.
    ///
    /// In this order: the option, `ENTRAIDE_DATABASE`, then a private cluster under `ENTRAIDE_HOME`, under
    /// `/var/lib/entraide` for root, under `$XDG_DATA_HOME/entraide`, under `~/.local/share/entraide`. An empty value
    /// counts as none, and so does a relative `XDG_DATA_HOME`, as its specification asks.
    ///
    /// - Throws: `home-not-usable` when there is no folder to be found: a relative `ENTRAIDE_HOME`, or no `HOME`.
    package static func resolve(
        option: String?, environment: [String: String], userID: UInt32
    ) throws(EntraideError) -> DatabaseLocation {
        func value(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        if let option, !option.isEmpty { return .given(conninfo: try checked(option, from: "--database")) }
        if let conninfo = value("ENTRAIDE_DATABASE") {
            return .given(conninfo: try checked(conninfo, from: "ENTRAIDE_DATABASE"))
        }
        if let home = value("ENTRAIDE_HOME") {
            guard home.hasPrefix("/") else { throw EntraideError(.homeNotUsable, ["path": home]) }
            return .embedded(home: withoutTrailingSlashes(home))
        }
        if userID == 0 { return .embedded(home: "/var/lib/entraide") }
        if let data = value("XDG_DATA_HOME"), data.hasPrefix("/") {
            return .embedded(home: withoutTrailingSlashes(data) + "/entraide")
        }
        guard let home = value("HOME"), home.hasPrefix("/") else {
            throw EntraideError(.homeNotUsable, ["path": "~"])
        }
        return .embedded(home: withoutTrailingSlashes(home) + "/.local/share/entraide")
    }

    /// The location as it may be shown: never a password.
    package var redacted: String {
        switch self {
        case .given(let conninfo): Configuration(conninfo: conninfo).description
        case .embedded(let home): home
        }
    }

    /// What libpq can read. The value is not repeated in the error: it may hold a password.
    private static func checked(_ conninfo: String, from name: String) throws(EntraideError) -> String {
        do {
            _ = try Configuration(conninfo: conninfo).with(database: "entraide")
            return conninfo
        } catch {
            throw EntraideError(
                .badOption,
                ["option": name, "value": "…", "expected": "postgresql://host/db, host=… dbname=… user=…"])
        }
    }

    private static func withoutTrailingSlashes(_ path: String) -> String {
        var path = path[...]
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return String(path)
    }
}
