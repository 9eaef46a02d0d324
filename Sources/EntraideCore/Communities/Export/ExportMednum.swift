import Lines
import Matching

/// Addresses that the national format requires and that are not held here: a csv of community, address and, where the
/// commune has several, postcode.
package struct AddressBook: Sendable, Equatable {
    struct Address: Sendable, Equatable {
        let text: String
        let postcode: String?
    }

    private var bySlug: [String: Address] = [:]

    package init() {}

    /// - Throws: `missing-column`, and what is wrong with the csv.
    package init(csv bytes: [UInt8], file: String) throws(EntraideError) {
        do {
            var reader = CSVReader(
                bytes: bytes.withoutByteOrderMark, delimiter: CSVDialect.suggested(by: bytes).delimiter)
            let header = try reader.next()?.cells ?? []
            func column(_ name: String) throws(EntraideError) -> Int {
                guard let index = header.firstIndex(of: name) else {
                    throw EntraideError(.missingColumn, ["name": name], at: Place(file: file))
                }
                return index
            }
            let (community, address) = (try column("community"), try column("address"))
            let postcode = header.firstIndex(of: "postcode")
            while let row = try reader.next() {
                func cell(_ index: Int?) -> String? {
                    guard let index, index < row.cells.count else { return nil }
                    let text = row.cells[index].trimmingSpaces
                    return text.isEmpty ? nil : text
                }
                guard let slug = cell(community), let text = cell(address) else { continue }
                bySlug[slug] = Address(text: text, postcode: cell(postcode))
            }
        } catch let error as EntraideError {
            throw error
        } catch {
            throw EntraideError(any: error)
        }
    }

    subscript(slug: String) -> Address? { bySlug[slug] }
}

/// Which services of the national format a skill stands for.
struct MednumServices {
    /// The nine services of the format, in its order.
    static let all = [
        "Aide aux démarches administratives", "Maîtrise des outils numériques du quotidien",
        "Insertion professionnelle via le numérique", "Utilisation sécurisée du numérique",
        "Parentalité et éducation avec le numérique", "Loisirs et créations numériques",
        "Compréhension du monde numérique", "Accès internet et matériel informatique",
        "Acquisition de matériel informatique à prix solidaire",
    ]

    private let bySkill: [String: Set<Int>]

    init(_ vocabulary: Vocabulary) throws(EntraideError) {
        let tables = try PlaceTables.embedded(vocabulary)
        var bySkill: [String: Set<Int>] = [:]
        for (index, service) in Self.all.enumerated() {
            for skill in tables.skills(for: service) ?? [] { bySkill[skill, default: []].insert(index) }
        }
        self.bySkill = bySkill
    }

    func services(of skills: [String]) -> [String] {
        let found = skills.reduce(into: Set<Int>()) { $0.formUnion(bySkill[$1] ?? []) }
        return found.sorted().map { Self.all[$0] }
    }
}

/// A place of digital mediation in the national format, all of its columns.
struct MednumRow: LineRecord {
    static let name = "mednum"
    static let columns =
        [
            "id", "pivot", "nom", "commune", "code_postal", "code_insee", "adresse", "complement_adresse",
        ].map(text)
        + ["latitude", "longitude"].map { Column($0, .decimal(places: 6), fr: $0, en: $0) }
        + [
            "typologie", "telephone", "courriels", "site_web", "horaires", "presentation_resume",
            "presentation_detail", "source", "itinerance", "structure_parente", "date_maj", "services",
            "publics_specifiquement_adresses", "prise_en_charge_specifique", "frais_a_charge",
            "dispositif_programmes_nationaux", "formations_labels", "autres_formations_labels",
            "modalites_acces", "modalites_accompagnement", "fiche_acces_libre", "prise_rdv",
        ].map(text)

    private static func text(_ name: String) -> Column { Column(name, .text, fr: name, en: name) }

    let fields: [Field]

    init(fields: [Field]) throws(LineError) {
        if fields.count != Self.columns.count { throw LineError(.wrongFieldCount) }
        self.fields = fields
    }

    private init(_ values: [String: Field]) {
        fields = Self.columns.map { values[$0.name] ?? .absent }
    }

    /// The row of a community, or the first required field that it cannot fill.
    static func of(
        _ community: LeavingCommunity, _ address: AddressBook.Address?, _ services: MednumServices
    ) -> Result<MednumRow, KeptBackError> {
        func kept(_ reason: KeptBack) -> Result<MednumRow, KeptBackError> {
            .failure(KeptBackError(reason: reason))
        }
        let c = community.profile.community
        let offered = services.services(of: community.profile.offers.map(\.terms.skill))
        if offered.isEmpty { return kept(.noService) }
        guard let siret = community.siret else { return kept(.noSIRET) }
        guard let commune = community.commune, let insee = c.territory else { return kept(.noCommune) }
        guard let address else { return kept(.noAddress) }
        // Which of several postcodes is the place's own cannot be told.
        let only = community.postcodes.count == 1 ? community.postcodes.first : nil
        guard let postcode = address.postcode ?? only, isPostcode(postcode) else { return kept(.noPostcode) }
        guard let day = community.confirmedOn else { return kept(.noDate) }
        var values: [String: Field] = [
            "id": .text(c.slug), "pivot": .text(siret), "nom": .text(c.name), "commune": .text(commune),
            "code_postal": .text(postcode), "code_insee": .text(insee), "adresse": .text(address.text),
            "typologie": .text(orAbsent: types[c.kind]), "date_maj": .text(day),
            "services": .text(offered.joined(separator: "|")),
        ]
        if let position = community.position {
            values["latitude"] = .decimal(FixedDecimal(microdegrees: position.latitudeE6))
            values["longitude"] = .decimal(FixedDecimal(microdegrees: position.longitudeE6))
        }
        return .success(MednumRow(values))
    }

    private static func isPostcode(_ text: String) -> Bool {
        text.utf8.count == 5
            && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// The format's word for a kind, where one means the same.
    private static let types: [CommunityKind: String] = [
        .fablab: "FABLAB", .thirdPlace: "TIERS_LIEUX", .association: "ASSO",
    ]
}
