import Lines
import Testing

@Suite("Every error code has its cause")
struct RefusalTests {
    struct Case: Sendable {
        let code: LineError.Code
        let format: LineFormat
        let text: String
    }

    /// Lines of `OfferRecord`: community skill level capacity posture formats modes languages slots group_max until.
    static let cases: [Case] = [
        Case(
            code: .controlCharacter, format: .ndjson,
            text: #"{"community":"a","skill":"b","modes":["\u0000"]}"#),
        Case(code: .bareDash, format: .ndjson, text: #"{"community":"a","skill":"b","modes":["-"]}"#),
        Case(code: .emptyText, format: .text, text: "a\tb\t\t-\t-\t-\t-\t-\t-\t-\t-"),
        Case(code: .wrongFieldCount, format: .text, text: "a\tb"),
        Case(code: .wrongFieldCount, format: .csv, text: "community,skill\na\n"),
        Case(code: .badInteger, format: .text, text: "a\tb\t3.0\t-\t-\t-\t-\t-\t-\t-\t-"),
        Case(code: .badInteger, format: .csv, text: "community,skill,level\na,b,+3\n"),
        Case(code: .badInteger, format: .csv, text: "community,skill,level\na,b,03\n"),
        Case(code: .badInteger, format: .csv, text: "community,skill,level\na,b,-0\n"),
        Case(code: .badInteger, format: .csv, text: "community,skill,level\na,b,-\n"),
        Case(code: .badInteger, format: .ndjson, text: #"{"community":"a","skill":"b","level":1e400}"#),
        Case(code: .outOfRange, format: .text, text: "a\tb\t9223372036854775808\t-\t-\t-\t-\t-\t-\t-\t-"),
        Case(
            code: .outOfRange, format: .ndjson,
            text: #"{"community":"a","skill":"b","level":12345678901234567890}"#),
        Case(code: .badSlug, format: .text, text: "A\tb\t-\t-\t-\t-\t-\t-\t-\t-\t-"),
        Case(code: .badCode, format: .text, text: "a\tb\t-\t-\té\t-\t-\t-\t-\t-\t-"),
        Case(code: .badList, format: .text, text: "a\tb\t-\t-\t-\tx,,y\t-\t-\t-\t-\t-"),
        Case(code: .badList, format: .ndjson, text: #"{"community":"a","skill":"b","modes":["x,y"]}"#),
        Case(code: .badDate, format: .text, text: "a\tb\t-\t-\t-\t-\t-\t-\t-\t-\t2027-02-29"),
        Case(code: .badJSON, format: .ndjson, text: #"{"community":"a","skill":"b",}"#),
        Case(code: .tooDeep, format: .ndjson, text: String(repeating: "[", count: 65)),
        Case(code: .duplicateKey, format: .ndjson, text: #"{"community":"a","skill":"b","skill":"b"}"#),
        Case(code: .unknownKey, format: .ndjson, text: #"{"community":"a","skill":"b","colour":1}"#),
        Case(code: .missingKey, format: .ndjson, text: #"{"community":"a"}"#),
        Case(code: .missingValue, format: .text, text: "a\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-"),
        Case(code: .missingValue, format: .csv, text: "community,skill\na,\n"),
        Case(code: .missingValue, format: .ndjson, text: #"{"community":"a","skill":null}"#),
        Case(code: .wrongType, format: .ndjson, text: #"{"community":"a","skill":"b","level":"3"}"#),
        Case(code: .wrongType, format: .ndjson, text: #"{"community":"a","skill":1}"#),
        Case(code: .wrongType, format: .ndjson, text: #"{"community":"a","skill":"b","modes":"remote"}"#),
        Case(code: .wrongType, format: .ndjson, text: #"{"community":"a","skill":"b","modes":[1]}"#),
        Case(code: .wrongType, format: .ndjson, text: #"["a","b"]"#),
        Case(code: .badCSV, format: .csv, text: "community,skill\na,b\"\n"),
        Case(code: .unclosedQuote, format: .csv, text: "community,skill\na,\"b\n"),
        Case(code: .tooLong, format: .text, text: String(repeating: "a", count: 1 << 20 + 1)),
        Case(code: .tooLong, format: .ndjson, text: "[" + String(repeating: " ", count: 1 << 20)),
    ]

    @Test("Each bad line of offers is refused with its own code, and with its line", arguments: cases.indices)
    func refused(index: Int) throws {
        let one = Self.cases[index]
        let results = try Array(
            LineReader.read(OfferRecord.self, bytes: Array(one.text.utf8), format: one.format))
        let errors = results.map { result in
            if case .failure(let error) = result.record { error } else { LineError(.unreadableFormat) }
        }
        #expect(errors.map(\.code) == [one.code])
        #expect(errors.map(\.line) == [one.format == .csv ? 2 : 1])
    }

    @Test("Bad bytes are refused in each format, in their line")
    func invalidUTF8() throws {
        for (format, before) in [
            (LineFormat.text, "a\té"), (.ndjson, #"{"partner":"é"#), (.csv, "partner,name\na,é"),
        ] {
            let results = try Array(
                LineReader.read(PartnerRecord.self, bytes: Array(before.utf8) + [0xE9, 0x0A], format: format))
            guard case .failure(let error)? = results.first?.record else {
                Issue.record("\(format) took bad bytes")
                continue
            }
            // In ndjson the string is not closed either; that comes first.
            #expect(error.code == (format == .ndjson ? .badJSON : .invalidUTF8))
            #expect(error.column == (format == .ndjson ? 12 : 4))
        }
        let json = Array(#"{"partner":"a","name":""#.utf8) + [0xE9] + Array(#""}"#.utf8)
        let results = try Array(LineReader.read(PartnerRecord.self, bytes: json, format: .ndjson))
        #expect(throws: LineError(.invalidUTF8, line: 1, column: 24)) { try results[0].record.get() }
    }

    @Test("Decimals and timestamps are refused by their codes")
    func others() throws {
        let territory = "territory,name,latitude\n1,A,48.1234567\n"
        let first = try Array(
            LineReader.read(TerritoryRecord.self, bytes: Array(territory.utf8), format: .csv))
        #expect(throws: LineError(.badDecimal, line: 2, column: 5, field: "latitude", excerpt: "48.1234567"))
        {
            try first[0].record.get()
        }
        let token = "t\tp\t-\t-\t2027-01-01\t-\n"
        let second = try Array(LineReader.read(TokenRecord.self, bytes: Array(token.utf8), format: .text))
        #expect(
            throws: LineError(.badTimestamp, line: 1, column: 9, field: "expires_at", excerpt: "2027-01-01")
        ) {
            try second[0].record.get()
        }
    }

    @Test("No code goes without a test that provokes it")
    func complete() {
        // Provoked in the other tests of this suite and in those of the reader.
        let elsewhere: [LineError.Code] = [
            .invalidUTF8, .badDecimal, .badTimestamp, .lineBreakReplaced, .unreadableFormat,
        ]
        let provoked = Set(Self.cases.map(\.code) + elsewhere)
        #expect(LineError.Code.allCases.filter { !provoked.contains($0) }.isEmpty)
    }

    @Test("Codes are kebab-case and distinct")
    func kebabCase() {
        #expect(LineError.Code.allCases.allSatisfy { Slug.isValid($0.rawValue) })
    }
}
