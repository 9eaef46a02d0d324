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

    func tellRefused() {
        for error in refused { Terminal.error("\(error.message(in: .current)) [\(error.code.rawValue)]") }
    }

    /// - Throws: `refused-rows`.
    func finish(_ figures: KeyValuePairs<String, Int>, _ printer: Printer, _ writing: WriteOptions) throws {
        printer.list(
            figures.map { FigureRecord(figure: $0.key, value: "\($0.value)") } + [
                FigureRecord(figure: "refused", value: "\(refused.count)")
            ])
        writing.remind()
        guard refused.isEmpty else {
            var values = ["count": "\(refused.count)"]
            if nothingLoaded { values["nothing"] = "" }
            throw EntraideError(.refusedRows, values, at: Place(file: file))
        }
    }
}
