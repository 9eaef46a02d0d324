import Lines
import Testing

@Suite("Writing lines")
struct LineWriterTests {
    static let offer = OfferRecord(
        community: "fablab-des-dunes", skill: "decoupe-laser", level: 3, capacity: 2,
        formats: ["workshop", "visit"],
        until: "2027-12-31")
    static let territory = TerritoryRecord(
        territory: "59183", name: "=Dunkerque, \"port\"; 'plage'", postcode: "59140", departement: "59",
        region: "32",
        latitude: FixedDecimal(microdegrees: 51_034_800), longitude: FixedDecimal(microdegrees: -2_376_800),
        population: 86_263)

    @Test("A line of text has one tab between fields, a dash for nothing, commas in lists")
    func text() throws {
        let writer = LineWriter(.text)
        #expect(writer.header(for: OfferRecord.self) == nil)
        #expect(
            try writer.line(Self.offer)
                == "fablab-des-dunes\tdecoupe-laser\t3\t2\t-\tworkshop,visit\t-\t-\t-\t-\t2027-12-31\n")
        #expect(
            LineWriter(.text, header: true).header(for: ReasonRecord.self)
                == "match\tfactor\tweight\tvalue\tpoints\tdetail\n")
    }

    @Test("A line of ndjson has every key in order, lists as arrays, null for nothing")
    func ndjson() throws {
        let writer = LineWriter(.ndjson, header: true)
        #expect(writer.header(for: OfferRecord.self) == nil)
        let expected =
            #"{"community":"fablab-des-dunes","skill":"decoupe-laser","level":3,"capacity":2,"posture":null,"#
            + #""formats":["workshop","visit"],"modes":[],"languages":[],"slots":[],"group_max":null,"#
            + #""until":"2027-12-31"}"# + "\n"
        #expect(try writer.line(Self.offer) == expected)
    }

    @Test("A row of csv ends with CRLF, quotes what needs it, and keeps formulas from running")
    func csv() throws {
        let writer = LineWriter(.csv)
        #expect(
            writer.header(for: TerritoryRecord.self)
                == "territory,name,postcode,departement,region,latitude,longitude,population\r\n")
        #expect(LineWriter(.csv, header: false).header(for: TerritoryRecord.self) == nil)
        #expect(
            try writer.line(Self.territory)
                == "59183,\"'=Dunkerque, \"\"port\"\"; 'plage'\",59140,59,32,51.0348,-2.3768,86263\r\n")
    }

    @Test("excel-fr has a byte order mark, semicolons and decimal commas")
    func excelFR() throws {
        let writer = LineWriter(.csv, dialect: .excelFR)
        let header = try #require(writer.header(for: TerritoryRecord.self))
        #expect(Array(header.utf8.prefix(3)) == [0xEF, 0xBB, 0xBF])
        #expect(
            header.hasSuffix("territory;name;postcode;departement;region;latitude;longitude;population\r\n"))
        #expect(
            try writer.line(Self.territory)
                == "59183;\"'=Dunkerque, \"\"port\"\"; 'plage'\";59140;59;32;51,0348;-2,3768;86263\r\n")
    }

    @Test(
        "A text cell that a spreadsheet would run stands behind an apostrophe, and no cell is run",
        arguments: ["=1", "+1", "-1", "@a", "'a", "''", "=\u{301}", "--"])
    func guarded(name: String) throws {
        let line = try LineWriter(.csv).line(PartnerRecord(partner: "p", name: name))
        #expect(Array(line.utf8) == Array("p,'\(name)\r\n".utf8))
    }

    @Test(
        "Cells with spaces at their ends are quoted, so that no reader trims them", arguments: [" a", "a "])
    func spaces(name: String) throws {
        #expect(try LineWriter(.csv).line(PartnerRecord(partner: "p", name: name)) == "p,\"\(name)\"\r\n")
    }

    @Test("Numbers are never guarded")
    func numbers() throws {
        let price = PriceRecord(index: 0, kind: "receiver", subject: "a", price: -300_000)
        #expect(try LineWriter(.csv).line(price) == "0,receiver,a,,,-300000\r\n")
    }

    @Test("An error line begins with the word error")
    func error() throws {
        let record = ErrorRecord(status: 404, code: "unknown-skill", detail: "skill=x")
        #expect(try LineWriter(.text).line(record) == "error\t404\tunknown-skill\tskill=x\n")
    }

    @Test("A table asked for line by line is text")
    func table() throws {
        #expect(LineWriter(.table).format == .text)
        #expect(try LineWriter(.table).line(PartnerRecord(partner: "p", name: "P")) == "p\tP\n")
    }

    @Test("What would break a line, or read as something else, is not written")
    func refusals() throws {
        for format in [LineFormat.text, .ndjson, .csv] {
            let writer = LineWriter(format)
            #expect(throws: LineError(.controlCharacter, column: 2, field: "name", excerpt: "a\\u{A}b")) {
                try writer.line(PartnerRecord(partner: "p", name: "a\nb"))
            }
            #expect(throws: LineError(.bareDash, field: "name", excerpt: "-")) {
                try writer.line(PartnerRecord(partner: "p", name: "-"))
            }
            #expect(throws: LineError(.emptyText, field: "name")) {
                try writer.line(PartnerRecord(partner: "p", name: ""))
            }
            #expect(throws: LineError(.badSlug, field: "partner", excerpt: "P Q")) {
                try writer.line(PartnerRecord(partner: "P Q", name: "x"))
            }
            for (element, code) in [("a,b", LineError.Code.badList), ("", .badList), ("-", .bareDash)] {
                var offer = Self.offer
                offer.modes = ["remote", element]
                #expect {
                    try writer.line(offer)
                } throws: { error in
                    (error as? LineError)?.code == code && (error as? LineError)?.field == "modes"
                }
            }
            var territory = Self.territory
            territory.latitude = FixedDecimal(hectometres: 1)
            #expect(throws: LineError(.wrongType, field: "latitude")) { try writer.line(territory) }
        }
    }

    @Test("Formats name their media type and suffix")
    func formats() {
        #expect(LineFormat.allCases.map(\.rawValue) == ["text", "ndjson", "csv", "table"])
        #expect(LineFormat.text.contentType == "text/plain; charset=utf-8")
        #expect(LineFormat.ndjson.contentType == "application/x-ndjson")
        #expect(LineFormat.csv.contentType == "text/csv; charset=utf-8; header=present")
        #expect(LineFormat.allCases.map(\.fileSuffix) == ["txt", "ndjson", "csv", "txt"])
    }
}
