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
                isVouched: attestation.onBehalf, proposing: isProposing, meaning: map)
        }
        try keep(report.rejected)
        for (place, words, meaning) in report.understood {
            let shown = escapingControls(words)
            Terminal.error(
                entraide.say(
                    fr: "\(place) : « \(shown) » compris comme \(meaning)",
                    en: "\(place): '\(shown)' read as \(meaning)"))
        }
        for (place, what) in report.assumed {
            Terminal.error(entraide.say(fr: "\(place) : \(what.fr)", en: "\(place): \(what.en)"))
        }
        for one in report.superseded { tell(one) }
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
        try say(
            report.figures, problems: report.problems,
            ImportEnding(
                file: InputFile.name(file), refused: report.figures.refused.map(\.error), areAnswers: true,
                superseded: report.superseded.count,
                kept: table.kept(rejects: !report.rejected.isEmpty, map: false)))
    }

    /// An answer that another of its community replaces.
    private func tell(_ one: SupersededForm) {
        Terminal.error(
            one.isByDate
                ? entraide.say(
                    fr: "\(one.file) : remplacée par \(one.by), plus récente d’après sa date",
                    en: "\(one.file): superseded by \(one.by), later by its date")
                : entraide.say(
                    fr:
                        "\(one.file) : remplacée par \(one.by), dernière par ordre de nom de fichier (dates égales ou absentes)",
                    en:
                        "\(one.file): superseded by \(one.by), last in the order of file names (dates equal or missing)"
                ))
    }

    /// Puts the answers that did not come in into the folder of `--rejects`: the text that was read of a mail, to be mended
    /// there and imported again, and anything else as it is.
    private func keep(_ rejected: [RejectedForm]) throws {
        guard let folder = table.rejects, !rejected.isEmpty else { return }
        let kept = RejectsFolder(path: folder)
        do {
            try kept.make()
            for one in rejected {
                let number = one.number.map { "-\($0)" } ?? ""
                let name = URL(filePath: one.path).lastPathComponent + number
                if let text = one.text {
                    try kept.write(Data(text.utf8), named: name + ".txt")
                } else if let content = FileManager.default.contents(atPath: one.path) {
                    try kept.write(content, named: name)
                }
            }
        } catch {
            throw EntraideError(.outputNotWritten, ["what": escapingControls(folder)])
        }
    }
}
