import Foundation
import Lines

/// The rows that did not come in, in the file's own dialect, each with its reason in a last column: to be mended there
/// and imported again, in a spreadsheet that runs nothing of them.
struct RejectsFile {
    private let path: String
    private let language: Language
    private let shape: TableShape
    /// Columns of the header.
    private let columns: Int
    /// Columns that a row is filled up to, so that no reason stands where a cell is read.
    private let width: Int
    private let encoder: TextEncoder
    private var file: FileHandle?
    private var isList = false
    /// Rows written.
    private(set) var count = 0

    /// Up to this many columns each row is as wide as the header, and its reason stands under its title. Short rows of a wider
    /// table are filled up only to the last column that serves: they would be many times the file.
    private static let widest = 64

    /// Nothing is written before the first row: no rejects, no file.
    init(path: String, shape: TableShape, map: HeaderMap, language: Language) {
        self.path = path
        self.shape = shape
        columns = map.columns.count
        let serving = map.columns.last { $0.use != .unknown && $0.use != .leftAlone }
        width = min(columns, max(Self.widest, (serving?.index ?? -1) + 1))
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
            let (cells, bytes) = written(row, delimiter)
            let missing = [UInt8](repeating: delimiter, count: max(1, width - cells + 1))
            let told = CSVText.quoted(Self.guarded(reason), delimiter: delimiter)
            try write(bytes + missing + Array(told.utf8) + Self.lineEnd)
        case .json:
            let end = row.bytes.lastIndex(of: UInt8(ascii: "}")) ?? row.bytes.count
            let isEmpty = row.bytes[..<end].allSatisfy { $0 == UInt8(ascii: "{") || $0 <= 0x20 }
            let member = (isEmpty ? "" : ",") + "\"reason\":" + Self.quoted(reason) + "}"
            try write((count == 1 ? [] : Array(",\n".utf8)) + row.bytes[..<end] + Array(member.utf8))
        }
    }

    // MARK: What a spreadsheet would run

    /// A row as it is written, and how many cells it is taken to have: without what is empty past the header's columns.
    private func written(_ row: TableRow, _ delimiter: UInt8) -> (cells: Int, bytes: [UInt8]) {
        guard case .success(let cells) = row.cells else {
            return (columns, Self.harmless(uncut: row.bytes, delimiter))
        }
        guard cells.count > columns, cells[columns...].allSatisfy(\.isEmpty) else {
            return (cells.count, Self.harmless(cells, row.bytes, delimiter))
        }
        let kept = Array(cells.prefix(columns))
        return (columns, Self.harmless(kept, CSVText.row(kept, delimiter: delimiter), delimiter))
    }

    /// A row's own bytes, unless a cell of it is a formula: then that cell stands behind a `'`, which reading takes away.
    private static func harmless(_ cells: [String], _ bytes: [UInt8], _ delimiter: UInt8) -> [UInt8] {
        guard cells.contains(where: { isFormula($0.utf8) }) else { return bytes }
        return CSVText.row(cells.map(guarded), delimiter: delimiter)
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
            let titles = Self.harmless(shape.header, shape.headerBytes, delimiter)
            try write(shape.opening + titles + [delimiter] + Array(header.utf8) + Self.lineEnd)
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
