import Lines
import Testing

@Suite("Writing and reading back")
struct RoundTripTests {
    static let types: [any LineRecord.Type] = [
        SkillRecord.self, CommunityRecord.self, OfferRecord.self, NeedRecord.self, RoundRecord.self,
        MatchRecord.self, ReasonRecord.self, OutcomeRecord.self, CertificateRecord.self, PriceRecord.self,
        TerritoryRecord.self, NetworkRecord.self, MembershipRecord.self, AuditRecord.self, PartnerRecord.self,
        TokenRecord.self, InvitationRecord.self, RestRecord.self, HeldRecord.self, ZoneRecord.self,
        ConsentRecord.self, ErrorRecord.self,
    ]

    static let writers = [
        LineWriter(.text), LineWriter(.text, header: true), LineWriter(.ndjson), LineWriter(.csv),
        LineWriter(.csv, dialect: .excelFR),
    ]

    @Test("Every record comes back as it was, from every format", arguments: types.indices, writers.indices)
    func roundTrip(type: Int, writer: Int) throws {
        try check(Self.types[type], Self.writers[writer], seed: UInt64(type * 10 + writer))
    }

    private func check<R: LineRecord>(_ type: R.Type, _ writer: LineWriter, seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var records: [R] = []
        var written = writer.header(for: type) ?? ""
        let headerLines = written.isEmpty ? 0 : 1
        for _ in 0..<300 {
            let record = try RandomRecords.make(type, &generator)
            let line = try writer.line(record)
            #expect(line.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
            #expect(line.unicodeScalars.dropLast(2).allSatisfy { $0 == "\t" || !$0.isRefusedInLines })
            records.append(record)
            written += line
        }
        let sequence = try LineReader.read(
            type, bytes: Array(written.utf8), format: writer.format, dialect: writer.dialect)
        var again = writer.header(for: type) ?? ""
        var count = 0
        for result in sequence {
            #expect(result.notices.isEmpty)
            #expect(result.line == count + 1 + headerLines)
            let record = try result.record.get()
            try #require(count < records.count)
            #expect(record == records[count])
            again += try writer.line(record)
            count += 1
        }
        #expect(count == records.count)
        // Bytes, since `==` on strings looks past normalisation.
        #expect(Array(again.utf8) == Array(written.utf8))
    }

    @Test("The standard csv of one record reads as excel-fr writes it, number for number")
    func dialectsAgree() throws {
        var generator = SplitMix64(seed: 7)
        let standard = LineWriter(.csv)
        let excel = LineWriter(.csv, dialect: .excelFR)
        for _ in 0..<200 {
            let record = try RandomRecords.make(TerritoryRecord.self, &generator)
            let one = try standard.header(for: TerritoryRecord.self).unwrapped() + standard.line(record)
            let other = try excel.header(for: TerritoryRecord.self).unwrapped() + excel.line(record)
            #expect(CSVDialect.suggested(by: Array(one.utf8)) == .standard)
            #expect(CSVDialect.suggested(by: Array(other.utf8)) == .excelFR)
            let first = try Array(LineReader.read(TerritoryRecord.self, bytes: Array(one.utf8), format: .csv))
            let second = try Array(
                LineReader.read(
                    TerritoryRecord.self, bytes: Array(other.utf8), format: .csv, dialect: .excelFR))
            #expect(try first.map { try $0.record.get() } == second.map { try $0.record.get() })
        }
    }
}

extension Optional where Wrapped == String {
    /// The text, or a recorded failure.
    func unwrapped() throws -> String { try #require(self) }
}
