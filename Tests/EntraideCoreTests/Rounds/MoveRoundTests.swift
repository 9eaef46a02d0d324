import EntraideCore
import Lines
import Matching
import Postgres
import PostgresTestSupport
import Testing

@Suite("The states of a round", .core)
struct MoveRoundTests {
    enum Step: String, CaseIterable, Sendable {
        case open, run, publish, withdraw, cancel

        /// From where it leads, and where to.
        var ways: [RoundStatus: RoundStatus] {
            switch self {
            case .open: [.draft: .open]
            case .run: [.open: .proposed, .proposed: .proposed]
            case .publish: [.proposed: .published]
            case .withdraw: [.published: .proposed]
            case .cancel:
                [.draft: .cancelled, .open: .cancelled, .proposed: .cancelled, .published: .cancelled]
            }
        }
    }

    private func perform(_ step: Step, on rounds: Rounds) async throws {
        switch step {
        case .open: try await rounds.open("r")
        case .run: _ = try await rounds.run("r", on: Core.day)
        case .publish: try await rounds.publish("r")
        case .withdraw: try await rounds.withdraw("r")
        case .cancel: try await rounds.cancel("r")
        }
    }

    /// A round `r` in `state`, over a world with one match to make.
    private func bring(_ core: Core, to state: RoundStatus) async throws {
        try await core.register(line("a", needs: ["video"]), line("b", offers: ["video"]))
        try await core.rounds.create("r", title: "R")
        let path: [Step] =
            switch state {
            case .draft: []
            case .open: [.open]
            case .proposed: [.open, .run]
            case .published, .closed: [.open, .run, .publish]
            case .cancelled: [.open, .run, .cancel]
            }
        for step in path { try await perform(step, on: core.rounds) }
        // Closing comes with matches that are answered.
        if state == .closed {
            try await core.pool.execute("UPDATE rounds SET status = 'closed' WHERE slug = 'r'")
        }
    }

    @Test(
        "Every command from every state does what the states say, or is refused and writes nothing",
        arguments: RoundStatus.allCases)
    func table(state: RoundStatus) async throws {
        let core = try Core()
        try await bring(core, to: state)
        for step in Step.allCases {
            let before = try await core.rounds.show("r", for: .coordinator)
            let all = try await core.snapshot()
            if step.ways[state] != nil {
                // What is allowed is rehearsed, so that the next is tried from the same state.
                try await perform(step, on: Rounds(core.database, dryRun: true))
                #expect(try await core.snapshot() == all)
                continue
            }
            let error = await refusal { try await perform(step, on: core.rounds) }
            #expect(error?.code == .wrongState, "\(step) from \(state)")
            #expect(error?.code.exitStatus == 73)
            #expect(error?.values["state"] == state.rawValue && error?.values["round"] == "r")
            let expected = RoundStatus.allCases.filter { step.ways[$0] != nil }.map(\.rawValue).sorted()
            #expect(error?.values["expected"]?.split(separator: ", ").map(String.init).sorted() == expected)
            #expect(try await core.snapshot() == all)
            #expect(try await core.rounds.show("r", for: .coordinator) == before)
        }
    }

    @Test(
        "Each allowed command leads where it says, and counts one epoch",
        arguments: Step.allCases.flatMap { step in
            RoundStatus.allCases.filter { step.ways[$0] != nil }.map { (step, $0) }
        })
    func leads(step: Step, from state: RoundStatus) async throws {
        let core = try Core()
        try await bring(core, to: state)
        let before = try await core.rounds.show("r", for: .coordinator)
        #expect(before.status == state)
        try await perform(step, on: core.rounds)
        let after = try await core.rounds.show("r", for: .coordinator)
        #expect(after.status == step.ways[state])
        #expect(after.epoch == before.epoch + 1)
        #expect(
            (after.publishedAt != nil)
                == (after.status == .published || (state == .published && step == .cancel)))
        if step == .withdraw { #expect(after.result == before.result) }
    }

    @Test("A round is created once, by a slug and a title that are ones")
    func create() async throws {
        let core = try Core()
        try await core.rounds.create("r", title: "R")
        let before = try await core.snapshot()
        #expect(
            await refusal { try await core.rounds.create("r", title: "R") }
                == EntraideError(.duplicateRound, ["round": "r"]))
        #expect(await refusal { try await core.rounds.create("R r", title: "R") }?.code == .badSlug)
        #expect(await refusal { try await core.rounds.create("s", title: "-") }?.code == .badText)
        #expect(
            await refusal { try await core.rounds.create("s", title: String(repeating: "x", count: 201)) }?
                .code == .tooLong)
        try await Rounds(core.database, dryRun: true).create("s", title: "S")
        #expect(try await core.snapshot() == before)
        for step in Step.allCases {
            try await core.pool.execute("DELETE FROM rounds")
            #expect(
                await refusal { try await perform(step, on: core.rounds) }
                    == EntraideError(.unknownRound, ["round": "r"]))
        }
    }

    @Test(
        "Two coordinators who act at once: one moves the round, the others change nothing",
        arguments: [Step.publish, .cancel, .open])
    func race(step: Step) async throws {
        let core = try Core()
        try await bring(core, to: step == .publish ? .proposed : .draft)
        let epoch = try await core.rounds.show("r", for: .coordinator).epoch
        let codes = await withTaskGroup(of: ErrorCode?.self) { group in
            for _ in 0..<4 {
                group.addTask { await refusal { try await perform(step, on: core.rounds) }?.code }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.filter { $0 == nil }.count == 1)
        #expect(codes.compactMap { $0 }.allSatisfy { $0 == .wrongState || $0 == .roundMoved })
        #expect(try await core.rounds.show("r", for: .coordinator).epoch == epoch + 1)
    }

    @Test(
        "A round that moved while another held it is left alone, whatever was computed",
        arguments: [Step.run, .publish])
    func stale(step: Step) async throws {
        let core = try Core()
        try await bring(core, to: step == .run ? .open : .proposed)
        let before = try await core.snapshot()
        let code = try await core.pool.withConnection { holder in
            try await holder.execute("BEGIN")
            try await holder.execute("UPDATE rounds SET epoch = epoch + 1")
            async let late = refusal { try await perform(step, on: core.rounds) }?.code
            // The other has read the round and waits for the row that this transaction holds.
            var waiting = false
            while !waiting {
                waiting =
                    try await holder.query(
                        """
                        SELECT count(*) > 0 AS x FROM pg_locks
                        WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
                        """
                    ).first?.get("x") ?? false
            }
            try await holder.execute("COMMIT")
            return await late
        }
        #expect(code == .roundMoved)
        #expect(ErrorCode.roundMoved.exitStatus == 73)
        var after = try await core.snapshot()
        after["rounds"] = before["rounds"]
        #expect(after == before)
    }
}
