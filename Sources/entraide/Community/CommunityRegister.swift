import ArgumentParser
import EntraideCore

struct CommunityRegister: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "register", fr: "Inscrit une communauté, par des options ou un fichier.",
            en: "Registers a community, by options or a file.",
            discussion: Bilingual(
                fr: """
                    entraide community register fablab-des-dunes --name "Fablab des Dunes" --kind fablab \\
                      --territory 59183 --offer decoupe-laser:3:2 --need comptabilite-associative:2:3 --consent matching publication
                    entraide community register --file profil.yaml
                    """,
                en: """
                    entraide community register fablab-des-dunes --name "Fablab des Dunes" --kind fablab \\
                      --territory 59183 --offer decoupe-laser:3:2 --need comptabilite-associative:2:3 --consent matching publication
                    entraide community register --file profile.yaml
                    """))
    }

    @Argument(
        help: ArgumentHelp(
            fr: "Identifiant choisi : minuscules, chiffres, tirets.",
            en: "Identifier chosen: lower case, digits, hyphens."))
    var community: String?

    @Option(
        help: ArgumentHelp(
            fr: "Fichier de profils, YAML ou ndjson ; - pour l’entrée standard.",
            en: "File of profiles, YAML or ndjson; - for standard input."))
    var file: String?

    @OptionGroup(title: say(fr: "Profil", en: "Profile")) var profile: ProfileOptions
    @OptionGroup var attesting: AttestationOptions
    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let attestation = try attesting.attestation
        try await global.onDatabase { database in
            let communities = Communities(database, dryRun: writing.dryRun)
            let profiles = try await read(with: try await communities.vocabulary())
            let records = try await communities.register(profiles, by: attestation, on: today())
            global.printer.list(records)
            writing.remind()
            records.forEach(Position.remind)
            for profile in profiles where !attestation.onBehalf && !profile.consents(to: .matching) {
                Terminal.error(Consent.reminder(profile.community.slug))
            }
        }
    }

    private func read(with vocabulary: Vocabulary) async throws -> [Profile] {
        if let file {
            guard community == nil else {
                throw EntraideError(
                    .badOption,
                    ["option": "--file", "value": InputFile.name(file), "expected": "--file | SLUG"])
            }
            return try ProfileReading(vocabulary: vocabulary, file: InputFile.name(file))
                .profiles(try InputFile.read(file))
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
