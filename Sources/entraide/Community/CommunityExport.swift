import ArgumentParser
import EntraideCore
import Foundation
import Lines

extension ExportFormat: ExpressibleByArgument {}

struct CommunityExport: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "export", fr: "Tout ce qui est gardé sur une communauté, ou des communautés pour ailleurs.",
            en: "All that is held on a community, or communities for elsewhere.",
            discussion: Bilingual(
                fr: """
                    export COMMUNAUTÉ : une ligne de JSON par chose gardée, pour la communauté elle-même : profil avec contact, \
                    accords avec leur date, provenance, réseaux, mises en relation, lignes figées des sessions, et qui a changé \
                    ou exporté quoi. Avec la clé de la communauté, des sessions publiées seulement : des autres, combien de lignes \
                    elles gardent sur elle, que la coordination lui donne si elle les demande.
                    export --to FORME [FICHIER] : les communautés montrées à tous ; avec --network, celles d’un réseau montrées à \
                    ses partenaires ; avec --all, toutes. entraide, csv et excel-fr se relisent par community import ; mednum, \
                    murmurations et offers-wants, faits pour être publiés, ne portent que des communautés publiques et aucun \
                    contact. Ce qui ne sort pas est compté, avec la raison. Un fichier qui existe n’est remplacé qu’avec --force.
                    L’export est noté, sans son contenu.
                    """,
                en: """
                    export COMMUNITY: a line of JSON for each thing held, for the community itself: profile with contact, consents \
                    with their dates, where it came from, networks, matches, frozen lines of rounds, and who changed or exported \
                    what. By the community's key, of published rounds alone: of the others, how many lines they hold on it, which \
                    the coordinator gives it on request.
                    export --to FORM [FILE]: the communities shown to anyone; with --network, those of a network shown to its \
                    partners; with --all, all of them. entraide, csv and excel-fr are read back by community import; mednum, \
                    murmurations and offers-wants, made to be published, carry public communities alone and no contact. What \
                    does not go out is counted, with the reason. A file that exists is replaced only with --force.
                    The export is noted, without its content.
                    """))
    }

    @Argument(
        help: ArgumentHelp(
            fr: "La communauté ; avec --to, le fichier à écrire, - ou rien pour la sortie standard.",
            en: "The community; with --to, the file to write, - or nothing for standard output."))
    var subject: String?

    @Option(help: ArgumentHelp(fr: "Sous quelle forme.", en: "In which form."))
    var to: ExportFormat?

    @Option(help: ArgumentHelp(fr: "Celles de ce réseau.", en: "Those of this network."))
    var network: String?

    @Flag(
        help: ArgumentHelp(
            fr: "Toutes, même privées ou sans accord de publication : pour soi.",
            en: "All, even private or without consent to publication: for oneself."))
    var all = false

    @Flag(
        help: ArgumentHelp(
            fr: "Avec le contact de celles qui acceptent d’être contactées.",
            en: "With the contact of those that agreed to be contacted."))
    var contacts = false

    @Option(
        help: ArgumentHelp(
            fr: "Pour mednum : csv aux colonnes community, address et, au besoin, postcode.",
            en: "For mednum: csv with the columns community, address and, where needed, postcode."))
    var addresses: String?

    @Flag(help: ArgumentHelp(fr: "Remplacer le fichier s’il existe.", en: "Replace the file if it exists."))
    var force = false

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        if let to { return try await export(try options(to)) }
        guard let subject, network == nil, !all, !contacts, !force, addresses == nil else {
            let forms = ExportFormat.allCases.map(\.rawValue).joined(separator: "|")
            throw EntraideError(.usage, ["what": "community export SLUG, community export --to \(forms)"])
        }
        let lines = try await global.onDatabase { database in
            try await Communities(database).held(on: subject)
        }
        for line in lines { Terminal.out(line + "\n") }
    }

    private func options(_ format: ExportFormat) throws -> ExportOptions {
        var options = ExportOptions(format)
        if let network {
            if all {
                throw EntraideError(
                    .badOption, ["option": "--all", "value": "--network", "expected": "--all, --network"])
            }
            options.scope = .network(network)
        } else if all {
            options.scope = .all
        }
        options.hasContacts = contacts
        if let addresses {
            guard format == .mednum else {
                throw EntraideError(
                    .badOption,
                    ["option": "--addresses", "value": format.rawValue, "expected": "--to mednum"])
            }
            options.addresses = try AddressBook(
                csv: try InputFile.read(addresses), file: InputFile.name(addresses))
        }
        return options
    }

    private func export(_ options: ExportOptions) async throws {
        let report: ExportReport
        if let subject, subject != "-" {
            try await refuseCommunity(subject)
            let file = try WholeFile(subject, replacing: force)
            do {
                report = try await global.onDatabase { database in
                    try await Communities(database).export(options) { try file.write($0) }
                }
                try file.finish()
            } catch {
                file.discard()
                throw error
            }
        } else {
            report = try await global.onDatabase { database in
                try await Communities(database).export(options) { Terminal.out($0) }
            }
        }
        let file = subject == "-" ? nil : subject.map(escapingControls)
        Terminal.error(
            say(fr: "exportées : \(report.written)", en: "exported: \(report.written)")
                + (file.map { say(fr: ", dans \($0)", en: ", in \($0)") } ?? ""))
        for reason in KeptBack.allCases {
            guard let count = report.keptBack[reason] else { continue }
            Terminal.error(
                say(
                    fr: "laissées de côté : \(count), \(reason.sentence.fr) [\(reason.rawValue)]",
                    en: "left out: \(count), \(reason.sentence.en) [\(reason.rawValue)]"))
        }
    }
}

