import Lines
import Testing

/// Whatever the bytes, a parser answers: nothing here can end the process. What it accepts, it can write and read again.
@Suite("Hostile bytes")
struct HostileBytesTests {
    private static let rounds = 25_000

    /// Bytes that parsers care about, and some of no meaning at all.
    private func bytes(_ generator: inout SplitMix64, alphabet: [UInt8], seed: [UInt8]) -> [UInt8] {
        if generator.chance(40) && !seed.isEmpty {
            // A good text with a few bytes changed, doubled or taken away.
            var mutated = seed
            for _ in 0..<Int.random(in: 1...2, using: &generator) where !mutated.isEmpty {
                let place = Int.random(in: 0..<mutated.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: mutated[place] = generator.pick(alphabet)
                case 1 where generator.chance(20): mutated[place] |= 0x80
                case 1: mutated.insert(generator.pick(alphabet), at: place)
                default: mutated.remove(at: place)
                }
            }
            return mutated
        }
        return (0..<Int.random(in: 0...60, using: &generator)).map { _ in
            generator.chance(90) ? generator.pick(alphabet) : UInt8.random(in: 0...255, using: &generator)
        }
    }

    @Test("Lines of any bytes are read or refused, and what is read is written and read again")
    func lines() throws {
        var generator = SplitMix64(seed: 21)
        for format in [LineFormat.text, .ndjson, .csv] {
            let writer = LineWriter(format)
            let header = writer.header(for: OfferRecord.self) ?? ""
            let seed = try Array((header + writer.line(LineWriterTests.offer)).utf8)
            let alphabet = Array("\t\n\r,;\"'=+-@:{}[]\\0123456789.eEab_nulltrue \u{301}é".utf8)
            var accepted = 0
            for _ in 0..<Self.rounds {
                let bytes = bytes(&generator, alphabet: alphabet, seed: seed)
                let lines = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
                guard let results = try? LineReader.read(OfferRecord.self, bytes: bytes, format: format)
                else {
                    continue
                }
                for result in results {
                    #expect((1...lines).contains(result.line))
                    guard let record = try? result.record.get() else { continue }
                    accepted += 1
                    let again = try Array((header + writer.line(record)).utf8)
                    let reread = try Array(LineReader.read(OfferRecord.self, bytes: again, format: format))
                    #expect(try reread.map { try $0.record.get() } == [record])
                }
            }
            // The mutations are small, so that some of them stay readable.
            #expect(accepted > Self.rounds / 50)
        }
    }

    @Test("JSON of any bytes is read or refused, and what is read is written and read again")
    func json() throws {
        var generator = SplitMix64(seed: 22)
        let alphabet = Array("{}[]:,\"\\/bfnrtu0123456789abcdefDE+-. truefalsenull\n\té".utf8)
        let seed = Array(#"{"a":[1,-2.5e3,"\u00e9\uD83D\uDE00\n"],"b":{"c":null,"d":[true,false]}}"#.utf8)
        var accepted = 0
        for _ in 0..<Self.rounds {
            let bytes = bytes(&generator, alphabet: alphabet, seed: seed)
            guard let node = try? JSONNode.parse(bytes) else { continue }
            accepted += 1
            let written = JSONText.write(node.content)
            let again = try JSONNode.parse(Array(written.utf8))
            #expect(Array(JSONText.write(again.content).utf8) == Array(written.utf8))
        }
        #expect(accepted > Self.rounds / 50)
    }

    @Test("Csv of any bytes ends, in at most as many steps as it has bytes")
    func csv() {
        var generator = SplitMix64(seed: 23)
        let alphabet = Array("\",;\n\r\tab é".utf8)
        var rows = 0
        var refused = 0
        for _ in 0..<Self.rounds {
            let bytes = bytes(
                &generator, alphabet: alphabet, seed: Array("a,\"b\"\"c\"\r\n\"d\ne\",f\n".utf8))
            var reader = CSVReader(
                bytes: bytes, delimiter: generator.pick(alphabet), maxRowBytes: generator.pick([3, 1000]))
            var steps = 0
            while true {
                do {
                    guard let row = try reader.next() else { break }
                    #expect(row.cells.count == row.positions.count)
                    rows += 1
                } catch {
                    #expect(error.line != nil && error.column != nil)
                    refused += 1
                }
                steps += 1
                if steps > bytes.count {
                    Issue.record("no end: \(bytes)")
                    break
                }
            }
        }
        #expect(rows > Self.rounds / 10 && refused > Self.rounds / 10)
    }

    @Test(
        "Short texts of any characters are judged, and what is taken for a decimal is written and read again")
    func words() {
        var generator = SplitMix64(seed: 24)
        let alphabet = Array("0123456789.-+eE,:/TZ é٣".unicodeScalars)
        var decimals = 0
        for _ in 0..<Self.rounds {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...25, using: &generator) {
                scalars.append(
                    generator.chance(70)
                        ? alphabet[Int.random(in: 0...9, using: &generator)] : generator.pick(alphabet))
            }
            let text = String(scalars)
            let places = Int.random(in: 0...19, using: &generator)
            if let value = FixedDecimal(parsing: text, places: places) {
                decimals += 1
                #expect(FixedDecimal(parsing: value.description, places: places) == value)
                #expect(FixedDecimal(rounding: text, places: places) == value)
            }
            #expect(!CalendarText.isDate(text) || text.utf8.count == 10)
            #expect(!CalendarText.isTimestamp(text) || text.utf8.count == 20)
            if let name = MatchName(parsing: text) { #expect(name.description == text) }
            #expect(excerpt(of: text).count <= 40)
        }
        #expect(decimals > Self.rounds / 50)
    }

    @Test("Long rows, long strings and many keys are read in one pass")
    func long() throws {
        let cells = String(repeating: ",", count: 1 << 20)
        var reader = CSVReader(bytes: Array(cells.utf8))
        #expect(try reader.next()?.cells.count == 1 << 20 + 1)
        let quotes = "\"" + String(repeating: "\"\"", count: 1 << 19 - 8) + "\""
        var quoted = CSVReader(bytes: Array(quotes.utf8))
        #expect(try quoted.next()?.cells.first?.utf8.count == 1 << 19 - 8)
        let escapes = "\"" + String(repeating: "\\n", count: 1 << 19) + "\""
        #expect(try JSONNode.parse(Array(escapes.utf8)).string?.utf8.count == 1 << 19)
        let keys = "{" + (0..<100_000).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        #expect(try JSONNode.parse(Array(keys.utf8)).members?.count == 100_000)
    }
}
