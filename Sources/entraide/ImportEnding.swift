import EntraideCore
import Lines

/// How every verb that reads a file ends: refused rows on standard error, figures on standard output, and a status of its
/// own when a row was refused.
struct ImportEnding {
    /// What errors call the file.
    let file: String
    let refused: [EntraideError]
    /// Whether one refused row refuses the file.
    var nothingLoaded = false
    /// Whether answers to the form were read, and no rows.
    var areAnswers = false
    /// How many were neither refused nor taken in, since others replace them.
    var superseded = 0
    /// What says which files were written, if any were.
    var kept: String?

    func tellRefused() {
        for error in refused { Terminal.error("\(error.message(in: .current)) [\(error.code.rawValue)]") }
    }

    /// - Throws: `refused-rows`.
    func finish(_ figures: KeyValuePairs<String, Int>, _ printer: Printer, _ writing: WriteOptions) throws {
        printer.list(
            figures.map { FigureRecord(figure: $0.key, value: "\($0.value)") } + [
                FigureRecord(figure: "refused", value: "\(refused.count)")
            ], labels: areAnswers ? ["read": say(fr: "réponses lues", en: "answers read")] : [:])
        writing.remind()
        if let kept { Terminal.error(kept) }
        guard refused.isEmpty else {
            let read = figures.first { $0.key == "read" || $0.key == "rows" }?.value ?? 0
            var error = EntraideError.refusedRows(
                refused.count, others: read - refused.count - superseded, isRehearsal: writing.dryRun,
                areAnswers: areAnswers, in: file)
            if nothingLoaded { error.values["nothing"] = "" }
            throw error
        }
    }
}
