import ArgumentParser
import EntraideCore
import Foundation
import Lines

/// What an import of a table takes beside the file.
struct TableOptions: ParsableArguments {
    @Option(
        name: .customLong("save-map"),
        help: ArgumentHelp(
            fr: "Garder dans ce fichier à quoi sert chaque colonne, pour --map.",
            en: "Keep in this file what each column serves for, for --map."))
    var saveMap: String?

    @Option(
        help: ArgumentHelp(
            fr:
                "Écrire dans ce fichier les lignes refusées, avec leurs raisons ; pour --from form, un dossier.",
            en: "Write refused rows to this file, with their reasons; for --from form, a folder."))
    var rejects: String?

    @Option(
        help: ArgumentHelp(
            fr: "Encodage du fichier, au lieu de le deviner : \(TextEncoding.names).",
            en: "Encoding of the file, instead of guessing: \(TextEncoding.names)."))
    var encoding: String?

    @Option(
        help: ArgumentHelp(
            fr: "Nom donné aux identifiants du fichier, pour ne pas les mêler à ceux d’un autre ; sinon csv.",
            en: "Name given to the file's identifiers, so that they do not mix with another's; csv otherwise."
        ))
    var source: String?

    /// - Parameter map: what `--map` was given.
    func options(map: [String]) throws -> TableImportOptions {
        var options = TableImportOptions()
        options.language = .current
        options.rejects = rejects
        options.encoding = try encoding.map { name in
            guard let encoding = TextEncoding(name: name) else {
                throw EntraideError(
                    .badOption,
                    ["option": "--encoding", "value": excerpt(of: name), "expected": TextEncoding.names])
            }
            return encoding
        }
        options.source = try source.map { try FieldCheck.slug($0, field: "--source") }
        for word in map {
            if !word.contains("=") || FileManager.default.fileExists(atPath: word) {
                options.map.pairs += try ColumnMap(csv: try InputFile.read(word), file: InputFile.name(word))
                    .pairs
                options.isMapWhole = true
            } else {
                options.map.pairs += try ColumnMap(pair: word).pairs
            }
        }
        return options
    }

    /// Writes the map that was used.
    func save(_ map: ColumnMap) throws {
        guard let saveMap else { return }
        do {
            try Data(map.csv.utf8).write(to: URL(filePath: saveMap))
        } catch {
            throw EntraideError(.outputNotWritten, ["what": escapingControls(saveMap)])
        }
    }

    /// What says which files were written; nil when none was.
    ///
    /// - Parameters:
    ///   - hasRejects: whether there was something to write to `--rejects`.
    ///   - hasMap: whether there was something to write to `--save-map`.
    func kept(rejects hasRejects: Bool, map hasMap: Bool) -> String? {
        var said: [String] = []
        if hasRejects, let path = rejects.map(escapingControls) {
            said.append(say(fr: "à corriger et relire : \(path)", en: "to be mended and read again: \(path)"))
        }
        if hasMap, let path = saveMap.map(escapingControls) {
            said.append(say(fr: "colonnes gardées : \(path)", en: "columns kept: \(path)"))
        }
        return said.isEmpty ? nil : said.joined(separator: say(fr: " ; ", en: "; "))
    }

    /// Refuses to write over what is read.
    func spare(_ file: String) throws {
        func number(_ path: String) -> [UInt64]? {
            guard
                let found = try? FileManager.default.attributesOfItem(
                    atPath: URL(filePath: path).resolvingSymlinksInPath().path),
                let volume = found[.systemNumber] as? NSNumber,
                let node = found[.systemFileNumber] as? NSNumber
            else { return nil }
            return [volume.uint64Value, node.uint64Value]
        }
        guard let read = number(file) else { return }
        for (option, path) in [("--rejects", rejects), ("--save-map", saveMap)]
        where path.flatMap(number) == read {
            throw EntraideError(
                .badOption,
                [
                    "option": option, "value": excerpt(of: path ?? ""),
                    "expected": say(
                        fr: "un autre fichier que celui qui est lu",
                        en: "another file than the one that is read"),
                ])
        }
    }

    /// Whether none was given.
    var isEmpty: Bool { [saveMap, rejects, encoding, source].allSatisfy { $0 == nil } }

    /// Refuses what only tables take.
    ///
    /// - Parameter rejects: whether what is refused may be kept all the same.
    func refuse(butRejects keepsRejects: Bool = false) throws {
        for (option, value) in [
            ("--save-map", saveMap), ("--rejects", keepsRejects ? nil : rejects), ("--encoding", encoding),
            ("--source", source),
        ] {
            if let value {
                throw EntraideError(
                    .badOption,
                    ["option": option, "value": excerpt(of: value), "expected": "--from auto|csv|fablabs"])
            }
        }
    }
}

extension TextEncoding {
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
