import Lines
import Testing

@Suite("Reading csv")
struct CSVReaderTests {
    private func rows(_ text: String, delimiter: Character = ",") throws -> [[String]] {
        var reader = CSVReader(bytes: Array(text.utf8), delimiter: delimiter.asciiValue ?? 0)
        var rows: [[String]] = []
        while let row = try reader.next() { rows.append(row.cells) }
        return rows
    }

    /// What every call gives until the end: rows or errors.
    private func outcomes(_ bytes: [UInt8], maxRowBytes: Int = 1000) -> [Result<[String], LineError>] {
        var reader = CSVReader(bytes: bytes, maxRowBytes: maxRowBytes)
        var outcomes: [Result<[String], LineError>] = []
        while true {
            do {
                guard let row = try reader.next() else { return outcomes }
                outcomes.append(.success(row.cells))
            } catch {
                outcomes.append(.failure(error))
            }
        }
    }

    @Test("CRLF, LF and lone CR end rows, and the last row needs none", arguments: ["\r\n", "\n", "\r"])
    func lineEnds(end: String) throws {
        #expect(try rows("a,b\(end)c,d\(end)") == [["a", "b"], ["c", "d"]])
        #expect(try rows("a,b\(end)c,d") == [["a", "b"], ["c", "d"]])
    }

    @Test("Blank lines are passed over, empty cells are kept")
    func blanks() throws {
        #expect(try rows("\n\r\n\na,\n\n,\n") == [["a", ""], ["", ""]])
        #expect(try rows("") == [])
        #expect(try rows("\r\n\n") == [])
        #expect(try rows("\"\"\n") == [[""]])
        #expect(try rows("a,") == [["a", ""]])
    }

    @Test("Quoted cells hold delimiters, line ends and doubled quotes")
    func quotes() throws {
        #expect(try rows("\"a,b\",\"c\r\nd\",\"say \"\"oui\"\"\"\n") == [["a,b", "c\r\nd", "say \"oui\""]])
        #expect(try rows("\"\"\"\"\n") == [["\""]])
        #expect(try rows("\"\"\"a\"\"\"") == [["\"a\""]])
    }

    @Test("Any ASCII delimiter will do")
    func delimiters() throws {
        #expect(try rows("a;b,c\n", delimiter: ";") == [["a", "b,c"]])
        #expect(try rows("a\tb,c\n\"x\ty\"\tz", delimiter: "\t") == [["a", "b,c"], ["x\ty", "z"]])
    }

    @Test("A byte order mark at the beginning is passed over, elsewhere it is text")
    func byteOrderMark() throws {
        #expect(try rows("\u{FEFF}a,b") == [["a", "b"]])
        #expect(try rows("\u{FEFF}\"a\",\u{FEFF}b") == [["a", "\u{FEFF}b"]])
    }

    @Test("A delimiter followed by a combining mark is still a delimiter")
    func combiningMark() throws {
        #expect(try rows("a,\u{301}b") == [["a", "\u{301}b"]])
    }

    @Test("Rows know their number, their line and where their cells begin")
    func positions() throws {
        var reader = CSVReader(bytes: Array("é,b\n\n\"x\ny\",zz,w\nlast\n".utf8))
        let first = try #require(try reader.next())
        #expect(first.number == 1 && first.line == 1)
        #expect(first.positions.map(\.column) == [1, 3])
        let second = try #require(try reader.next())
        #expect(second.number == 2 && second.line == 3)
        #expect(second.positions.map(\.line) == [3, 4, 4])
        #expect(second.positions.map(\.column) == [1, 4, 7])
        let third = try #require(try reader.next())
        #expect(third.number == 3 && third.line == 5 && third.cells == ["last"])
        #expect(try reader.next() == nil)
        #expect(try reader.next() == nil)
    }

    @Test("A quote out of place is refused where it stands, and the next row is read")
    func strayQuotes() {
        #expect(
            outcomes(Array("a,b\"c\nd,e".utf8)) == [
                .failure(LineError(.badCSV, line: 1, column: 4)), .success(["d", "e"]),
            ])
        #expect(
            outcomes(Array("\"a\"b,c\nd,e".utf8)) == [
                .failure(LineError(.badCSV, line: 1, column: 4)), .success(["d", "e"]),
            ])
    }

    @Test("A quote that never closes is reported where it opened, and ends the reading")
    func unclosed() {
        #expect(
            outcomes(Array("ok\na,\"b\nc,d\n".utf8)) == [
                .success(["ok"]), .failure(LineError(.unclosedQuote, line: 2, column: 3)),
            ])
        #expect(outcomes(Array("\"".utf8)) == [.failure(LineError(.unclosedQuote, line: 1, column: 1))])
        #expect(outcomes(Array("\"\"\"".utf8)) == [.failure(LineError(.unclosedQuote, line: 1, column: 1))])
    }

    @Test("Bytes that are not UTF-8 are refused in their row and column, and the next row is read")
    func invalidUTF8() {
        let latin1: [UInt8] =
            Array("é,caf".utf8) + [0xE9] + Array("\nok\n\"caf".utf8) + [0xE9] + Array("\"\nfin".utf8)
        #expect(
            outcomes(latin1) == [
                .failure(LineError(.invalidUTF8, line: 1, column: 6)), .success(["ok"]),
                .failure(LineError(.invalidUTF8, line: 3, column: 1)), .success(["fin"]),
            ])
    }

    @Test("A row beyond the limit ends the reading, whatever it is made of")
    func tooLong() {
        for row in [
            String(repeating: "x", count: 2000), String(repeating: ",", count: 2000),
            "\"" + String(repeating: "\"\"", count: 2000), "\"" + String(repeating: "\n", count: 2000),
            String(repeating: "\"a\",", count: 2000),
        ] {
            let outcomes = outcomes(Array(("ok\n" + row + "\nfin").utf8))
            #expect(outcomes.first == .success(["ok"]))
            #expect(outcomes.count == 2)
            guard case .failure(let error)? = outcomes.last else {
                Issue.record("not refused")
                continue
            }
            #expect(error.code == .tooLong && (error.line ?? 0) >= 2)
        }
        #expect(outcomes(Array("abcd\nef".utf8), maxRowBytes: 4) == [.success(["abcd"]), .success(["ef"])])
        #expect(
            outcomes(Array("abcde\nef".utf8), maxRowBytes: 4) == [
                .failure(LineError(.tooLong, line: 1, column: 1))
            ])
    }

    @Test("Random cells written with every cell quoted are read back, with any line end")
    func quotedGrids() throws {
        var generator = SplitMix64(seed: 11)
        let pieces = ["a", "\"", ",", ";", "\n", "\r", "\r\n", "é", " ", "", "👩‍👩‍👧", "\u{301}"]
        for _ in 0..<500 {
            let width = Int.random(in: 1...4, using: &generator)
            let grid = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                (0..<width).map { _ in
                    (0..<Int.random(in: 0...4, using: &generator)).map { _ in generator.pick(pieces) }
                        .joined()
                }
            }
            let end = generator.pick(["\n", "\r\n", "\r"])
            let text = grid.map { row in
                row.map { "\"" + doubled($0) + "\"" }.joined(separator: ";") + end
            }.joined()
            let read = try rows(text, delimiter: ";")
            #expect(read.map { $0.map { Array($0.utf8) } } == grid.map { $0.map { Array($0.utf8) } })
        }
    }

    private func doubled(_ cell: String) -> String {
        String(
            decoding: cell.utf8.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }, as: UTF8.self)
    }
}
