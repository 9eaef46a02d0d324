import EntraideCore
import Lines
import Postgres
import PostgresTestSupport
import Testing

@Suite("Inviting by one-time codes", .core)
struct InviteTests {
    /// Two that were imported, and one that stands.
    private func world() async throws -> Core {
        let core = try Core()
        try await core.register(
            line("a", offers: ["couture"], #""consent":{}"#), line("b", #""consent":{}"#), line("c"))
        try await core.pool.execute(
            "UPDATE communities SET status = 'unconfirmed', confirmed_on = NULL WHERE slug IN ('a', 'b')")
        return core
    }

    private func code(_ core: Core, _ slug: String) async throws -> String {
        try #require(try await core.communities.invite(slug, expiry: .usual).record.code)
    }

    private func confirm(_ core: Core, _ code: String, named: String? = nil) async -> EntraideError? {
        await refusal {
            try await core.communities.confirm(.code(code, named: named), by: .itself, on: Core.day)
        }
    }

    @Test("An invited community changes in nothing, its code is kept as a hash, and confirms it once")
    func way() async throws {
        let core = try await world()
        let before = try await core.snapshot()
        let invitation = try await core.communities.invite("a", expiry: .usual)
        let code = try #require(invitation.record.code)
        #expect(invitation.held.offers.count == 1 && invitation.held.status == .unconfirmed)
        let after = try await core.snapshot()
        #expect(
            Set(before.keys.filter { before[$0] != after[$0] }) == ["audit", "one_time_codes"])
        let bare = code.replacing("-", with: "")
        for (table, text) in after {
            // Not whole, nor all that proves it; bytes are shown in hexadecimal.
            let secret = bare.dropFirst(4)
            #expect(!text.contains(code) && !text.contains(secret), "\(table)")
            #expect(!text.contains(bare.utf8.map { String($0, radix: 16) }.joined()), "\(table)")
        }
        let done = try await core.communities.confirm(
            .code(code, named: nil), by: .itself, consents: [.publication], on: Core.day)
        #expect(done.community == "a" && done.takesPart)
        let profile = try await core.communities.profile("a").profile
        #expect(profile.community.status == .active)
        #expect(profile.consent == [.matching: true, .publication: true])
        #expect(await confirm(core, code) == EntraideError(.codeRefused))
        let audit = try await core.column("SELECT detail AS x FROM audit WHERE action = 'community.confirm'")
        #expect(audit == ["channel=self by=code"])
        #expect(try await core.column("SELECT guesses::text AS x FROM code_guesses") == ["1"])
    }

    @Test("What a coordinator takes down for it says through which channel, and so does its consent")
    func onBehalf() async throws {
        let core = try await world()
        _ = try await core.communities.confirm(
            .code(try await code(core, "a"), named: "a"), by: .onBehalf(through: .phone), on: Core.day)
        _ = try await core.communities.confirm("b", by: .onBehalf(through: .mail), on: Core.day)
        #expect(
            try await core.column(
                "SELECT channel AS x FROM consents WHERE purpose = 'matching' AND channel <> 'coordinator' ORDER BY 1"
            )
                == ["mail", "phone"])
        #expect(
            try await core.column(
                "SELECT subject || ' ' || detail AS x FROM audit WHERE action = 'community.confirm' ORDER BY 1"
            )
                == ["a channel=phone by=code", "b channel=mail"])
    }

    @Test("A code is read however a person writes it, and a slip never passes for another code")
    func writing() async throws {
        let core = try await world()
        let code = try await code(core, "a")
        #expect(code.wholeMatch(of: #/([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}/#) != nil)
        let letters = Array(code.replacing("-", with: ""))
        for place in letters.indices {
            for letter in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" where letter != letters[place] {
                var slip = letters
                slip[place] = letter
                #expect(
                    await confirm(core, String(slip)) == EntraideError(.codeMistyped), "\(place) \(letter)")
            }
            for other in letters.indices where letters[other] != letters[place] {
                var slip = letters
                slip.swapAt(place, other)
                #expect(
                    await confirm(core, String(slip)) == EntraideError(.codeMistyped), "\(place) \(other)")
            }
        }
        for text in [
            "", "-", code + "0", String(code.dropLast()), code.replacing("-", with: "_"), code + "\u{0}",
            "é" + code, String(repeating: "0", count: 100_000), "%' OR 1=1 --",
        ] {
            #expect(await confirm(core, text) == EntraideError(.codeMistyped))
        }
        // None of these was looked for.
        #expect(try await core.dump("code_guesses").isEmpty)
        let written = code.lowercased().replacing("0", with: "o").replacing("1", with: "l").replacing(
            "-", with: " – ")
        #expect(await confirm(core, "  \(written)\n") == nil)
    }

    @Test("A used, expired, replaced, foreign or unknown code is refused in the same words")
    func refusals() async throws {
        let core = try await world()
        let unknown = try await code(core, "c")
        try await core.communities.erase("c")
        let replaced = try await code(core, "a")
        let expired = try await code(core, "a")
        try await core.pool.execute("UPDATE one_time_codes SET expires_at = now() WHERE revoked_at IS NULL")
        let used = try await code(core, "b")
        #expect(await confirm(core, used) == nil)
        for code in [unknown, replaced, expired, used] {
            for addressee in [
                Addressee.code(code, named: nil), .code(code, named: "a"), .code(code, named: "nobody"),
            ] {
                let refused = await refusal { try await core.communities.pause(addressee) }
                #expect(refused == EntraideError(.codeRefused))
            }
        }
        let good = try await code(core, "a")
        #expect(await confirm(core, good, named: "b") == EntraideError(.codeRefused))
        #expect(ErrorCode.codeRefused.exitStatus == 77)
        // Who named another with it did not use it up.
        #expect(await confirm(core, good, named: "a") == nil)
    }

    @Test(
        "So many refused in an hour end it for that caller, right codes are not counted, and the next hour begins anew"
    )
    func limit() async throws {
        let core = try await world()
        let used = try await code(core, "a")
        #expect(await confirm(core, used) == nil)
        let good = try await code(core, "b")
        for _ in 0..<CodeLimits.guesses {
            #expect(await confirm(core, used) == EntraideError(.codeRefused))
        }
        let rehearsal = Communities(core.database, dryRun: true)
        #expect(await refusal { try await rehearsal.pause(.code(good, named: nil)) }?.code == .codeLimit)
        #expect(await confirm(core, good)?.code == .codeLimit)
        #expect(ErrorCode.codeLimit.exitStatus == 75)
        // Whoever is confined to a community has a count of its own.
        await Caller.$community.withValue("b") {
            #expect(await confirm(core, used) == EntraideError(.codeRefused))
            #expect(await refusal { try await rehearsal.pause(.code(good, named: nil)) } == nil)
        }
        await Caller.$community.withValue("nobody") {
            #expect(await confirm(core, good) == EntraideError(.codeRefused))
        }
        let counts =
            "SELECT coalesce(community_id IS NULL, false)::text || guesses AS x FROM code_guesses ORDER BY 1"
        #expect(try await core.column("\(unsafeSQL: counts)") == ["false1", "true20"])
        try await core.pool.execute("UPDATE code_guesses SET hour = hour - interval '1 hour'")
        #expect(await confirm(core, good) == nil)
    }

    @Test("A rehearsal is counted when it is refused, and uses nothing up")
    func rehearsal() async throws {
        let core = try await world()
        let good = try await code(core, "a")
        let rehearsal = Communities(core.database, dryRun: true)
        #expect(
            try await rehearsal.confirm(.code(good, named: nil), by: .itself, on: Core.day).community == "a")
        #expect(await refusal { try await rehearsal.pause(.code(good, named: "b")) }?.code == .codeRefused)
        #expect(try await core.column("SELECT guesses::text AS x FROM code_guesses") == ["1"])
        #expect(try await rehearsal.invite("a", expiry: .usual).record.code == nil)
        #expect(await confirm(core, good) == nil)
    }

    @Test("Of many who use one code at once, one does")
    func atOnce() async throws {
        let core = try await world()
        let good = try await code(core, "a")
        let refused = await withTaskGroup(of: ErrorCode?.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    do {
                        _ = try await core.communities.confirm(
                            .code(good, named: nil), by: .itself, on: Core.day)
                        return nil
                    } catch { return EntraideError(any: error).code }
                }
            }
            return await group.reduce(into: [ErrorCode?]()) { $0.append($1) }
        }
        #expect(refused.filter { $0 == nil }.count == 1)
        #expect(refused.compactMap(\.self).allSatisfy { $0 == .codeRefused })
    }

    @Test("Who says no is left aside or erased by the same letter, and who says yes later is back")
    func no() async throws {
        let core = try await world()
        #expect(try await core.communities.pause(.code(try await code(core, "a"), named: nil)) == "a")
        #expect(try await core.communities.profile("a").profile.community.status == .paused)
        #expect(await confirm(core, try await code(core, "a")) == nil)
        #expect(try await core.communities.profile("a").profile.community.status == .active)
        try await core.communities.erase(.code(try await code(core, "b"), named: nil))
        #expect(await refusal { try await core.communities.profile("b") }?.code == .unknownCommunity)
        #expect(try await core.column("SELECT count(*)::text AS x FROM one_time_codes") == ["2"])
    }

    @Test("All that are unconfirmed are invited page by page; who holds a letter that works keeps it")
    func all() async throws {
        let core = try await world()
        let held = try await code(core, "a")
        var invited: [String] = []
        while true {
            let page = try await core.communities.inviteUnconfirmed(
                after: invited.last, limit: 1, expiry: .days(9))
            guard let last = page.last else { break }
            invited.append(last.record.community)
        }
        #expect(invited == ["b"])
        #expect(try await core.communities.inviteUnconfirmed(expiry: .usual).isEmpty)
        var filter = CommunityFilter()
        filter.isUnanswered = true
        #expect(try await core.communities.list(filter, for: .coordinator).map(\.community) == ["a", "b"])
        #expect(await confirm(core, held) == nil)
        #expect(try await core.communities.list(filter, for: .coordinator).map(\.community) == ["b"])
        for expiry in [
            CodeExpiry.through("2020-01-01"), .through("2099-01-01"), .days(CodeExpiry.longest + 1),
        ] {
            #expect(
                await refusal { try await core.communities.invite("a", expiry: expiry) }?.code == .outOfRange)
        }
        #expect(
            await refusal { try await core.communities.invite("nobody", expiry: .usual) }?.code
                == .unknownCommunity)
    }
}
