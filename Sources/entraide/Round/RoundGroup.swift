import ArgumentParser
import EntraideCore

struct RoundGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "round", fr: "Les sessions d’entraide : ouvrir, calculer, relire, publier.",
            en: "Rounds: open, run, review, publish.",
            [
                RoundCreate.self, RoundOpen.self, RoundParticipants.self, RoundRun.self, RoundShow.self,
                RoundList.self, RoundPublish.self, RoundWithdraw.self, RoundCancel.self,
                RoundVerify.self,
            ])
    }
}

/// The argument that every verb on one round takes.
struct RoundArgument: ParsableArguments {
    @Argument(help: ArgumentHelp(fr: "Identifiant de la session.", en: "The round's identifier."))
    var round: String
}

extension RoundArgument {
    /// One change of state, then the round as it leaves it; as it would, in a dry run.
    func move(
        _ writing: WriteOptions, _ global: GlobalOptions, _ change: (Rounds) async throws -> Round
    ) async throws {
        try await global.onDatabase { database in
            let moved = try await change(Rounds(database, dryRun: writing.dryRun))
            global.printer.one(moved.record)
            writing.remind()
            if !writing.dryRun {
                Terminal.error(
                    say(
                        fr: "La session \(round) est à l’état « \(moved.status.label.fr) ».",
                        en: "Round \(round) is in state '\(moved.status.label.en)'."))
            }
        }
    }
}
