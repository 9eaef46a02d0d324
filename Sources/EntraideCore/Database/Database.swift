package import Logging
package import Postgres

/// A database that was found, and is at this program's schema where that counts.
package struct Database: Sendable {
    /// Why it is opened.
    package enum Purpose: Sendable, Equatable {
        /// To look at it or mend it: its schema may be any.
        case administer
        /// For the command, as its owner.
        case command
        /// For the HTTP endpoint: the role `entraide_reader`, read-only.
        case serve
    }

    /// Connections to it, opened when needed.
    package let pool: Pool
    /// Where it is.
    package let location: DatabaseLocation
    /// Its vocabulary, kept between readings.
    package let vocabulary = LiveVocabulary()

    /// A database behind a pool that stands already: what tests start from.
    package init(pool: Pool, location: DatabaseLocation) {
        self.pool = pool
        self.location = location
    }

    /// Opens the database, after starting the private server when it is there and does not run.
    ///
    /// - Parameters:
    ///   - size: most connections at a time.
    ///   - environment: the process's; read for `PATH` alone, where the server's programs are looked for.
    /// - Throws: `EntraideError`: `database-missing` when there is none yet, `database-away`, `database-refused`,
    ///   `database-too-old`, `schema-older`, `schema-newer`, `schema-altered`, `reader-role-missing`, and what
    ///   ``EmbeddedCluster/start()`` throws.
    package static func open(
        _ location: DatabaseLocation, purpose: Purpose, size: Int = 4, environment: [String: String],
        logger: Logger
    ) async throws -> Database {
        do {
            guard case .embedded(let home) = location else {
                return try await attempt(
                    location, purpose, size: size, environment: environment, logger: logger)
            }
            // After a crash the private server listens before it takes anyone: coming back, it is waited for.
            let deadline = ContinuousClock.now + .seconds(120)
            while true {
                try await EmbeddedCluster(home: home, environment: environment).start()
                do {
                    return try await attempt(
                        location, purpose, size: size, environment: environment, logger: logger)
                } catch let error as PostgresError where error.isOfRestart && ContinuousClock.now < deadline {
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
        } catch {
            throw EntraideError(any: error)
        }
    }

    /// A pool on a server that runs, and the checks that `purpose` asks for.
    private static func attempt(
        _ location: DatabaseLocation, _ purpose: Purpose, size: Int, environment: [String: String],
        logger: Logger
    ) async throws -> Database {
        let conninfo =
            switch location {
            case .given(let given): given
            case .embedded(let home): EmbeddedCluster(home: home, environment: environment).conninfo
            }
        var configuration = Configuration(conninfo: conninfo)
        if purpose == .command {
            // A command that was stopped, or whose output nobody takes, gives its connection back. An import keeps one between
            // its batches, which it reads in seconds; whoever is confined to a community has nothing to wait for.
            configuration.idleSessionTimeout = Caller.community == nil ? .seconds(600) : .seconds(60)
        }
        if purpose == .administer {
            // A migration may wait for another starter, or rewrite a large table.
            configuration.statementTimeout = .zero
        }
        if purpose == .serve {
            configuration.role = Migrator.readerRole
            configuration.readOnly = true
            configuration.applicationName = "entraide serve"
        }
        let database = Database(
            pool: Pool(configuration, size: size, logger: logger), location: location)
        do {
            try await database.check(purpose)
        } catch {
            await database.close()
            throw error
        }
        return database
    }

    /// What ``initialise(_:environment:logger:)`` did; nothing, when all was there.
    package struct Initialisation: Sendable, Equatable {
        /// Whether the private cluster was made now.
        package var clusterMade = false
        /// Versions of the migrations applied.
        package var migrations: [Int] = []
        /// Skills added to the vocabulary.
        package var skillsAdded = 0

        /// Whether all stood ready.
        package var isNothing: Bool { !clusterMade && migrations.isEmpty && skillsAdded == 0 }
    }

    /// Makes the private cluster if the location is one and it is missing, brings the schema up, imports the
    /// vocabulary. Done twice, or by two at once, it does nothing the second time.
    ///
    /// - Throws: `EntraideError`, as ``open(_:purpose:size:environment:logger:)`` and ``EmbeddedCluster/create()``.
    package static func initialise(
        _ location: DatabaseLocation, environment: [String: String], logger: Logger
    ) async throws -> Initialisation {
        var done = Initialisation()
        do {
            if case .embedded(let home) = location {
                let cluster = EmbeddedCluster(home: home, environment: environment)
                done.clusterMade = try await cluster.create()
            }
            let database = try await open(
                location, purpose: .administer, size: 1, environment: environment, logger: logger)
            do {
                done.migrations = try await database.migrate()
                let skills = try ImportVocabulary.read(ImportVocabulary.bundled, file: "vocabulary.ndjson")
                done.skillsAdded = try await database.write { connection in
                    try await ImportVocabulary.insert(skills, on: connection).added
                }
            } catch {
                await database.close()
                throw error
            }
            await database.close()
        } catch {
            throw EntraideError(any: error)
        }
        return done
    }

    /// Brings the schema up to this program's; the versions applied.
    ///
    /// - Throws: `EntraideError`, as ``Migrator/migrate(on:)``.
    @discardableResult
    package func migrate() async throws -> [Int] {
        do {
            return try await pool.withConnection { try await Migrator().migrate(on: $0) }
        } catch {
            throw EntraideError(any: error)
        }
    }

    /// Closes the connections. The private server goes on.
    package func close() async {
        await pool.close()
    }

    private func check(_ purpose: Purpose) async throws {
        do {
            try await pool.withConnection { connection in
                if purpose == .administer {
                    _ = try await connection.query("SELECT 1")
                } else {
                    try await Migrator().requireCurrent(on: connection)
                }
            }
        } catch let error as PostgresError {
            switch (error.code, error.sqlState) {
            case (.undefinedObject, "3D000"): throw EntraideError(.databaseMissing)
            // An unknown setting: the server is older than those that we ask for.
            case (.undefinedObject, "42704") where purpose == .command:
                throw EntraideError(.databaseTooOld, ["version": "< 14"])
            // PostgreSQL's answer to a session that starts under a role it lacks, or may not take.
            case (_, "22023") where purpose == .serve, (.undefinedObject, "42704") where purpose == .serve,
                (.permissionDenied, _) where purpose == .serve:
                throw EntraideError(.readerRoleMissing, ["user": "<user>"])
            default: throw error
            }
        }
    }
}

extension PostgresError {
    /// Whether a server that stops or starts said no, or hung up: it may take us in a moment.
    fileprivate var isOfRestart: Bool {
        code == .away && (sqlState == nil || ["57P01", "57P02", "57P03"].contains(sqlState))
    }
}
