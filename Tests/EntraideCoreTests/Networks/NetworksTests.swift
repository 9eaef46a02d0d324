import EntraideCore
import Lines
import Matching
import Postgres
import PostgresTestSupport
import Testing

@Suite("Networks", .core)
struct NetworksTests {
    private func load(_ core: Core, _ csv: String, dryRun: Bool = false) async throws -> ImportReport {
        try await Networks(core.database, dryRun: dryRun).importMemberships(
            Array(csv.utf8), file: "reseau.csv")
    }

    /// Networks nord and sud; a in both, b in nord, c in sud, d in none; each kind of visibility.
    private func world(_ core: Core) async throws -> Networks {
        let networks = Networks(core.database)
        try await networks.add("nord", name: "Réseau du Nord (fictif)")
        try await networks.add("sud", name: "Réseau du Sud (fictif)")
        for (slug, visibility) in [
            ("a", "partners"), ("b", "partners"), ("c", "partners"), ("d", "partners"), ("e", "public"),
            ("f", "private"),
        ] {
            try await core.register(
                line(slug, offers: ["video"], needs: ["couture"], #""visibility":"\#(visibility)""#))
        }
        for (community, network) in [("a", "nord"), ("a", "sud"), ("b", "nord"), ("c", "sud"), ("f", "nord")]
        {
            try await networks.join(Membership(community: community, network: network))
        }
        return networks
    }

    private func seen(_ core: Core, by audience: Audience, in network: String? = nil) async throws -> String {
        var filter = CommunityFilter()
        filter.network = network
        return try await core.communities.list(filter, for: audience).map(\.community).joined()
    }

    @Test("A network is added once, and lists its communities with their place in it")
    func members() async throws {
        let core = try Core()
        let networks = try await world(core)
        #expect(
            await refusal { try await networks.add("nord", name: "X") }
                == EntraideError(.duplicateNetwork, ["network": "nord"]))
        #expect(await refusal { try await networks.add("Nord", name: "X") }?.code == .badSlug)
        try await networks.join(
            Membership(community: "b", network: "nord", college: "Tiers-lieux", isReferent: true))
        #expect(
            try await networks.members(of: "nord").map(\.record) == [
                MembershipRecord(community: "a", network: "nord", referent: "no"),
                MembershipRecord(community: "b", network: "nord", college: "Tiers-lieux", referent: "yes"),
                MembershipRecord(community: "f", network: "nord", referent: "no"),
            ])
        #expect(try await networks.list().map(\.communities) == [3, 2])
        #expect(try await core.communities.show("a", for: .coordinator).networks == ["nord", "sud"])
    }

