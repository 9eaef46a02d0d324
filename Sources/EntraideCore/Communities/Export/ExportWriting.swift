import Lines
import Matching

/// A community that cannot be written in the format asked for.
struct KeptBackError: Error {
    let reason: KeptBack
}

/// Writes communities in one format.
struct ExportWriting {
    private let options: ExportOptions
    private let vocabulary: Vocabulary
    private let services: MednumServices

    init(_ options: ExportOptions, _ vocabulary: Vocabulary) throws(EntraideError) {
        self.options = options
        self.vocabulary = vocabulary
        services = try MednumServices(vocabulary)
    }

    private var lines: LineWriter {
        LineWriter(.csv, dialect: options.format == .excelFR ? .excelFR : .standard)
    }

    /// What stands above the first community.
    var header: String? {
        switch options.format {
        case .entraide, .murmurations, .offersWants: nil
        case .csv, .excelFR:
            options.hasContacts
                ? lines.header(for: ContactRow.self) : lines.header(for: CommunityRow.self)
        case .mednum: lines.header(for: MednumRow.self)
        }
    }

    /// The lines of a community.
    func text(_ community: LeavingCommunity) -> Result<String, KeptBackError> {
        do {
            switch options.format {
            case .entraide: return .success(community.profile.jsonLine(personal: true) + "\n")
            case .csv, .excelFR:
                let row = CommunityRow(community)
                return .success(
                    options.hasContacts
                        ? try lines.line(ContactRow(row: row, contact: community.profile.contact))
                        : try lines.line(row))
            case .mednum:
                let address = options.addresses[community.profile.community.slug]
                switch MednumRow.of(community, address, services) {
                case .success(let row): return .success(try lines.line(row))
                case .failure(let kept): return .failure(kept)
                }
            case .murmurations: return .success(Murmurations.organization(community, vocabulary) + "\n")
            case .offersWants:
                return .success(
                    Murmurations.offersAndWants(community, vocabulary).map { $0 + "\n" }.joined())
            }
        } catch {
            return .failure(KeptBackError(reason: .notALine))
        }
    }
}

/// A community as a row that an import of tables reads: the columns of a community, its slug as `id`.
struct CommunityRow: LineRecord {
    static let name = "community-row"
    static let columns =
        [Column("id", .slug, required: true, fr: "identifiant", en: "identifier")]
        + CommunityRecord.columns.dropFirst()

    let record: CommunityRecord

    var fields: [Field] { record.fields }

    init(fields: [Field]) throws(LineError) {
        record = try CommunityRecord(fields: fields)
    }

    init(_ leaving: LeavingCommunity) {
        let profile = leaving.profile
        let c = profile.community
        record = CommunityRecord(
            community: c.slug, name: c.name, kind: c.kind.rawValue, status: c.status.rawValue,
            stage: c.stage?.rawValue, parent: c.parent, territory: c.territory,
            latitude: c.position.map { FixedDecimal(microdegrees: $0.latitudeE6) },
            longitude: c.position.map { FixedDecimal(microdegrees: $0.longitudeE6) },
            languages: c.languages, modes: c.modes.map(\.rawValue), slots: c.slots.map(\.rawValue),
            maxKm: c.maxKm, give: c.give, receive: c.receive, visibility: c.visibility.rawValue,
            networks: leaving.networks, offers: profile.offers.map(\.terms.skill),
            needs: profile.needs.map(\.terms.skill))
    }
}

/// The same with how to reach it.
struct ContactRow: LineRecord {
    static let name = "community-contact-row"
    static let columns = CommunityRow.columns + [Column("contact", .text, fr: "contact", en: "contact")]

    let row: CommunityRow
    let contact: String?

    var fields: [Field] { row.fields + [.text(orAbsent: contact)] }

    init(row: CommunityRow, contact: String?) {
        self.row = row
        self.contact = contact
    }

    init(fields: [Field]) throws(LineError) {
        row = try CommunityRow(fields: Array(fields.dropLast()))
        guard case .text(let contact)? = fields.last else {
            contact = nil
            return
        }
        self.contact = contact
    }
}
