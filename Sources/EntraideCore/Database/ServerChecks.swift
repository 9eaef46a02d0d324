import Foundation
import Postgres

/// The doctor's checks on an open connection, one function each.
enum ServerChecks {
    static func version(_ connection: Connection) async throws -> Doctor.Check {
        let version = "\(connection.serverVersion / 10_000).\(connection.serverVersion % 10_000)"
        guard connection.serverVersion >= Migrator.oldestServer else {
            let error = EntraideError(.databaseTooOld, ["version": version])
            return Doctor.Check(
                code: .serverVersion, isGood: false, sentence: Doctor.Check.sentence(of: error))
        }
        return good(.serverVersion, fr: "PostgreSQL \(version)", en: "PostgreSQL \(version)")
    }

    static func encoding(_ connection: Connection) async throws -> Doctor.Check {
        let encoding = try await setting("server_encoding", connection)
        if encoding == "UTF8" { return good(.encoding, fr: "textes en UTF-8", en: "texts in UTF-8") }
        return bad(
            .encoding,
            fr: "la base est encodée en \(encoding)\u{202F}: en créer une autre avec ENCODING 'UTF8'",
            en: "the database is encoded in \(encoding): create another one with ENCODING 'UTF8'")
    }

    static func checksums(_ connection: Connection) async throws -> Doctor.Check {
        if try await setting("data_checksums", connection) == "on" {
            return good(
                .checksums, fr: "les pages sur disque ont leur somme de contrôle",
                en: "pages on disk bear checksums")
        }
        return bad(
            .checksums,
            fr: "un disque qui altère les données passerait inaperçu\u{202F}: activer les sommes de contrôle "
                + "avec «\u{00A0}pg_checksums --enable\u{00A0}», serveur arrêté",
            en: "a disk that alters data would go unnoticed: turn checksums on with 'pg_checksums --enable', "
                + "the server being stopped")
    }

    static func schema(_ connection: Connection) async throws -> Doctor.Check {
        let migrator = Migrator()
        do {
            try await migrator.requireCurrent(on: connection)
        } catch let error as EntraideError {
            return Doctor.Check(code: .schema, isGood: false, sentence: Doctor.Check.sentence(of: error))
        }
        return good(
            .schema, fr: "schéma \(migrator.version), celui de ce programme",
            en: "schema \(migrator.version), this program's")
    }

    static func readerRole(_ connection: Connection) async throws -> Doctor.Check {
        if try await ReaderRole.isReady(on: connection) {
            return good(
                .readerRole, fr: "le rôle entraide_reader existe", en: "the role entraide_reader exists")
        }
        let rows = try await connection.query("SELECT current_user::text AS name")
        let user: String = try rows.first?.get("name") ?? "?"
        let error = EntraideError(.readerRoleMissing, ["user": user])
        return Doctor.Check(code: .readerRole, isGood: false, sentence: Doctor.Check.sentence(of: error))
    }

    /// Tries to write as the reader would, in a transaction that is rolled back whatever comes: refusals written in a
    /// catalogue are one thing, refusals met another. Contacts and sources it may not even read.
    static func readerWrites(_ connection: Connection) async throws -> Doctor.Check {
        let attempts: [(what: String, sql: Query)] = [
            ("INSERT partners", "INSERT INTO partners (slug, name) VALUES ('doctor-attempt', 'doctor')"),
            ("UPDATE communities", "UPDATE communities SET name = name"),
            ("DELETE matches", "DELETE FROM matches"),
            ("CREATE TABLE", "CREATE TABLE doctor_attempt (n integer)"),
            ("SELECT contacts", "SELECT count(*) FROM contacts"),
            ("SELECT sources", "SELECT count(*) FROM sources"),
        ]
        for attempt in attempts {
            guard try await isRefused(attempt.sql, connection) else {
                return bad(
                    .readerWrites,
                    fr:
                        "le rôle entraide_reader peut faire «\u{00A0}\(attempt.what)\u{00A0}»\u{202F}: lui retirer ce droit avec REVOKE",
                    en: "the role entraide_reader may do '\(attempt.what)': take this right away with REVOKE")
            }
        }
        return good(
            .readerWrites, fr: "le rôle entraide_reader ne peut rien écrire et ne voit pas les contacts",
            en: "the role entraide_reader can write nothing and does not see contacts")
    }

    private struct Accepted: Error {}

    private static func isRefused(_ sql: Query, _ connection: Connection) async throws -> Bool {
        do {
            let _: Never = try await connection.transaction { connection in
                try await connection.execute("SET LOCAL ROLE entraide_reader")
                try await connection.execute(sql)
                throw Accepted()
            }
        } catch is Accepted {
            return false
        } catch let error as PostgresError where error.code == .permissionDenied {
            return true
        }
    }

    static func vocabulary(_ connection: Connection) async throws -> Doctor.Check {
        let skills = try await SkillStore(connection: connection).all()
        guard !skills.isEmpty else {
            return bad(
                .vocabulary,
                fr: "aucune compétence\u{202F}: les importer avec «\u{00A0}entraide init\u{00A0}»",
                en: "no skill: import them with 'entraide init'")
        }
        do {
            try ImportVocabulary.check(skills, beside: [])
        } catch {
            return Doctor.Check(code: .vocabulary, isGood: false, sentence: Doctor.Check.sentence(of: error))
        }
        return good(
            .vocabulary, fr: "compétences : \(skills.count) ; leurs liens se tiennent",
            en: "skills: \(skills.count); their relations are sound")
    }

    static func clock(_ connection: Connection, now: @Sendable () -> Date) async throws -> Doctor.Check {
        let rows = try await connection.query(
            "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS milliseconds")
        let here = now().timeIntervalSince1970
        let server: Int = try rows.first?.get("milliseconds") ?? 0
        let apart = abs(Double(server) / 1000 - here)
        if apart < 60 {
            return good(.clock, fr: "les horloges s’accordent", en: "the clocks agree")
        }
        return bad(
            .clock,
            fr: "l’horloge de cette machine et celle du serveur diffèrent de plus d’une minute\u{202F}: les "
                + "synchroniser, les jetons et les dates en dépendent",
            en:
                "this machine's clock and the server's differ by more than a minute: synchronise them, tokens "
                + "and dates depend on it")
    }

    private static func setting(_ name: String, _ connection: Connection) async throws -> String {
        let rows = try await connection.query("SELECT current_setting(\(name)) AS value")
        return try rows.first?.get("value") ?? "?"
    }

    private static func good(_ code: Doctor.Check.Code, fr: String, en: String) -> Doctor.Check {
        Doctor.Check(code: code, isGood: true, sentence: Bilingual(fr: fr, en: en))
    }

    private static func bad(_ code: Doctor.Check.Code, fr: String, en: String) -> Doctor.Check {
        Doctor.Check(code: code, isGood: false, sentence: Bilingual(fr: fr, en: en))
    }
}
