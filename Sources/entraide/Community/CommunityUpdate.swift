import ArgumentParser
import EntraideCore
import Lines

struct CommunityUpdate: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "update",
            fr: "Modifie une communauté : ce qui est donné remplace ce qui était, le reste demeure.",
            en: "Changes a community: what is given replaces what was, the rest stays.",
            discussion: Bilingual(
                fr: """
                    Un accord se retire comme il se donne, avec effet immédiat : --consent publication, --withdraw publication. \
                    Retiré pour elle, --on-behalf --channel dit par où elle l’a demandé, sans lui prêter d’autre accord. Donné ou \
                    retiré sans dire par où, il est noté par la coordination, et non comme la parole de la communauté.
                    """,
                en: """
                    A consent is withdrawn as it is given, with effect at once: --consent publication, --withdraw publication. \
                    Withdrawn for it, --on-behalf --channel says how it asked, and lends it no other consent. Given or withdrawn \
                    without saying how, it is noted by the coordinator, and not as the community's own word.
                    """))
    }

    @OptionGroup var one: CommunityArgument

    @Option(
        help: ArgumentHelp(
            fr: "Profil entier, YAML ou ndjson, 256 Kio au plus ; - pour l’entrée standard.",
            en: "Whole profile, YAML or ndjson, 256 KiB at most; - for standard input."))
    var file: String?

    @OptionGroup(title: say(fr: "Profil", en: "Profile")) var profile: ProfileOptions
    @OptionGroup var attesting: AttestationOptions
    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let word = try attesting.attestation
        let asked = profile.withdraw.isEmpty ? word : word.asked
        // A key proves who sends the file.
        let isFile = file != nil && Confinement.current.community(global) == nil
        let attestation = isFile ? asked.ofFile : asked
        let options = profile
        let bytes = try file.map { try InputFile.read($0, most: ProfileLimits.bytes) }
        let (whole, outcome, consents, record) = try await global.onDatabase { database in
            let communities = Communities(database, dryRun: writing.dryRun)
            let vocabulary = try await communities.vocabulary()
            let whole = try bytes.map { try wholeProfile($0, vocabulary) }
            let (outcome, consents, record) = try await communities.update(one.community, by: attestation) {
                standing in
                if let whole { standing = whole.replacing(standing) }
                try options.apply(to: &standing, vocabulary: vocabulary)
            }
            return (whole, outcome, consents, record)
        }
        if outcome == .unchanged { Terminal.error(say(fr: "Rien à changer.", en: "Nothing to change.")) }
        for change in consents { Terminal.error(Consent.line(change)) }
        global.printer.one(record)
        writing.remind()
        PastTermsText.tell(whole?.past(on: today()) ?? [])
        Position.remind(record)
    }

    private func wholeProfile(_ bytes: [UInt8], _ vocabulary: Vocabulary) throws -> Profile {
        let name = InputFile.name(file ?? "-")
        let profiles = try ProfileReading(vocabulary: vocabulary, file: name).profiles(bytes)
        guard profiles.count == 1, let whole = profiles.first,
            whole.community.slug == one.community
        else {
            throw EntraideError(
                .badOption,
                ["option": "--file", "value": name, "expected": "community: \(excerpt(of: one.community))"])
        }
        return whole
    }
}
