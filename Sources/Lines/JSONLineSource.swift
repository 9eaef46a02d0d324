/// The lines of an ndjson file, one object each, keys in any order, those not required optional.
struct JSONLineSource: Sendable {
    private var lines: ByteLines
    private let columns: [Column]
    private let maxLineBytes: Int

    init(_ bytes: [UInt8], columns: [Column], maxLineBytes: Int) {
        self.lines = ByteLines(bytes)
        self.columns = columns
        self.maxLineBytes = maxLineBytes
    }

    mutating func next() -> RawLine? {
        guard let (line, bytes) = lines.next() else { return nil }
        if bytes.count > maxLineBytes {
            return RawLine(line: line, fields: .failure(LineError(.tooLong, line: line)))
        }
        do {
            return try raw(JSONNode.parse(bytes, firstLine: line), line: line)
        } catch {
            return RawLine(line: line, fields: .failure(error))
        }
    }

    private func raw(_ node: JSONNode, line: Int) throws(LineError) -> RawLine {
        guard let members = node.members else { throw node.error(.wrongType) }
        var fields = columns.map(\.emptyField)
        var places = [RawLine.Place?](repeating: nil, count: columns.count)
        for (key, value) in members {
            guard let index = columns.firstIndex(where: { $0.name == key }) else {
                throw value.error(.unknownKey, excerpt: excerpt(of: key))
            }
            fields[index] = try field(value, columns[index])
            places[index] = RawLine.Place(line: value.line, column: value.column, isVerbatim: false)
        }
        for index in columns.indices where columns[index].isRequired && places[index] == nil {
            throw node.error(.missingKey, field: columns[index].name)
        }
        return RawLine(line: line, fields: .success(fields), places: places)
    }

    private func field(_ node: JSONNode, _ column: Column) throws(LineError) -> Field {
        if node.isNull { return column.emptyField }
        switch column.kind {
        case .text, .slug, .code, .date, .timestamp:
            guard let value = node.string else { throw node.error(.wrongType, field: column.name) }
            return .text(value)
        case .integer, .ppm:
            return .integer(try node.integer(field: column.name))
        case .decimal(let places):
            return .decimal(try node.decimal(places: places, field: column.name))
        case .list:
            guard let elements = node.elements else { throw node.error(.wrongType, field: column.name) }
            var values: [String] = []
            for element in elements {
                guard let value = element.string else { throw element.error(.wrongType, field: column.name) }
                values.append(value)
            }
            return .list(values)
        }
    }
}
