import ArgumentParser
import EntraideCore

struct CommunityConfirm: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "confirm",
            fr:
                "La communauté confirme son profil : elle participe, ses offres suggérées deviennent promises.",
            en: "The community confirms its profile: it takes part, and suggested offers become promises.",
            discussion: Bilingual(
                fr: """
                    C’est à elle de le dire : par le code de sa lettre (--code), ou par sa clé. Ce qu’elle a dit de vive voix ou \
                    par écrit se note pour elle :

                    entraide community confirm atelier-du-fanal --on-behalf --channel phone
                    """,
                en: """
                    It is for the community to say so: by the code of its letter (--code), or by its key. What it said by word \
                    or in writing is noted for it:

                    entraide community confirm atelier-du-fanal --on-behalf --channel phone
                    """))
    }

    @OptionGroup var one: CommunityOrCode

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            fr: "Ce à quoi elle consent : \(Purpose.codes). Avec --code, matching va de soi.",
            en: "What it consents to: \(Purpose.codes). With --code, matching goes without saying."))
    var consent: [String] = []

    @OptionGroup var attesting: AttestationOptions
    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let attestation = try attesting.attestation
        let consents = try FieldCheck.codes(consent, field: "--consent", as: Purpose.self)
        let addressee = try one.addressee("confirm")
        let (community, takesPart) = try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun)
                .confirm(addressee, by: attestation, consents: consents, on: today())
        }
        if !takesPart {
            Terminal.error(Consent.reminder(community))
        } else if writing.dryRun {
            Terminal.error(
                say(
                    fr: "\(community) serait confirmée et participerait aux sessions d’entraide.",
                    en: "\(community) would be confirmed and take part in rounds."))
        } else {
            Terminal.error(
                say(
                    fr: "\(community) est confirmée et participe aux sessions d’entraide.",
                    en: "\(community) is confirmed and takes part in rounds."))
        }
        writing.remind()
    }
}
