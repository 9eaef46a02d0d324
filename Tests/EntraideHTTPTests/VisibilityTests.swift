import EntraideCore
import Lines
import Postgres
import PostgresTestSupport
import Testing

@Suite("Who sees what over HTTP", .world)
struct VisibilityTests {
    private func matches(_ endpoint: LiveEndpoint, _ fields: [String], _ query: String = "") async throws
        -> [MatchRecord]
    {
        let answer = try await endpoint.answer("/v1/matches.ndjson\(query)", fields)
        return try LineReader.read(MatchRecord.self, bytes: answer.body, format: .ndjson).map {
            try $0.record.get()
        }
    }

    @Test(
        "Communities: anyone sees public ones, a token those for partners too, nobody what was not to be published"
    )
    func communities() async throws {
        let token = ["Authorization: Bearer \(try await World.token([.communities]))"]
        try await LiveEndpoint.with { endpoint in
            for (isPartner, fields) in [(false, []), (true, token)] {
                let listed = try await endpoint.answer("/v1/communities", fields).lines.map { line in
                    String(line.prefix { $0 != "\t" })
                }
                let all = World.kinds.flatMap { ["\($0)-a", "\($0)-b"] }.sorted()
                #expect(listed == all.filter { World.sees($0, asPartner: isPartner) })
                for slug in all {
                    for path in ["", "/offers", "/needs"] {
                        let answer = try await endpoint.answer("/v1/communities/\(slug)\(path)", fields)
                        let isSeen = World.sees(slug, asPartner: isPartner)
                        #expect(answer.status == (isSeen ? 200 : 404), "\(slug)\(path)")
                        // Hidden and absent are told alike, but for the name asked.
                        if !isSeen {
                            #expect(answer.text == "error\t404\tunknown-community\tcommunity=\(slug)\n")
                        }
                    }
                }
            }
        }
    }

