import EntraideCore
import Foundation
import Lines
import Postgres
import PostgresTestSupport

/// A spreadsheet of fictional communities with the traps that real ones have, in any dialect.
struct Sheet {
    static let headers = [
        "Nom de la structure", "Type", "Adresse", "Code postal", "Ville", "Compétences proposées", "Besoins",
        "Latitude",
        "Longitude", "SIRET", "Mis à jour le", "État", "Téléphone", "Pointure",
    ]
    static let rows = [
        [
            "Atelier de l’Épissure", "Fablab", "4 quai des Œuvres", "01400", "Châtillon-sur-Chalaronne",
            "Impression 3D, découpe laser ; couture", "comptabilité associative", "46,1190", "4,9560",
            "98765432100017",
            "19/02/2020", "ouvert", "04 00 00 00 01", "42",
        ],
        [
            "La Cale, tiers-lieu", "Tiers-lieu", "1 place\nd'Armes", "2A004", "Ajaccio",
            "Facilitation / gouvernance partagée",
            "RGPD", "8,7346", "41,9227", "9,87654E+13", "2024-04-02", "", "=CMD|' /C calc'!A0", "",
        ],
        [
            "Médiathèque du Jusant", "Médiation numérique", "2 bd de l'Estran", "29200", "Brest",
            "Aide aux démarches administratives|Médiation numérique", "Réparation d’ordinateurs", "48.3904",
            "-4.4861",
            "", "01/12/23", "Fermé", "0200000003", "",
        ],
        [
            "Repair’Café \"des Deux Ponts\"", "Association", "ZA Sud", "1400", "Chatillon",
            "réparation  électroménager,couture\nTélépathie", "#N/A", "", "", "N/D", "2 avril 2024", "NC", "",
            "",
        ],
        [
            "Commun Ouvert", "Confrérie", "", "", "", "cartographie OSM", "traduction", "", "", "", "44927",
            "", "", "",
        ],
    ]

    static func text(
        _ delimiter: Character, end: String = "\r\n", rows: [[String]] = Sheet.rows,
        headers: [String] = Sheet.headers
    ) -> String {
        let byte = delimiter.asciiValue ?? 0
        return ([headers] + rows).map { row in
            row.map { CSVText.quoted($0, delimiter: byte) }.joined(separator: String(delimiter)) + end
        }.joined()
    }

    static func bytes(_ text: String, _ encoding: TextEncoding = .utf8, mark: Bool = false) -> [UInt8] {
        (mark ? encoding.byteOrderMark : []) + TextEncoder(encoding).encode(Array(text.utf8))
    }
}

extension Core {
    /// Imports bytes as a table named `sheet.csv`.
    func table(
        _ bytes: [UInt8], _ options: TableImportOptions = TableImportOptions(), dryRun: Bool = false
    ) async throws -> TableImportReport {
        try await Communities(database, dryRun: dryRun).importTable(
            InputSource(bytes: bytes, name: "sheet.csv"), options)
    }

    func table(
        _ text: String, _ options: TableImportOptions = TableImportOptions(), dryRun: Bool = false
    ) async throws -> TableImportReport {
        try await table(Array(text.utf8), options, dryRun: dryRun)
    }

    /// Every community as its profile's line, personal parts included.
    func profileLines() async throws -> [String] {
        var lines: [String] = []
        for slug in try await column("SELECT slug::text AS x FROM communities ORDER BY slug") {
            let profile = try await communities.profile(slug).profile
            lines.append("\(profile.community.status.rawValue) " + profile.jsonLine(personal: true))
        }
        return lines
    }

    /// The communes that the sheet names.
    func loadCommunes() async throws {
        let csv = """
            code_insee,nom,code_postal,departement,region,lat,lon,population_2021,type
            01093,Châtillon-sur-Chalaronne,01400,01,84,46.1200,4.9570,5000,COM
            01001,L'Abergement-Clémenciat,01400,01,84,46.1517,4.9306,832,COM
            2A004,Ajaccio,20000,2A,94,41.9257,8.7364,70000,COM
            29019,Brest,29200,29,53,48.4000,-4.5000,139000,COM

            """
        _ = try await Territories(database).importCommunes(Array(csv.utf8), file: "communes.csv")
    }
}