    @Test("Joining or leaving what does not exist is refused, and leaving is no joining again")
    func refusals() async throws {
        let core = try Core()
        let networks = try await world(core)
        let unknown = await refusal { try await networks.join(Membership(community: "a", network: "est")) }
        #expect(unknown == EntraideError(.unknownNetwork, ["network": "est", "known": "nord, sud"]))
        #expect(
            await refusal { try await networks.join(Membership(community: "z", network: "nord")) }?.code
                == .unknownCommunity)
        #expect(await refusal { try await networks.members(of: "est") }?.code == .unknownNetwork)
        try await networks.leave("a", "nord")
        #expect(try await core.communities.show("a", for: .coordinator).networks == ["sud"])
        #expect(await refusal { try await networks.leave("a", "nord") }?.code == .notAMember)
        #expect(await refusal { try await networks.leave("z", "nord") }?.code == .unknownCommunity)
        #expect(await refusal { try await networks.leave("a", "est") }?.code == .unknownNetwork)
    }

    @Test(
        "A file of memberships comes in, wrong rows apart; again it changes nothing, and what is listed reads back"
    )
    func importing() async throws {
        let core = try Core()
        let networks = try await world(core)
        let csv = """
            community,network,college,referent
            a,nord,Fablabs,Oui
            d,sud,,
            zzz,sud,,
            d,est,,
            d,nord,,peut-être
            """
        let before = try await core.snapshot()
        let rehearsed = try await load(core, csv, dryRun: true)
        #expect(try await core.snapshot() == before)
        let report = try await load(core, csv)
        #expect(report == rehearsed)
        #expect([report.read, report.added, report.updated, report.unchanged] == [5, 1, 1, 0])
        #expect(
            report.refused.map { "\($0.row) \($0.error.code.rawValue)" } == [
                "4 unknown-community", "5 unknown-network", "6 unknown-code",
            ])
        for refused in report.refused { expectReadable(refused.error) }
        let again = try await load(core, csv)
        #expect([again.added, again.updated, again.unchanged, again.refused.count] == [0, 0, 2, 3])

        let writer = LineWriter(.csv)
        let listed = writer.header(for: MembershipRecord.self) ?? ""
        let lines = try await networks.members(of: "nord").map { try writer.line($0.record) }
        let back = try await load(core, listed + lines.joined())
        #expect(back.unchanged == 3 && back.refused.isEmpty)
        #expect(await refusal { try await load(core, "community,network\n") }?.code == .emptyFile)
        #expect(await refusal { try await load(core, "network,college\nnord,x\n") } != nil)
    }

    @Test(
        "A token of one network sees its communities and the public ones; one of all sees all that is shown")
    func tokens() async throws {
        let core = try Core()
        _ = try await world(core)
        #expect(try await seen(core, by: .token(networks: ["nord"])) == "abe")
        #expect(try await seen(core, by: .token(networks: ["nord", "sud"])) == "abce")
        #expect(try await seen(core, by: .token(networks: [])) == "e")
        #expect(try await seen(core, by: .token(networks: ["est"])) == "e")
        #expect(try await seen(core, by: .partner) == "abcde")
        #expect(try await seen(core, by: .anyone) == "e")
        #expect(try await seen(core, by: .coordinator, in: "nord") == "abf")
        #expect(try await seen(core, by: .token(networks: ["nord"]), in: "nord") == "ab")
        #expect(try await seen(core, by: .partner, in: "sud") == "ac")

        try await core.partners.add("region", name: "Région (fictive)")
        let text = try await core.partners.createToken(
            for: "region", scopes: [.communities], networks: ["nord"], days: 1)
        #expect(try await core.partners.grant(bearer: text).networks == ["nord"])
        #expect(
            await refusal {
                try await core.partners.createToken(for: "region", scopes: [], networks: ["est"], days: 1)
            }?.code == .unknownNetwork)
        // An unknown network tells of those that the audience knows, and one of others is unknown.
        for (audience, network, known) in [
            (Audience.anyone, "est", "-"), (.anyone, "nord", "-"), (.token(networks: ["sud"]), "nord", "sud"),
            (.token(networks: []), "sud", "-"), (.partner, "est", "nord, sud"),
        ] {
            var matches = MatchFilter()
            matches.network = network
            let unknown = EntraideError(.unknownNetwork, ["network": network, "known": known])
            #expect(await refusal { try await seen(core, by: audience, in: network) } == unknown)
            var communities = CommunityFilter()
            communities.network = network
            #expect(
                await refusal {
                    _ = try await core.communities.list(communities, for: audience, after: "0")
                } == unknown)
            #expect(
                await refusal { _ = try await core.matches.list(matches, for: audience).records } == unknown)
        }
    }

    @Test("The networks of a community and of a round are told within them")
    func columns() async throws {
        let core = try Core()
        let networks = try await world(core)
        try await networks.join(Membership(community: "e", network: "sud"))
        try await core.register(line("g", offers: ["couture"]))
        try await networks.join(Membership(community: "g", network: "nord"))
        try await core.rounds.create("r", title: "R", networks: ["nord", "sud"])
        try await core.rounds.open("r")
        _ = try await core.rounds.run("r", on: Core.day)
        try await core.rounds.publish("r")
        for (audience, ofA, ofE) in [
            (Audience.coordinator, ["nord", "sud"], ["sud"]), (.partner, ["nord", "sud"], ["sud"]),
            (.token(networks: ["nord"]), ["nord"], []), (.token(networks: ["sud"]), ["sud"], ["sud"]),
            (.token(networks: []), nil, []), (.anyone, nil, []),
        ] {
            let found = try await core.communities.list(CommunityFilter(), for: audience)
            #expect(found.first { $0.community == "a" }?.networks == ofA, "\(audience)")
            #expect(found.first { $0.community == "e" }?.networks == ofE, "\(audience)")
            #expect(try await core.communities.show("e", for: audience).networks == ofE, "\(audience)")
            let round = try await core.rounds.show("r", for: audience).record
            #expect(round.networks == (ofA ?? []) && round.title == "R", "\(audience)")
            #expect(try await core.rounds.list(for: audience).map(\.networks) == [ofA ?? []], "\(audience)")
        }
        // Nor does a later page, whose cursor anybody may make up, tell who is in a network.
        let first = try await core.matches.list(MatchFilter(), for: .coordinator, limit: 1)
        var filter = MatchFilter()
        filter.network = "nord"
        #expect(first.cursor != nil)
        #expect(
            await refusal {
                _ = try await core.matches.list(
                    filter, for: .token(networks: ["sud"]), after: first.cursor
                ).records
            }?.code == .unknownNetwork)
        // What the coordinator runs does not depend on who reads.
        #expect(try await core.rounds.verify("r").holds)
    }

    @Test("A round of one network matches its communities alone; matches are found by a network that is seen")
    func rounds() async throws {
        let core = try Core()
        let networks = try await world(core)
        try await core.register(line("g", offers: ["couture"]), line("h", offers: ["couture"]))
        try await networks.join(Membership(community: "g", network: "nord"))
        try await core.rounds.create("r", title: "R", networks: ["nord"])
        #expect(try await core.rounds.show("r", for: .coordinator).record.networks == ["nord"])
        let all = try await core.rounds.participants("r", on: Core.day).map(\.community)
        #expect(all == ["a", "b", "f", "g"])
        try await core.rounds.open("r")
        _ = try await core.rounds.run("r", on: Core.day)
        let matches = try await core.allMatches("r")
        #expect(!matches.isEmpty && matches.allSatisfy { $0.provider == "g" })
        #expect(try await core.rounds.verify("r").holds)
        #expect(
            await refusal { try await core.rounds.create("s", title: "S", networks: ["est"]) }?.code
                == .unknownNetwork)

        try await core.rounds.publish("r")
        var filter = MatchFilter()
        filter.network = "sud"
        let ofSud = try await core.matches.list(filter, for: .coordinator).records
        #expect(ofSud.map(\.receiver) == matches.map(\.receiver).filter { $0 == "a" })
        // g is of nord alone, and a token of sud does not see it; a is of sud too.
        filter.network = "sud"
        let seen = try await core.matches.list(filter, for: .token(networks: ["sud"])).records
        #expect(seen.allSatisfy { $0.provider == nil && $0.receiver == "a" })
        filter.network = nil
        let others = try await core.matches.list(filter, for: .token(networks: [])).records
        #expect(others.isEmpty)
    }
}