    @Test("A token of one network: its communities and the public ones, and lists by network of what it sees")
    func networks() async throws {
        let scratch = try ScratchDatabase.current
        let networks = Networks(Database(pool: scratch.pool, location: .given(conninfo: scratch.conninfo)))
        try await networks.add("nord", name: "Nord")
        for slug in ["partners-a", "private-a", "quiet-a", "public-b"] {
            try await networks.join(Membership(community: slug, network: "nord"))
        }
        let token = try await World.token([.communities, .matches], networks: ["nord"])
        let fields = ["Authorization: Bearer \(token)"]
        try await networks.add("ouest", name: "Ouest")
        let other = try await World.token([.communities, .matches], networks: ["ouest"])
        let others = ["Authorization: Bearer \(other)"]
        try await LiveEndpoint.with { endpoint in
            func listed(_ path: String, _ fields: [String]) async throws -> [String] {
                try await endpoint.answer(path, fields).lines.map { String($0.prefix { $0 != "\t" }) }
            }
            #expect(
                try await listed("/v1/communities", fields) == ["partners-a", "public-a", "public-b"])
            #expect(
                try await listed("/v1/communities?network=nord", fields) == ["partners-a", "public-b"])
            for (path, fields, known) in [
                ("/v1/communities?network=nord", [], "-"), ("/v1/matches?network=nord", [], "-"),
                ("/v1/communities?network=nord", others, "ouest"),
            ] {
                let hidden = try await endpoint.answer(path, fields)
                #expect(
                    hidden.text == "error\t404\tunknown-network\tknown=\(known) network=nord\n", "\(hidden)")
                let told = try await endpoint.answer(
                    path, fields + ["Accept: application/x-ndjson", "Accept-Language: fr"])
                let words =
                    known == "-"
                    ? "sans un jeton de ce réseau" : "avec ce jeton ; réseaux visibles : ouest"
                let plain = told.text.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ")
                #expect(plain.contains("aucun réseau « nord » visible \(words)"), "\(told)")
            }
            for (fields, isTold) in [(fields, true), ([], false), (others, false)] {
                for format in ["", ".ndjson", ".csv"] {
                    for path in ["/v1/communities\(format)", "/v1/communities/public-b\(format)"] {
                        let answer = try await endpoint.answer(path, fields)
                        #expect(answer.status == 200 && answer.text.contains("public-b"), "\(path) \(answer)")
                        #expect(answer.text.contains("nord") == isTold, "\(path) \(answer)")
                    }
                }
            }
            #expect(try await endpoint.answer("/v1/communities/partners-b", fields).status == 404)
            let unknown = try await endpoint.answer("/v1/communities?network=est", fields)
            #expect(unknown.text == "error\t404\tunknown-network\tknown=nord network=est\n", "\(unknown)")
            let shown = try await matches(endpoint, fields, "?network=nord")
            #expect(!shown.isEmpty)
            #expect(
                shown.allSatisfy {
                    [$0.provider, $0.receiver].contains { ["partners-a", "public-b"].contains($0) }
                })
            #expect(shown.allSatisfy { ![$0.provider, $0.receiver].contains("partners-b") })
        }
    }

    @Test(
        "Matches: anyone sees those of two public sides, a token those of which it sees one, the other side hidden"
    )
    func matchSides() async throws {
        let token = ["Authorization: Bearer \(try await World.token([.matches]))"]
        try await LiveEndpoint.with { endpoint in
            for (isPartner, fields) in [(false, []), (true, token)] {
                let listed = try await matches(endpoint, fields)
                var expected: [MatchRecord] = []
                for (index, pair) in World.pairs.enumerated() {
                    let provider = World.sees(pair.provider, asPartner: isPartner) ? pair.provider : nil
                    let receiver = World.sees(pair.receiver, asPartner: isPartner) ? pair.receiver : nil
                    let isShown =
                        isPartner ? provider != nil || receiver != nil : provider != nil && receiver != nil
                    let name = MatchName(round: "automne", number: index + 1)
                    // Reasons tell of both sides, so they are for who sees both.
                    let seesBoth = provider != nil && receiver != nil
                    for (path, isThere) in [("", isShown), ("/reasons", seesBoth)] {
                        let one = try await endpoint.answer("/v1/matches/\(name)\(path)", fields)
                        #expect(one.status == (isThere ? 200 : 404), "\(name)\(path)")
                        guard !isThere else { continue }
                        let code = isShown ? "reasons-not-shown" : "unknown-match"
                        #expect(one.text == "error\t404\t\(code)\tmatch=\(name)\n", "\(one)")
                    }
                    guard isShown else { continue }
                    expected.append(
                        MatchRecord(
                            match: name, status: "proposed", score: 500_000, provider: provider,
                            offer: "impression-3d",
                            receiver: receiver, need: "impression-3d",
                            // How far a hidden side is would tell where it is.
                            distanceKm: seesBoth ? FixedDecimal(hectometres: 15) : nil))
                }
                #expect(listed == expected)
                for provider in World.kinds.map({ "\($0)-a" }) {
                    // Asking for a hidden community tells no more than asking for one that is not there.
                    guard World.sees(provider, asPartner: isPartner) else {
                        let answer = try await endpoint.answer("/v1/matches?provider=\(provider)", fields)
                        #expect(answer.text == "error\t404\tunknown-community\tcommunity=\(provider)\n")
                        continue
                    }
                    let found = try await matches(endpoint, fields, "?provider=\(provider)")
                    #expect(found == expected.filter { $0.provider == provider })
                }
            }
        }
    }

    @Test("Rounds that are not published, and their matches, are nobody's to see")
    func rounds() async throws {
        let token = ["Authorization: Bearer \(try await World.token([.communities, .matches]))"]
        try await LiveEndpoint.with { endpoint in
            for fields in [[], token] {
                for target in [
                    "/v1/rounds/hiver", "/v1/rounds/hiver/certificate", "/v1/matches?round=hiver",
                    "/v1/matches/hiver/1",
                    "/v1/matches/hiver/1/reasons",
                ] {
                    let answer = try await endpoint.answer(target, fields)
                    #expect(answer.status == 404, "\(target)")
                }
                #expect(try await matches(endpoint, fields).allSatisfy { $0.round == "automne" })
            }
        }
    }

    @Test("A community that withdraws its consent is gone at the next request")
    func withdrawnConsent() async throws {
        try await LiveEndpoint.with { endpoint in
            #expect(try await endpoint.answer("/v1/communities/public-a").status == 200)
            try await ScratchDatabase.current.pool.execute(
                """
                UPDATE consents SET granted = false FROM communities AS c
                WHERE c.id = community_id AND c.slug = 'public-a' AND purpose = 'publication'
                """)
            #expect(try await endpoint.answer("/v1/communities/public-a").status == 404)
            #expect(try await endpoint.answer("/v1/matches/automne/1").status == 404)
        }
    }
}
