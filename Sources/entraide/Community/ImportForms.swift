import ArgumentParser
import EntraideCore
import Foundation
import Lines

// Reading the answers to the form.
extension CommunityImport {
    /// The answers that were named: one, or those of a folder.
    func forms(_ input: InputSource) throws -> [FormFile] {
        var isFolder: ObjCBool = false
        if file != "-", FileManager.default.fileExists(atPath: file, isDirectory: &isFolder),
            isFolder.boolValue
        {
            return try FormFile.all(in: file, named: InputFile.name(file))
        }
        guard file == "-" || FileManager.default.fileExists(atPath: file) else {
            throw EntraideError(.noSuchFile, ["file": InputFile.name(file)])
        }
        return [FormFile(input, path: file == "-" ? nil : file)]
    }

    func importForms(_ forms: [FormFile], _ attestation: Attestation) async throws {
        try table.refuse(butRejects: true)
        let only = Confinement.current.community(global)
        // What comes by mail was answered question by question: a no counts, whoever hands it in.
        let channel: Attestation =
            only != nil
            ? .itself : attestation.onBehalf ? attestation.asked : Attestation.onBehalf(through: .mail).asked
        let report = try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun).importForms(
                forms, named: InputFile.name(file), by: channel, on: today(), only: only,
                proposing: isProposing, meaning: map)
        }
        try keep(report.rejected)
        for (place, words, meaning) in report.understood {
            let shown = escapingControls(words)
            Terminal.error(
                entraide.say(
                    fr: "\(place) : « \(shown) » compris comme \(meaning)",
                    en: "\(place): '\(shown)' read as \(meaning)"))
        }
        if !report.confirmed.isEmpty {
            let slugs = report.confirmed.joined(separator: ", ")
            Terminal.error(
                entraide.say(fr: "communautés confirmées : \(slugs)", en: "communities confirmed: \(slugs)"))
        }
        if !report.withoutConsent.isEmpty {
            let slugs = report.withoutConsent.joined(separator: ", ")
            Terminal.error(
                entraide.say(
                    fr: "sans accord pour participer, hors des sessions : \(slugs)",
                    en: "without consent to take part, outside rounds: \(slugs)"))
        }
        if report.problems.contains(where: { $0.code == .unknownSkill }) {
            Terminal.error(
                entraide.say(
                    fr: "pour dire ce que veulent dire des mots : --map \"mots=compétence\"",
                    en: "to say what words mean: --map \"words=skill\""))
        }
        try say(report.figures, problems: report.problems)
    }

    /// Puts the answers that did not come in into the folder of `--rejects`: the text that was read of a mail, to be mended
    /// there and imported again, and anything else as it is.
    private func keep(_ rejected: [(path: String, text: String?)]) throws {
        guard let folder = table.rejects, !rejected.isEmpty else { return }
        let files = FileManager.default
        do {
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for (path, text) in rejected {
                let place = URL(filePath: folder).appending(path: URL(filePath: path).lastPathComponent)
                if let text {
                    try Data(text.utf8).write(to: place.appendingPathExtension("txt"))
                } else if let content = files.contents(atPath: path) {
                    try content.write(to: place)
                }
            }
        } catch {
            throw EntraideError(.outputNotWritten, ["what": escapingControls(folder)])
        }
    }
}
