import Lines
import Testing

@Suite("Reading lines")
struct LineReaderTests {
    /// What each line gives, as its record or as the description of its error.
    private func read<R: LineRecord>(
        _ type: R.Type, _ text: String, _ format: LineFormat, dialect: CSVDialect = .standard
    ) throws -> [LineResult<R>] {
        try Array(LineReader.read(type, bytes: Array(text.utf8), format: format, dialect: dialect))
    }

    private func errors<R: LineRecord>(_ results: [LineResult<R>]) -> [LineError] {
        results.compactMap { result in
            if case .failure(let error) = result.record { error } else { nil }
        }
    }

    @Test("A bad line is reported and does not stop the next")
    func goesOn() throws {
        let results = try read(PartnerRecord.self, "a\tA\nB\tB\n\nc\tC\r\nd\tD", .text)
        #expect(results.map(\.line) == [1, 2, 4, 5])
        #expect(errors(results) == [LineError(.badSlug, line: 2, column: 1, field: "partner", excerpt: "B")])
        #expect(results.compactMap { try? $0.record.get().partner } == ["a", "c", "d"])
    }

    @Test("The place of a bad character is counted in scalars from the beginning of the line")
    func places() throws {
        let text = errors(try read(PartnerRecord.self, "a\téé\u{7}\n", .text))
        #expect(
            text == [LineError(.controlCharacter, line: 1, column: 5, field: "name", excerpt: "éé\\u{7}")])
        let json = errors(
            try read(PartnerRecord.self, "\n{\"partner\":\"a\",\"name\":\"é\\u0007\"}", .ndjson))
        #expect(
            json == [LineError(.controlCharacter, line: 2, column: 23, field: "name", excerpt: "é\\u{7}")])
        let csv = errors(try read(PartnerRecord.self, "partner,name\n\na,é\u{7}\n", .csv))
        #expect(csv == [LineError(.controlCharacter, line: 3, column: 3, field: "name", excerpt: "é\\u{7}")])
        let list = errors(
            try read(TokenRecord.self, "t\tp\tmatches,-\t-\t2027-01-01T00:00:00Z\t-\n", .text))
        #expect(list == [LineError(.bareDash, line: 1, column: 5, field: "scopes", excerpt: "-")])
    }

    @Test("A header gives the columns in any order, and those not required may be missing")
    func headers() throws {
        let expected = OfferRecord(community: "a", skill: "b", level: 4)
        #expect(
            try read(OfferRecord.self, "level\tskill\tcommunity\n4\tb\ta\n", .text)[0].record.get()
                == expected)
        #expect(
            try read(OfferRecord.self, "level,skill,community\r\n4,b,a\r\n", .csv)[0].record.get() == expected
        )
        #expect(
            try read(OfferRecord.self, #"{"level":4,"skill":"b","community":"a"}"#, .ndjson)[0].record.get()
                == expected)
    }

    @Test("A first line of text that merely resembles a header is a line")
    func noHeader() throws {
        #expect(
            errors(try read(OfferRecord.self, "level\tskill\n", .text)) == [
                LineError(.wrongFieldCount, line: 1)
            ])
        #expect(try read(PartnerRecord.self, "name\tpartner\n", .text).isEmpty)
        #expect(try read(PartnerRecord.self, "name\tx\n", .text)[0].record.get().partner == "name")
    }

    @Test("The header of a csv file is judged before anything is read")
    func csvHeader() throws {
        #expect(throws: LineError(.unknownKey, line: 1, column: 9, excerpt: "nom")) {
            try read(PartnerRecord.self, "partner,nom\na,A\n", .csv)
        }
        #expect(throws: LineError(.duplicateKey, line: 1, column: 14, field: "name")) {
            try read(PartnerRecord.self, "partner,name,name\n", .csv)
        }
        #expect(throws: LineError(.missingKey, line: 1, field: "name")) {
            try read(PartnerRecord.self, "partner\na\n", .csv)
        }
        #expect(try read(PartnerRecord.self, "", .csv).isEmpty)
    }

    @Test("A table is never read")
    func table() {
        #expect(throws: LineError(.unreadableFormat)) { try read(PartnerRecord.self, "", .table) }
    }

    @Test("Byte order marks, blank lines and a spreadsheet's empty rows are passed over")
    func tolerance() throws {
        #expect(try read(PartnerRecord.self, "\u{FEFF}a\tA\n", .text)[0].record.get().partner == "a")
        #expect(
            try read(PartnerRecord.self, "\u{FEFF}{\"partner\":\"a\",\"name\":\"A\"}\r\n\r\n", .ndjson).count
                == 1)
        let csv = try read(
            PartnerRecord.self, "\u{FEFF}partner;name\r\n;\r\na;A\r\n;\r\n", .csv, dialect: .excelFR)
        #expect(csv.map(\.line) == [3])
    }

    @Test("A line break in a cell of free text becomes a space, and is reported")
    func lineBreaks() throws {
        let results = try read(PartnerRecord.self, "partner,name\na,\"A\r\nB\"\nb,B\n", .csv)
        #expect(try results.map { try $0.record.get().name } == ["A B", "B"])
        #expect(results[0].notices == [LineError(.lineBreakReplaced, line: 2, column: 3, field: "name")])
        #expect(results.map(\.line) == [2, 4])
        #expect(
            errors(try read(PartnerRecord.self, "partner,name\n\"a\nb\",B\n", .csv)).map(\.code) == [.badSlug]
        )
    }

    @Test(
        "An apostrophe that guards nothing stays",
        arguments: [("'t Hooft", "'t Hooft"), ("'=1", "=1"), ("'", "'")])
    func apostrophes(cell: String, value: String) throws {
        #expect(try read(PartnerRecord.self, "partner,name\na,\(cell)\n", .csv)[0].record.get().name == value)
    }

    @Test("excel-fr takes decimals with a comma or a dot, standard csv only with a dot")
    func decimals() throws {
        let header = "territory;name;latitude\n"
        let read = try read(
            TerritoryRecord.self, header + "1;A;48,85\n2;B;48.85\n3;C;4,8,5\n", .csv, dialect: .excelFR)
        #expect(read.compactMap { try? $0.record.get().latitude?.units } == [48_850_000, 48_850_000])
        #expect(errors(read).map(\.code) == [.badDecimal])
        let standard = try self.read(TerritoryRecord.self, "territory,name,latitude\n1,A,\"48,85\"\n", .csv)
        #expect(errors(standard).map(\.code) == [.badDecimal])
    }

    @Test("A line longer than the limit is refused by itself")
    func tooLong() throws {
        let text = "a\tA\nb\t" + String(repeating: "B", count: 20) + "\nc\tC\n"
        let results = try Array(
            LineReader.read(PartnerRecord.self, bytes: Array(text.utf8), format: .text, maxLineBytes: 10))
        #expect(results.compactMap { try? $0.record.get().partner } == ["a", "c"])
        #expect(errors(results) == [LineError(.tooLong, line: 2)])
    }

    @Test("An unclosed quote ends the reading of csv")
    func unclosed() throws {
        let results = try read(PartnerRecord.self, "partner,name\na,A\nb,\"B\nc,C\n", .csv)
        #expect(results.map(\.line) == [2, 3])
        #expect(errors(results) == [LineError(.unclosedQuote, line: 3, column: 3)])
    }
}
