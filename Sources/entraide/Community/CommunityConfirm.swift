import ArgumentParser
import EntraideCore

struct CommunityConfirm: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "confirm",
            fr:
                "La communauté confirme son profil : elle participe, ses offres suggérées deviennent promises.",
            en: "The community confirms its profile: it takes part, and suggested offers become promises.")
    }

    @OptionGroup var one: CommunityArgument

    @OptionGroup var attesting: AttestationOptions
    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let attestation = try attesting.attestation
        let takesPart = try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun)
                .confirm(one.community, by: attestation, on: today())
        }
        if !takesPart {
            Terminal.error(Consent.reminder(one.community))
        } else if !writing.dryRun {
            Terminal.error(
                say(
                    fr: "\(one.community) est confirmée et participe aux sessions d’entraide.",
                    en: "\(one.community) is confirmed and takes part in rounds."))
        }
        writing.remind()
    }
}
