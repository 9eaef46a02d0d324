import EntraideCore
import EntraideHTTP
import Lines
import PostgresTestSupport
import Testing

@Suite("Formats over HTTP", .world)
struct FormatTests {
    private func records<R: LineRecord>(
        _ type: R.Type, _ endpoint: LiveEndpoint, _ target: String, _ format: LineFormat, _ fields: [String]
    ) async throws -> [R] {
        let answer = try await endpoint.answer(
            "\(target)\(target.contains("?") ? "&" : "?")format=\(format.rawValue)", fields)
        #expect(answer.status == 200 && answer["content-type"] == format.contentType, "\(target)")
        return try LineReader.read(type, bytes: answer.body, format: format).map { try $0.record.get() }
    }

    private func agree<R: LineRecord>(
        _ type: R.Type, _ endpoint: LiveEndpoint, _ target: String, _ fields: [String]
    ) async throws {
        let text = try await records(type, endpoint, target, .text, fields)
        #expect(!text.isEmpty, "\(target)")
        #expect(try await records(type, endpoint, target, .ndjson, fields) == text, "\(target)")
        #expect(try await records(type, endpoint, target, .csv, fields) == text, "\(target)")
    }

    @Test("Text, ndjson and csv hold the same records, whatever is asked")
    func formatsAgree() async throws {
        let token = ["Authorization: Bearer \(try await World.token([.communities, .matches]))"]
        try await LiveEndpoint.with({ $0.pageSize = 3 }) { endpoint in
            try await agree(SkillRecord.self, endpoint, "/v1/skills", [])
            try await agree(SkillRecord.self, endpoint, "/v1/skills?q=web", [])
            try await agree(CommunityRecord.self, endpoint, "/v1/communities", token)
            try await agree(CommunityRecord.self, endpoint, "/v1/communities?needs=impression-3d", token)
            try await agree(OfferRecord.self, endpoint, "/v1/communities/partners-a/offers", token)
            try await agree(NeedRecord.self, endpoint, "/v1/communities/public-b/needs", [])
            try await agree(RoundRecord.self, endpoint, "/v1/rounds", [])
            try await agree(CertificateRecord.self, endpoint, "/v1/rounds/automne/certificate", [])
            try await agree(MatchRecord.self, endpoint, "/v1/matches?round=automne", token)
            try await agree(ReasonRecord.self, endpoint, "/v1/matches/automne/1/reasons", [])
        }
    }

    @Test(
        "Suffix, parameter and Accept choose the format, in this order",
        arguments: [
            ("/v1/rounds", "", "text/plain; charset=utf-8"),
            ("/v1/rounds", "*/*", "text/plain; charset=utf-8"),
            ("/v1/rounds", "text/*", "text/plain; charset=utf-8"),
            ("/v1/rounds", "text/html,application/xhtml+xml,*/*;q=0.8", "text/plain; charset=utf-8"),
            ("/v1/rounds", "application/x-ndjson", "application/x-ndjson"),
            ("/v1/rounds", "APPLICATION/JSONL", "application/jsonl"),
            ("/v1/rounds", "application/*", "application/x-ndjson"),
            ("/v1/rounds", "text/csv", "text/csv; charset=utf-8; header=present"),
            ("/v1/rounds", "text/plain;q=0.3, text/csv;q=0.7", "text/csv; charset=utf-8; header=present"),
            ("/v1/rounds", "*/*, text/plain;q=0", "application/x-ndjson"),
            ("/v1/rounds.txt", "text/csv", "text/plain; charset=utf-8"),
            ("/v1/rounds/automne.csv", "image/png", "text/csv; charset=utf-8; header=present"),
            ("/v1/rounds/automne/certificate.ndjson", "text/csv", "application/x-ndjson"),
            ("/v1/matches/automne/1.ndjson", "", "application/x-ndjson"),
            ("/v1/rounds?format=ndjson", "text/csv", "application/x-ndjson"),
            ("/v1/rounds.csv?format=csv&header=false", "", "text/csv; charset=utf-8; header=absent"),
        ])
    func choosesFormat(target: String, accept: String, type: String) async throws {
        try await LiveEndpoint.with { endpoint in
            let answer = try await endpoint.answer(target, accept.isEmpty ? [] : ["Accept: \(accept)"])
            #expect(answer.status == 200 && answer["content-type"] == type)
        }
    }

    @Test("A header line comes in csv unless refused, in text when asked for, in ndjson never")
    func headers() async throws {
        try await LiveEndpoint.with { endpoint in
            let names = RoundRecord.columns.map(\.name)
            for (target, header) in [
                ("/v1/rounds", nil), ("/v1/rounds?header=true", names.joined(separator: "\t")),
                ("/v1/rounds.csv", names.joined(separator: ",")), ("/v1/rounds.csv?header=false", nil),
                ("/v1/rounds.ndjson?header=false", nil),
            ] {
                let lines = try await endpoint.answer(target).lines
                #expect(lines.count == (header == nil ? 1 : 2), "\(target)")
                if let header { #expect(lines.first == header) }
            }
            #expect(try await endpoint.answer("/v1/rounds.ndjson?header=true").status == 400)
        }
    }
}
