import Lines
import Testing

@Suite("Columns that scripts rely on")
struct RecordColumnsTests {
    @Test(
        "The columns of each record are the ones promised, in order",
        arguments: [
            (
                SkillRecord.self, "skill",
                "skill label_fr label_en broader related synonyms_fr synonyms_en esco"
            ),
            (
                CommunityRecord.self, "community",
                "community name kind status stage parent territory latitude longitude languages modes slots max_km "
                    + "give receive visibility networks offers needs"
            ),
            (
                OfferRecord.self, "offer",
                "community skill level capacity posture formats modes languages slots group_max until"
            ),
            (
                NeedRecord.self, "need",
                "community skill level_now level urgency quantity needed_by posture formats modes languages slots"
            ),
            (
                RoundRecord.self, "round",
                "round title status networks on matches score objective bound opened_at run_at published_at bonuses"
            ),
            (
                MatchRecord.self, "match",
                "match round status score provider offer receiver need ring distance_km"
            ),
            (ReasonRecord.self, "reason", "match factor weight value points detail"),
            (OutcomeRecord.self, "outcome", "round community role reason detail"),
            (
                CertificateRecord.self, "certificate",
                "round objective bound gap candidates extensions input_digest instance_digest result_digest listed scope pairs rings"
            ),
            (PriceRecord.self, "price", "index kind subject other skill price"),
            (
                TerritoryRecord.self, "territory",
                "territory name postcode departement region latitude longitude population"
            ),
            (ZoneRecord.self, "zone", "zone vintage source communes quarters unknown"),
            (NetworkRecord.self, "network", "network name communities"),
            (MembershipRecord.self, "membership", "community network college referent"),
            (PartnerRecord.self, "partner", "partner name"),
            (ConsentRecord.self, "consent", "community purpose granted since channel"),
            (RestRecord.self, "rest", "community reason on detail wake"),
            (HeldRecord.self, "held", "table column about use kept seen_by reader rows"),
            (AuditRecord.self, "audit", "at actor action subject detail"),
            (TokenRecord.self, "token", "token partner scopes networks expires_at revoked_at"),
            (InvitationRecord.self, "invitation", "community name purpose code expires_at"),
            (ErrorRecord.self, "error", "error status code detail"),
        ] as [(any LineRecord.Type, String, String)])
    func columns(type: any LineRecord.Type, name: String, names: String) {
        #expect(type.name == name)
        #expect(type.columns.map(\.name).joined(separator: " ") == names)
    }

    @Test("A record with a field too many or too few is refused", arguments: RoundTripTests.types.indices)
    func fieldCount(index: Int) {
        let type = RoundTripTests.types[index]
        let fields = [Field](repeating: .absent, count: type.columns.count + 1)
        #expect(throws: LineError(.wrongFieldCount)) { try type.init(fields: fields) }
        #expect(throws: LineError(.wrongFieldCount)) { try type.init(fields: []) }
    }

    @Test("Each column refuses fields of another type, by its name", arguments: RoundTripTests.types.indices)
    func wrongTypes(index: Int) throws {
        let type = RoundTripTests.types[index]
        var generator = SplitMix64(seed: UInt64(index))
        let good = try RandomRecords.make(type, &generator).fields
        for place in good.indices {
            var fields = good
            fields[place] = type.columns[place].kind.isNumeric ? .text("x") : .integer(1)
            #expect(throws: LineError(.wrongType, field: type.columns[place].name)) {
                try type.init(fields: fields)
            }
        }
    }

    @Test("A match says its round twice, and the two must agree")
    func roundOfMatch() throws {
        let record = MatchRecord(match: MatchName(round: "mars", number: 3), status: "proposed", score: 1)
        var fields = record.fields
        #expect(record.round == "mars")
        fields[1] = .text("avril")
        #expect(throws: LineError(.badCode, field: "round")) { try MatchRecord(fields: fields) }
    }

    @Test("An error line begins with the word error and nothing else")
    func errorMarker() throws {
        var fields = ErrorRecord(status: 503, code: "database-away").fields
        #expect(try ErrorRecord(fields: fields).code == "database-away")
        fields[0] = .text("warning")
        #expect(throws: LineError(.badCode, field: "error")) { try ErrorRecord(fields: fields) }
    }
}
