import Lines
import Testing

@Suite("Reading csv that comes in pieces")
struct CSVStreamTests {
    private enum Event: Equatable {
        case row(CSVRow, [UInt8])
        case error(LineError)
    }

    private func whole(_ bytes: [UInt8], _ limit: Int) -> [Event] {
        var reader = CSVReader(bytes: bytes, delimiter: UInt8(ascii: ";"), maxRowBytes: limit)
        return events { try reader.next() }
    }

    private func pieces(_ bytes: [UInt8], by length: Int, _ limit: Int) -> [Event] {
        var stream = CSVStream(bytes[...], delimiter: UInt8(ascii: ";"), maxRowBytes: limit) { rest in
            defer { rest = rest.dropFirst(length) }
            return rest.isEmpty ? nil : Array(rest.prefix(length))
        }
        return events { try stream.next() }
    }

    private func events(_ next: () throws -> CSVRow?) -> [Event] {
        var events: [Event] = []
        while events.count < 1000 {
            do {
                guard let row = try next() else { return events }
                events.append(.row(row, []))
            } catch let error as LineError {
                events.append(.error(error))
            } catch {
                Issue.record(error)
            }
        }
        return events
    }

    @Test("Rows, numbers, places and errors are those of the whole text, wherever the pieces are cut")
    func agrees() {
        var texts = [
            "a;b\r\nc;d", "a;\"b\nc\";d\r\re;f\n", "\"a\"\"b\";c\rd;e\r\n", "a\"b;c\nd;e\n",
            "\"a\"b\";c\n;;\n",
            "a;\"never\nclosed", "\n\n a;b\r\n\r\nc", "é;\"è\r\nà\"\rû",
        ].map { Array($0.utf8) }
        texts.append([0x61, 0xE9, 0x3B, 0x62, 0x0A, 0x63])
        var random = SplitMix64(seed: 7)
        let letters = Array("ab;;\"\"\n\r".utf8)
        for _ in 0..<300 {
            texts.append(
                (0..<Int.random(in: 1...40, using: &random)).map { _ in
                    letters[Int.random(in: 0..<letters.count, using: &random)]
                })
        }
        for text in texts {
            let expected = whole(text, 1000)
            for length in [1, 2, 3, 5, 64] {
                #expect(
                    pieces(text, by: length, 1000) == expected,
                    "\(String(decoding: text, as: UTF8.self)) \(length)")
            }
        }
    }

    @Test("A row without end is refused where it began, and nothing after it is read")
    func tooLong() {
        let text = Array(("a;b\n" + String(repeating: "x", count: 300) + "\nc;d\n").utf8)
        let found = pieces(text, by: 16, 100)
        #expect(found.count == 2)
        guard case .error(let error) = found.last else {
            Issue.record("\(found)")
            return
        }
        #expect(error.code == .tooLong && error.line == 2)
    }

    @Test("The bytes of a row are its own, without the line end")
    func bytes() throws {
        let text = Array("a;\"b\nc\"\r\nd;e".utf8)
        var stream = CSVStream(text as [UInt8]?, delimiter: UInt8(ascii: ";")) { rest in
            defer { rest = nil }
            return rest
        }
        _ = try stream.next()
        #expect(Array(stream.rowBytes) == Array("a;\"b\nc\"".utf8) && stream.rowNumber == 1)
        _ = try stream.next()
        #expect(Array(stream.rowBytes) == Array("d;e".utf8) && stream.rowNumber == 2)
        #expect(try stream.next() == nil)
    }

    @Test("Rows are numbered as a spreadsheet shows them, blank lines included, wherever the pieces are cut")
    func numbers() throws {
        let text = Array("title\n\n\na;b\r\n\r\nc;d\n".utf8)
        for length in [1, 4, 100] {
            var stream = CSVStream(text[...], delimiter: UInt8(ascii: ";")) { rest in
                defer { rest = rest.dropFirst(length) }
                return rest.isEmpty ? nil : Array(rest.prefix(length))
            }
            var numbers: [Int] = []
            while try stream.next() != nil { numbers.append(stream.rowNumber) }
            #expect(numbers == [1, 4, 6])
        }
    }
}
