import ArgumentParser
import EntraideCore

struct CommunityRegister: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "register", fr: "Inscrit une communauté, par des questions, des options ou un fichier.",
            en: "Registers a community, by questions, options or a file.",
            discussion: Bilingual(
                fr: """
                    Sans rien, sur un terminal : quelques questions, l’une après l’autre.

                    entraide community register
                    entraide community register fablab-des-dunes --kind fablab \\
                      --name "Fablab des Dunes" --territory 59183 \\
                      --offer decoupe-laser:3:2 --need comptabilite-associative:2:3 \\
                      --consent matching publication
                    entraide community register --file profil.yaml

                    Un accord donné sans dire par où (--on-behalf --channel) est noté par la coordination.
                    """,
                en: """
                    With nothing, on a terminal: a few questions, one at a time.

                    entraide community register
                    entraide community register fablab-des-dunes --kind fablab \\
                      --name "Fablab des Dunes" --territory 59183 \\
                      --offer decoupe-laser:3:2 --need comptabilite-associative:2:3 \\
                      --consent matching publication
                    entraide community register --file profile.yaml

                    A consent given without saying how (--on-behalf --channel) is noted by the coordinator.
                    """))
    }

    @Argument(
        help: ArgumentHelp(
            fr: "Identifiant choisi : minuscules, chiffres, tirets.",
            en: "Identifier chosen: lower case, digits, hyphens."))
    var community: String?

    @Option(
        help: ArgumentHelp(
            fr: "Fichier de profils, YAML ou ndjson, 256 Kio au plus chacun ; - pour l’entrée standard.",
            en: "File of profiles, YAML or ndjson, 256 KiB at most each; - for standard input."))
    var file: String?

    @OptionGroup(title: say(fr: "Profil", en: "Profile")) var profile: ProfileOptions
    @OptionGroup var attesting: AttestationOptions
    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        var attestation = try attesting.attestation
        let isInterview = community == nil && file == nil && profile.isEmpty && Interviewer.canAsk
        if isInterview { attestation = attestation.asked }
        if file != nil { attestation = attestation.ofFile }
        let day = today()
        if let file, community != nil {
            throw EntraideError(
                .badOption,
                ["option": "--file", "value": InputFile.name(file), "expected": "--file | SLUG"])
        }
        let bytes = try file.map { try InputFile.read($0) }
        let (profiles, records) = try await global.onDatabase { [attestation] database in
            let communities = Communities(database, dryRun: writing.dryRun)
            let vocabulary = try await communities.vocabulary()
            let profiles =
                isInterview
                ? [try await Interviewer(database, vocabulary, color: !global.noColor).profile()]
                : try read(bytes, with: vocabulary)
            return (profiles, try await communities.register(profiles, by: attestation, on: day))
        }
        global.printer.list(records)
        writing.remind()
        PastTermsText.tell(profiles.flatMap { $0.past(on: day) })
        records.forEach(Position.remind)
        for profile in profiles where !attestation.onBehalf && !profile.consents(to: .matching) {
            Terminal.error(Consent.reminder(profile.community.slug))
        }
    }

    /// - Parameter bytes: those of the file, if one was given.
    private func read(_ bytes: [UInt8]?, with vocabulary: Vocabulary) throws -> [Profile] {
        if let file, let bytes {
            return try ProfileReading(vocabulary: vocabulary, file: InputFile.name(file))
                .profiles(bytes)
        }
        guard let community else { throw EntraideError(.notATerminal) }
        guard let name = profile.name else {
            throw EntraideError(.missingField, ["name": "--name"])
        }
        guard let kind = profile.kind else {
            throw EntraideError(.missingField, ["name": "--kind"])
        }
        var one = Profile(
            community: Community(
                slug: try FieldCheck.slug(community, field: "SLUG"), name: name,
                kind: try FieldCheck.code(kind, field: "--kind")))
        try profile.apply(to: &one, vocabulary: vocabulary)
        return [one.canonical]
    }
}
