import Foundation
import Lines

/// The rows that did not come in, in the file's own dialect, each with its reason in a last column: to be mended there
/// and imported again, in a spreadsheet that runs nothing of them.
struct RejectsFile {
    private let path: String
    private let language: Language
    private let shape: TableShape
    private let columns: Int
    private let encoder: TextEncoder
    private var file: FileHandle?
    private var isList = false
    /// Rows written.
    private(set) var count = 0

    /// Nothing is written before the first row: no rejects, no file.
    init(path: String, shape: TableShape, columns: Int, language: Language) {
        self.path = path
        self.shape = shape
        self.columns = columns
        self.language = language
        encoder = TextEncoder(shape.encoding)
    }

    /// Adds a row.
    ///
    /// - Throws: `output-not-written`.
    mutating func add(_ row: TableRow, _ error: EntraideError) throws(EntraideError) {
        // Where it stands in the file that was read is no use in another.
        var bare = error
        bare.place = Place(field: error.place.field)
        // One line: a reason may repeat a cell that had line breaks.
        let reason = escapingControls(bare.message(in: language)) + " [\(error.code.rawValue)]"
        if count == 0 { try open() }
        count += 1
        switch shape.form {
        case .csv(let delimiter):
            let cells = (try? row.cells.get())?.count ?? columns
            let missing = [UInt8](repeating: delimiter, count: max(1, columns - cells + 1))
            let told = CSVText.quoted(Self.guarded(reason), delimiter: delimiter)
            try write(Self.harmless(row, delimiter) + missing + Array(told.utf8) + Self.lineEnd)
        case .json:
            let end = row.bytes.lastIndex(of: UInt8(ascii: "}")) ?? row.bytes.count
            let isEmpty = row.bytes[..<end].allSatisfy { $0 == UInt8(ascii: "{") || $0 <= 0x20 }
            let member = (isEmpty ? "" : ",") + "\"reason\":" + Self.quoted(reason) + "}"
            try write((count == 1 ? [] : Array(",\n".utf8)) + row.bytes[..<end] + Array(member.utf8))
        }
    }

    // MARK: What a spreadsheet would run

    /// The row's own bytes, unless a cell of it is a formula: then that cell stands behind a `'`, which reading takes away.
    private static func harmless(_ row: TableRow, _ delimiter: UInt8) -> [UInt8] {
        guard case .success(let cells) = row.cells else { return harmless(uncut: row.bytes, delimiter) }
        guard cells.contains(where: { isFormula($0.utf8) }) else { return row.bytes }
        return Array(
            cells.map { CSVText.quoted(guarded($0), delimiter: delimiter) }
                .joined(separator: String(UnicodeScalar(delimiter))).utf8)
    }

    /// A row that could not be cut: what may be taken for the beginning of a cell is treated as one. O(length): of each byte the
    /// rest of its cell is read only where it may begin a formula, and such a byte ends the beginning.
    private static func harmless(uncut bytes: [UInt8], _ delimiter: UInt8) -> [UInt8] {
        var result: [UInt8] = []
        var isBeginning = true
        for (index, byte) in bytes.enumerated() {
            if isBeginning, "=@+-".utf8.contains(byte),
                isFormula(bytes[index...].prefix { $0 != delimiter && $0 != 0x0A && $0 != 0x0D })
            {
                result.append(UInt8(ascii: "'"))
            }
            result.append(byte)
            isBeginning =
                byte == delimiter || byte == 0x0A || byte == 0x0D || isBeginning && byte == UInt8(ascii: "\"")
        }
        return result
    }

    private static func guarded(_ cell: String) -> String { isFormula(cell.utf8) ? "'" + cell : cell }

    /// Whether a spreadsheet would run it. A number with its sign is one to it, and to us.
    private static func isFormula(_ cell: some Collection<UInt8>) -> Bool {
        switch cell.first {
        case UInt8(ascii: "="), UInt8(ascii: "@"): true
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            !cell.dropFirst().allSatisfy { (0x30...0x39).contains($0) || " .,".utf8.contains($0) }
        default: false
        }
    }

    /// Ends the file.
    ///
    /// - Throws: `output-not-written`.
    mutating func close() throws(EntraideError) {
        guard file != nil else { return }
        if case .json = shape.form { try write(Array("\n]\n".utf8)) }
        do { try file?.close() } catch { throw failure }
        file = nil
    }

    private static let lineEnd: [UInt8] = [0x0D, 0x0A]

    private mutating func open() throws(EntraideError) {
        // A link that somebody put there would lead elsewhere; and rows are not everybody's to read.
        let standing = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        guard standing != .typeSymbolicLink,
            FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw failure }
        self.file = file
        do { try file.write(contentsOf: Data(shape.mark)) } catch { throw failure }
        switch shape.form {
        case .csv(let delimiter):
            let header = Bilingual(fr: "motif du refus", en: "reason for refusal")[language]
            try write(shape.opening + [delimiter] + Array(header.utf8) + Self.lineEnd)
        case .json: try write(Array("[\n".utf8))
        }
    }

    private func write(_ text: [UInt8]) throws(EntraideError) {
        do { try file?.write(contentsOf: Data(encoder.encode(text))) } catch { throw failure }
    }

    private var failure: EntraideError { EntraideError(.outputNotWritten, ["what": path]) }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
