import Foundation
import Lines
import Postgres

/// What an audit line says was done: noun, dot, verb.
enum AuditAction: String, Sendable {
    case communityRegister = "community.register"
    case communityUpdate = "community.update"
    case communityConfirm = "community.confirm"
    case communityPause = "community.pause"
    case communityResume = "community.resume"
    case communityExport = "community.export"
    case communityErase = "community.erase"
    case communityInvite = "community.invite"
    case communityImport = "community.import"
    case networkAdd = "network.add"
    case networkJoin = "network.join"
    case networkLeave = "network.leave"
    case networkImport = "network.import"
    case zoneImport = "zone.import"
    case roundCreate = "round.create"
    case roundRun = "round.run"
    case roundMove = "round.move"
    case partnerAdd = "partner.add"
    case tokenCreate = "token.create"
    case tokenRevoke = "token.revoke"
    case tick = "tick.run"
}

/// Who did what, without what it said: SQL beside the decoding of its rows.
struct AuditStore {
    let connection: Connection

    /// The user of the machine that this process runs for; its number where the system has no name for it.
    private static let user = SystemUser(id: geteuid())?.name ?? "\(geteuid())"

    /// Adds a line. Part of the caller's transaction: what was not done is not said. Whom a confined run acts for stands
    /// beside the user.
    ///
    /// - Parameter isErasing: no name outlives what the line is about: a confined run is said to be one, not whose.
    func record(
        _ action: AuditAction, _ subject: String? = nil, detail: String? = nil, isErasing: Bool = false
    ) async throws {
        let caller = Caller.community.map { " as:" + (isErasing ? "-" : $0) } ?? ""
        try await connection.execute(
            """
            INSERT INTO audit (actor, action, subject, detail)
            VALUES (\(Self.user) || '@' || session_user || \(caller), \(action.rawValue), \(subject), \(detail))
            """)
    }

    /// Adds a line for each subject.
    func record(_ action: AuditAction, each subjects: [String], detail: String) async throws {
        guard !subjects.isEmpty else { return }
        try await connection.execute(
            """
            INSERT INTO audit (actor, action, subject, detail)
            SELECT \(Self.user) || '@' || session_user, \(action.rawValue), x, \(detail)
            FROM unnest(\(subjects)) AS x
            """)
    }

    /// The lines about a community, oldest first.
    func lines(on slug: String) async throws -> [AuditRecord] {
        try await connection.query(
            """
            SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, actor, action, subject, detail
            FROM audit WHERE subject = \(slug) ORDER BY id
            """
        ).map { row in
            AuditRecord(
                at: try row.get("at"), actor: try row.get("actor"), action: try row.get("action"),
                subject: try row.get("subject"), detail: try row.get("detail"))
        }
    }

    /// Takes a name out of every line, and what was said beside it. Who acts confined acts on itself alone, so that no
    /// other line says it was them.
    func forget(_ slug: String) async throws {
        try await connection.execute(
            """
            UPDATE audit SET subject = NULL, detail = NULL, actor = regexp_replace(actor, ' as:[a-z0-9-]*$', ' as:-')
            WHERE subject = \(slug)
            """)
    }
}
