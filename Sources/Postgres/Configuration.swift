import CLibpq

/// Where the database is, who we are there, and how long anything may take.
///
/// Every timeout is a bound that the server or libpq enforces; zero removes it. Printing one shows host,
/// port, database and user, never a password.
package struct Configuration: Sendable, Equatable {
    /// URI or `keyword=value` string, as libpq takes it. Keywords given here win over the fields below,
    /// except those of `role`, `readOnly` and what decoding relies on (encoding, date style, time zone, bytea
    /// form).
    package var conninfo: String
    /// Role that the session has from its first statement; nil keeps the user's own.
    package var role: String?
    /// Whether transactions are read-only unless they say otherwise (`default_transaction_read_only`).
    package var readOnly = false
    /// Name shown in `pg_stat_activity`.
    package var applicationName = "entraide"
    /// Bound on opening a connection, all hosts of the conninfo together.
    package var connectTimeout: Duration = .seconds(5)
    /// How long sent bytes may stay unacknowledged before the host counts as vanished.
    package var tcpUserTimeout: Duration = .seconds(10)
    /// Bound on one statement. The client itself gives up, and breaks the connection, after this plus
    /// `tcpUserTimeout` without one byte from the server.
    package var statementTimeout: Duration = .seconds(60)
    /// Bound on waiting for one lock.
    package var lockTimeout: Duration = .seconds(10)
    /// Bound on a transaction's idle moments; the server ends the session.
    package var idleInTransactionTimeout: Duration = .seconds(30)
    /// Bound on a session's idle moments outside of transactions; the server ends the session, and a pool opens another when it
    /// is asked. Zero, which it is unless said otherwise, says nothing of it: a server before version 14 knows no such bound.
    package var idleSessionTimeout: Duration = .zero

    /// A configuration with the default timeouts.
    package init(conninfo: String) {
        self.conninfo = conninfo
    }
}

extension Configuration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Host, port, database, user, role: what a diagnosis needs.
    package var description: String {
        guard let keywords = try? conninfoKeywords() else { return "postgres: unreadable conninfo" }
        let shown = ["host", "hostaddr", "port", "dbname", "user", "sslmode"].compactMap { name in
            keywords[name].map { "\(name)=\($0)" }
        }
        let role = role.map { ["role=\($0)"] } ?? []
        let mode = readOnly ? ["read-only"] : []
        return "postgres: " + (shown + role + mode).joined(separator: " ")
    }

    /// The same as `description`: a debugger's output ends in logs too.
    package var debugDescription: String { description }

    /// As little as `description` shows.
    package var customMirror: Mirror {
        Mirror(self, children: ["description": description], displayStyle: .struct)
    }
}

extension Configuration {
    /// The conninfo's keywords; `dbname` alone when it is a bare database name.
    ///
    /// - Throws: `nulByte`; `misuse` when libpq cannot read it. libpq's own words quote the string, password
    ///   included, and are dropped.
    func conninfoKeywords() throws(PostgresError) -> [String: String] {
        guard !conninfo.utf8.contains(0) else {
            throw PostgresError(.nulByte, detail: "in the conninfo")
        }
        let isConnectionString =
            conninfo.contains("=") || conninfo.hasPrefix("postgres://")
            || conninfo.hasPrefix("postgresql://")
        guard isConnectionString else { return conninfo.isEmpty ? [:] : ["dbname": conninfo] }

        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(conninfo, &message) else {
            PQfreemem(message)
            throw PostgresError(.misuse, detail: "unreadable conninfo")
        }
        defer { PQconninfoFree(options) }
        var keywords: [String: String] = [:]
        var option = options
        while let name = option.pointee.keyword {
            if let value = option.pointee.val {
                keywords[String(cString: name)] = String(cString: value)
            }
            option += 1
        }
        return keywords
    }

    /// Keywords and values for `PQconnectStartParams`, in order; the last of a repeated keyword wins, so our
    /// defaults come first, then the conninfo, then what must hold.
    func connectionParameters() throws(PostgresError) -> [(keyword: String, value: String)] {
        let given = try conninfoKeywords()
        let own = [applicationName, role ?? ""]
        guard !own.contains(where: { $0.utf8.contains(0) }) else {
            throw PostgresError(.nulByte, detail: "in the configuration")
        }
        return [
            ("application_name", applicationName),
            ("tcp_user_timeout", String(tcpUserTimeout.wholeMilliseconds)),
            ("keepalives", "1"),
            ("keepalives_idle", "10"),
            ("keepalives_interval", "5"),
            ("keepalives_count", "3"),
            ("dbname", conninfo),
            ("client_encoding", "UTF8"),
            ("options", serverOptions(given: given["options"])),
        ]
    }

    /// Bound on opening: the conninfo's `connect_timeout` if it has one, in seconds, else ours.
    func effectiveConnectTimeout() throws(PostgresError) -> Duration {
        guard let given = try conninfoKeywords()["connect_timeout"], let seconds = Int32(given) else {
            return connectTimeout
        }
        return .seconds(max(0, seconds))
    }

    /// Command-line options of the session: timeouts, then the conninfo's own, then what must hold.
    private func serverOptions(given: String?) -> String {
        var options = [
            setting("statement_timeout", String(statementTimeout.wholeMilliseconds)),
            setting("lock_timeout", String(lockTimeout.wholeMilliseconds)),
            setting(
                "idle_in_transaction_session_timeout", String(idleInTransactionTimeout.wholeMilliseconds)),
        ]
        if idleSessionTimeout > .zero {
            options.append(setting("idle_session_timeout", String(idleSessionTimeout.wholeMilliseconds)))
        }
        if let given { options.append(given) }
        options += [
            setting("bytea_output", "hex"), setting("DateStyle", "ISO"), setting("TimeZone", "UTC"),
        ]
        if readOnly { options.append(setting("default_transaction_read_only", "on")) }
        if let role { options.append(setting("role", role)) }
        return options.joined(separator: " ")
    }

    /// `-c name=value`; blanks and backslashes escaped as the server's option parser wants.
    private func setting(_ name: String, _ value: String) -> String {
        var escaped = ""
        for scalar in value.unicodeScalars {
            if scalar == "\\" || scalar.properties.isWhitespace { escaped.unicodeScalars.append("\\") }
            escaped.unicodeScalars.append(scalar)
        }
        return "-c \(name)=\(escaped)"
    }
}

extension Duration {
    /// Milliseconds for a setting in which 0 means "no bound": rounded up, and held within what the server's
    /// 32-bit settings and `poll` take.
    var wholeMilliseconds: Int32 {
        guard self > .zero else { return 0 }
        let limit = Duration.milliseconds(Int64(Int32.max))
        guard self < limit else { return Int32.max }
        let (seconds, attoseconds) = components
        let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(clamping: milliseconds)
    }
}

extension Configuration {
    /// The same server and settings, another database.
    ///
    /// - Throws: `misuse` when the conninfo is unreadable; `nulByte`.
    package func with(database: String) throws(PostgresError) -> Configuration {
        guard !database.utf8.contains(0) else { throw PostgresError(.nulByte, detail: "in a database name") }
        var keywords = try conninfoKeywords()
        keywords["dbname"] = database
        var other = self
        // Sorted: a dictionary's order must not show.
        other.conninfo = keywords.sorted { $0.key < $1.key }.map { keyword, value in
            var escaped = ""
            for scalar in value.unicodeScalars {
                if scalar == "'" || scalar == "\\" { escaped.unicodeScalars.append("\\") }
                escaped.unicodeScalars.append(scalar)
            }
            return "\(keyword)='\(escaped)'"
        }.joined(separator: " ")
        return other
    }
}