extension CommunityExport {
    /// Refuses a file whose name is that of a community: whoever types it wants that community. `./` before it makes it a file.
    private func refuseCommunity(_ file: String) async throws {
        guard Slug.isValid(file) else { return }
        do {
            _ = try await global.onDatabase { database in
                try await Communities(database).show(file, for: .coordinator)
            }
        } catch let error as EntraideError where error.code == .unknownCommunity {
            return
        }
        throw EntraideError(.usage, ["community": file])
    }
}

/// A file that appears whole or not at all, readable by its owner alone.
private final class WholeFile {
    private let path: String
    private let isReplacing: Bool
    private let handle: FileHandle

    private var partial: String { path + ".part" }

    /// - Parameter isReplacing: whether a file that stands there may go.
    init(_ path: String, replacing isReplacing: Bool) throws {
        self.path = path
        self.isReplacing = isReplacing
        try Self.spare(path, isReplacing)
        let partial = path + ".part"
        guard
            FileManager.default.createFile(
                atPath: partial, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: partial)
        else {
            throw EntraideError(.outputNotWritten, ["what": escapingControls(path)])
        }
        self.handle = handle
    }

    func write(_ text: String) throws {
        do {
            try handle.write(contentsOf: Data(text.utf8))
        } catch {
            throw EntraideError(.outputNotWritten, ["what": escapingControls(path)])
        }
    }

    func finish() throws {
        do {
            try handle.close()
        } catch {
            throw EntraideError(.outputNotWritten, ["what": escapingControls(path)])
        }
        // Somebody may have put one there meanwhile.
        try Self.spare(path, isReplacing)
        guard rename(partial, path) == 0 else {
            throw EntraideError(.outputNotWritten, ["what": escapingControls(path)])
        }
    }

    private static func spare(_ path: String, _ isReplacing: Bool) throws {
        guard !isReplacing, (try? FileManager.default.attributesOfItem(atPath: path)) != nil else { return }
        throw EntraideError(.badOption, ["file": escapingControls(path)])
    }

    func discard() {
        try? handle.close()
        unlink(partial)
    }
}

extension KeptBack {
    fileprivate var sentence: Bilingual {
        switch self {
        case .notShown: Bilingual(fr: "pas montrées à ce public", en: "not shown to these readers")
        case .notActive: Bilingual(fr: "à confirmer ou en pause", en: "unconfirmed or paused")
        case .noService:
            Bilingual(fr: "sans service de ce format", en: "without a service of this format")
        case .noSIRET: Bilingual(fr: "sans SIRET", en: "without a SIRET")
        case .noCommune: Bilingual(fr: "sans commune connue", en: "without a known commune")
        case .noAddress:
            Bilingual(fr: "sans adresse (voir --addresses)", en: "without an address (see --addresses)")
        case .noPostcode:
            Bilingual(fr: "sans code postal certain", en: "without a postcode that is sure")
        case .noDate: Bilingual(fr: "jamais confirmées", en: "never confirmed")
        case .notALine:
            Bilingual(fr: "dont une valeur ne tient pas sur une ligne", en: "with a value that no line holds")
        }
    }
}
