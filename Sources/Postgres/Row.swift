import CLibpq

/// What one statement returned, copied out of libpq into two flat arrays, so that rows are plain Sendable
/// values and a large result costs few allocations.
final class ResultTable: Sendable {
    let columns: [String]
    let oids: [UInt32]
    let rowCount: Int
    /// Rows that the command tag counts: affected by a write, returned by a SELECT.
    let affected: Int
    /// The command tag without its counts, such as `COMMIT`.
    let tag: String

    /// Column names that appear more than once, which no lookup by name may use.
    private let ambiguous: [String]
    private let bytes: [UInt8]
    /// Of cell i = row · columns + column: the end of its text in `bytes`, or -1 − that end when it is NULL.
    private let ends: [Int]

    /// Copies `result`, which stays the caller's to clear.
    ///
    /// - Complexity: linear in the bytes of the result.
    init(copying result: OpaquePointer) {
        let width = PQnfields(result)
        let height = PQntuples(result)
        var columns: [String] = []
        var oids: [UInt32] = []
        for column in 0..<width {
            columns.append(PQfname(result, column).map { String(cString: $0) } ?? "")
            oids.append(PQftype(result, column))
        }
        var bytes: [UInt8] = []
        var ends: [Int] = []
        ends.reserveCapacity(Int(width) * Int(height))
        for row in 0..<height {
            for column in 0..<width {
                if PQgetisnull(result, row, column) == 1 {
                    ends.append(-1 - bytes.count)
                    continue
                }
                let length = Int(PQgetlength(result, row, column))
                if let text = PQgetvalue(result, row, column) {
                    bytes.append(contentsOf: UnsafeRawBufferPointer(start: text, count: length))
                }
                ends.append(bytes.count)
            }
        }
        self.columns = columns
        self.oids = oids
        self.rowCount = Int(height)
        self.bytes = bytes
        self.ends = ends
        self.ambiguous = columns.indices.filter { columns[..<$0].contains(columns[$0]) }.map { columns[$0] }
        self.affected = PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
        let status = PQcmdStatus(result).map { String(cString: $0) } ?? ""
        self.tag = String(status.prefix { $0 != " " })
    }

    func cell(row: Int, column: Int) -> Cell {
        let index = row * columns.count + column
        let end = ends[index]
        guard end >= 0 else { return Cell(oid: oids[column], text: nil) }
        let previous = index == 0 ? 0 : ends[index - 1]
        let start = previous >= 0 ? previous : -1 - previous
        return Cell(oid: oids[column], text: bytes[start..<end])
    }

    func index(of column: String) throws(PostgresError) -> Int {
        guard let index = columns.firstIndex(of: column) else {
            throw PostgresError(.decoding, column: column, detail: "no such column in the result")
        }
        guard !ambiguous.contains(column) else {
            throw PostgresError(.decoding, column: column, detail: "the result has two columns of that name")
        }
        return index
    }

    var rows: [Row] { (0..<rowCount).map { Row(table: self, index: $0) } }
}

/// One row of a result. Printing one shows its columns, never their content.
package struct Row: Sendable, CustomStringConvertible, CustomReflectable {
    fileprivate let table: ResultTable
    fileprivate let index: Int

    /// Names of the columns, in order.
    package var columns: [String] { table.columns }

    /// The value of `column`, read as `T`.
    ///
    /// - Throws: `decoding`, naming the column and the expected type, when the column is absent or named
    ///   twice, NULL while `T` is not optional, or of another type.
    /// - Complexity: linear in the number of columns and in the size of the value.
    package func get<T: PostgresDecodable>(
        _ column: String, as type: T.Type = T.self
    ) throws(PostgresError) -> T {
        let cell = table.cell(row: index, column: try table.index(of: column))
        do {
            return try T(cell: cell)
        } catch {
            let found: String
            switch error {
            case .null: found = "found null"
            case .type: found = "found a column of type \(cell.oid)"
            case .text: found = "found a text that does not read so"
            }
            throw PostgresError(
                .decoding, column: column, detail: "expected \(T.postgresName), \(found)")
        }
    }

    /// Column names only.
    package var description: String { "row(\(table.columns.joined(separator: ", ")))" }
    /// Column names only.
    package var customMirror: Mirror {
        Mirror(self, children: ["columns": table.columns], displayStyle: .struct)
    }
}
