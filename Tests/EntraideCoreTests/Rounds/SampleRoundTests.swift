import EntraideCore
import Foundation
import Lines
import Matching
import Postgres
import PostgresTestSupport
import Testing

/// The sample network that comes with the program, matched through the core as a coordinator would.
@Suite("A round of the sample network", .core)
struct SampleRoundTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "deploy/sample")

    private func lines() throws -> [String] {
        try String(contentsOf: Self.folder.appending(path: "communities.ndjson"), encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }

    private func communes() throws -> [UInt8] {
        Array(try Data(contentsOf: Self.folder.appending(path: "communes.csv")))
    }

    private func oracle() throws -> SampleOracle {
        let rows = String(decoding: try communes(), as: UTF8.self).split(whereSeparator: \.isNewline)
            .dropFirst()
        var positions: [String: (latitude: Double, longitude: Double)] = [:]
        for row in rows {
            let cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            if let latitude = Double(cells[5]), let longitude = Double(cells[6]) {
                positions[cells[0]] = (latitude, longitude)
            }
        }
        return SampleOracle(
            try read(try lines()), vocabulary: try bundledVocabulary(), positions: positions, on: Core.day)
    }

    private func stored(_ core: Core) async throws -> RunReport {
        _ = try await Territories(core.database).importCommunes(try communes(), file: "communes.csv")
        let report = try await core.load(try lines())
        #expect(report.refused == [] && report.added == 96)
        return try await core.run("r")
    }

    /// The profile as a line, the elements of its lists in another order.
    private func shuffledLine(_ profile: Profile, _ g: inout SeededGenerator) -> String {
        var profile = profile
        profile.offers.shuffle(using: &g)
        profile.needs.shuffle(using: &g)
        profile.community.languages.shuffle(using: &g)
        profile.community.modes.shuffle(using: &g)
        for index in profile.offers.indices { profile.offers[index].terms.formats.shuffle(using: &g) }
        return profile.jsonLine(personal: true)
    }

    @Test("Twenty orders of the same profiles give one input, one instance and one result, and all hold")
    func orders() async throws {
        let core = try Core()
        _ = try await Territories(core.database).importCommunes(try communes(), file: "communes.csv")
        let profiles = try read(try lines())
        var results: Set<[String]> = []
        for seed in 0..<20 {
            var g = SeededGenerator(seed: UInt64(seed))
            try await core.pool.execute("DELETE FROM rounds")
            try await core.pool.execute("DELETE FROM communities")
            let report = try await core.load(profiles.shuffled(using: &g).map { shuffledLine($0, &g) })
            #expect(report.added == 96 && report.refused == [])
            let summary = try #require(try await core.run("r").round.result)
            let matches = try await core.allMatches("r").map { "\($0)" }.joined(separator: "\n")
            results.insert([summary.inputDigest, summary.instanceDigest, summary.resultDigest, matches])
            if seed % 10 == 0 { #expect(try await core.rounds.verify("r").holds) }
        }
        #expect(results.count == 1)
    }

    @Test("Every match keeps to every limit, is admissible, and scores what the rules say")
    func matches() async throws {
        let core = try Core()
        let report = try await stored(core)
        let oracle = try oracle()
        #expect(report.participants == oracle.participants.count)
        #expect(report.needs == oracle.participants.reduce(0) { $0 + oracle.needs(of: $1).count })
        let found = try await core.allMatches("r")
        #expect(found.count > 60)
        var given: [String: Int] = [:]
        var received: [String: Int] = [:]
        var served: [String: Int] = [:]
        var used: [String: Int] = [:]
        for match in found {
            let receiver = try #require(match.receiver.flatMap(oracle.profile))
            let provider = try #require(match.provider.flatMap(oracle.profile))
            let need = try #require(oracle.needs(of: receiver).first { $0.skill == match.need })
            let offer = try #require(oracle.offers(of: provider).first { $0.skill == match.offer })
            #expect(receiver.consents(to: .matching) && provider.consents(to: .matching))
            #expect(receiver.community.slug != provider.community.slug)
            #expect(oracle.obstacle(receiver, need, provider, offer) == nil, "\(match)")
            given[provider.community.slug, default: 0] += 1
            received[receiver.community.slug, default: 0] += 1
            served["\(receiver.community.slug)/\(need.skill)", default: 0] += 1
            used["\(provider.community.slug)/\(offer.skill)", default: 0] += 1
            #expect(given[provider.community.slug, default: 0] <= provider.community.give)
            #expect(received[receiver.community.slug, default: 0] <= receiver.community.receive)
            #expect(served["\(receiver.community.slug)/\(need.skill)", default: 0] <= need.quantity)
            #expect(used["\(provider.community.slug)/\(offer.skill)", default: 0] <= offer.capacity)
            try await expectScore(match, receiver, need, provider, offer, oracle, core)
        }
        #expect(report.needsServed == served.count)
    }

    private func expectScore(
        _ match: MatchRecord, _ receiver: Profile, _ need: NeedInput, _ provider: Profile,
        _ offer: OfferInput,
        _ oracle: SampleOracle, _ core: Core
    ) async throws {
        let isRemote = oracle.modes(receiver, need, provider, offer).contains(.remote)
        let limit = Double(min(receiver.community.maxKm, provider.community.maxKm))
        let distance = oracle.kilometres(receiver, provider)
        let closeness = isRemote ? 1 : distance.map { limit == 0 ? 1 : 1 - $0 / limit } ?? -1
        let expected: [(weight: Int, value: Double)] = [
            (350_000, oracle.proximity(need: need.skill, offer: offer.skill)),
            (150_000, oracle.level(need, offer) ?? -1),
            (150_000, closeness), (100_000, Double(need.urgency - 1) / 2), (100_000, 0), (50_000, 1),
            (100_000, oracle.fit(need, offer)),
        ]
        let parts = try await core.matches.reasons(match.match, for: .coordinator)
        #expect(parts.count == expected.count)
        for (part, wanted) in zip(parts, expected) {
            #expect(part.weight == wanted.weight, "\(part)")
            // Distances are rounded to 100 m, which moves closeness by that share of the limit.
            let tolerance = part.factor == "closeness" ? 100_000 / max(limit, 1) + 1 : 1
            #expect(abs(Double(part.value) - wanted.value * 1_000_000) <= tolerance, "\(part) \(wanted)")
            #expect(part.points == part.weight * part.value / 1_000_000)
        }
        #expect(parts.reduce(0) { $0 + $1.points } == match.score)
        if let distance, let told = match.distanceKm {
            #expect(abs(Double(told.units) / 10 - distance) <= 0.11, "\(match)")
        }
    }

    @Test("Every need is served, or has the reason that the rules give")
    func reasons() async throws {
        let core = try Core()
        _ = try await stored(core)
        let oracle = try oracle()
        let found = try await core.allMatches("r")
        var unserved = 0
        for receiver in oracle.participants {
            let slug = receiver.community.slug
            let entries = try await core.rounds.explain("r", receiver: slug, provider: nil)
            let needs = oracle.needs(of: receiver)
            #expect(Set(entries.compactMap(\.need)) == Set(needs.map(\.skill)))
            for need in needs {
                let own = entries.filter { $0.need == need.skill }
                let matches = found.filter { $0.receiver == slug && $0.need == need.skill }
                if !matches.isEmpty {
                    #expect(own.compactMap(\.provider) == matches.compactMap(\.provider))
                    continue
                }
                unserved += 1
                #expect(own.count == 1)
                guard let entry = own.first, case .notMatched(let reason, _) = entry.outcome else {
                    Issue.record("\(slug) \(need.skill) is neither served nor explained")
                    continue
                }
                expect(reason, entry, is: nearest(receiver, need, oracle), receiver, need, found, oracle)
            }
        }
        #expect(unserved > 10)
        for absent in oracle.profiles where !absent.consents(to: .matching) {
            let entries = try await core.rounds.explain("r", receiver: absent.community.slug, provider: nil)
            guard case .notMatched(.noConsent, _) = entries.first?.outcome, entries.count == 1 else {
                Issue.record("\(absent.community.slug)")
                continue
            }
        }
    }

    /// The rank of what stood in the way of the pair that came nearest to serving the need: a limit where any pair met
    /// no obstacle, else the last obstacle among the pairs nearest in skill; nil when nobody offers anything related.
    private func nearest(_ receiver: Profile, _ need: NeedInput, _ oracle: SampleOracle) -> Int? {
        var best: (proximity: Double, rank: Int)?
        for provider in oracle.participants where provider.community.slug != receiver.community.slug {
            for offer in oracle.offers(of: provider) {
                let proximity = oracle.proximity(need: need.skill, offer: offer.skill)
                if proximity == 0 { continue }
                guard let obstacle = oracle.obstacle(receiver, need, provider, offer) else {
                    return WhyNot.needMet.rank
                }
                let found = (proximity, obstacle.rank)
                if let best, best >= found { continue }
                best = found
            }
        }
        return best?.rank
    }

    private func expect(
        _ reason: WhyNot, _ entry: PairExplanation, is nearest: Int?, _ receiver: Profile, _ need: NeedInput,
        _ found: [MatchRecord], _ oracle: SampleOracle
    ) {
        let what = "\(receiver.community.slug) \(need.skill): \(reason.rawValue) \(entry.provider ?? "-")"
        guard let nearest else {
            #expect(reason == .noOffer, "\(what)")
            return
        }
        #expect(reason.rank == nearest, "\(what)")
        guard let provider = entry.provider.flatMap(oracle.profile),
            let offer = oracle.offers(of: provider).first(where: { $0.skill == entry.offer })
        else {
            Issue.record("\(what) names no offer")
            return
        }
        let obstacle = oracle.obstacle(receiver, need, provider, offer)
        switch reason {
        case .receiverFull:
            let count = found.count { $0.receiver == receiver.community.slug }
            #expect(obstacle == nil && count >= receiver.community.receive, "\(what)")
        case .offerFull:
            let count = found.count { $0.provider == provider.community.slug && $0.offer == offer.skill }
            #expect(obstacle == nil && count >= offer.capacity, "\(what)")
        case .providerFull:
            let count = found.count { $0.provider == provider.community.slug }
            #expect(obstacle == nil && count >= provider.community.give, "\(what)")
        default:
            // A need without a match is not met, and any other reason is an obstacle of the pair.
            #expect(obstacle == reason, "\(what)")
        }
    }
}
