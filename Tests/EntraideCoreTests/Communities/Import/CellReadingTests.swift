import EntraideCore
import Matching
import Testing

@Suite("Reading the cells of spreadsheets")
struct CellReadingTests {
    @Test(
        "A day is read in every way that people and spreadsheets write it",
        arguments: [
            ("19/02/2020", "2020-02-19"), ("2024-04-02", "2024-04-02"), ("01/12/23", "2023-12-01"),
            ("2 avril 2024", "2024-04-02"), ("1er août 2023", "2023-08-01"), ("44927", "2023-01-01"),
            ("2 April 2024", "2024-04-02"), ("April 2, 2024", "2024-04-02"),
            ("2024-04-02T10:30:00Z", "2024-04-02"),
            ("19/02/2020 10:30", "2020-02-19"), ("9.2.2020", "2020-02-09"),
            ("lundi 2 avril 2024", "2024-04-02"),
            ("29/02/2024", "2024-02-29"), ("36526", "2000-01-01"), ("45351", "2024-02-29"),
            ("31/12/99", "1999-12-31"),
            ("44927,5", "2023-01-01"),
        ])
    func days(text: String, day: String) {
        #expect(DateReading.day(text) == day)
    }

    @Test(
        "What is no day of the calendar is none",
        arguments: [
            "09/0102023", "29/02/2023", "31/04/2024", "13/13/2024", "hier", "", "2024", "1400", "99999",
            "1/2/3/4",
            "2 avril", "２０２４-04-02", "0/0/0", "12345678901234567890", "2024-04-02 et demi",
        ])
    func noDays(text: String) {
        #expect(DateReading.day(text) == nil)
    }

    /// Points from the projection's own definition, and from PROJ 9 (EPSG:2154 to EPSG:4326).
    @Test(
        "Lambert-93 metres become the degrees of the same point",
        arguments: [
            (700_000.0, 6_600_000.0, 46.5, 3.0), (652_469, 6_862_035, 48.856598, 2.352200),
            (652_296.973, 6_861_636.359, 48.8530, 2.3499), (1_224_000, 6_120_000, 41.991815, 9.317391),
            (99_226, 6_838_000, 48.363863, -5.125505), (393_993, 6_714_000, 47.455482, -1.063163),
        ])
    func lambert(easting: Double, northing: Double, latitude: Double, longitude: Double) {
        let degrees = Lambert93.degrees(easting: easting, northing: northing)
        #expect(
            abs(degrees.latitude - latitude) < 2e-6 && abs(degrees.longitude - longitude) < 2e-6, "\(degrees)"
        )
    }

    @Test(
        "Coordinates are told apart by their range, mended when exchanged, and refused when they are no place"
    )
    func coordinates() {
        func read(_ latitude: String, _ longitude: String) -> CoordinateReading.Found? {
            CoordinateReading.read(latitude: latitude, longitude: longitude)
        }
        let here = Position(latitudeE6: 46_119_000, longitudeE6: 4_956_000)
        #expect(read("46,1190", "4,9560") == CoordinateReading.Found(position: here))
        #expect(read("46.1190", " 4.9560 ")?.position == here)
        #expect(read("4,9560", "46,1190") == CoordinateReading.Found(position: here, wasSwapped: true))
        // La Réunion, whose latitude and longitude stand the right way round.
        #expect(
            read("-21,1", "55,5")
                == CoordinateReading.Found(
                    position: Position(latitudeE6: -21_100_000, longitudeE6: 55_500_000)))
        #expect(read("120,5", "45,2")?.wasSwapped == true)
        let paris = read("6 862 035,00", "652 469")
        #expect(paris?.wasLambert == true && paris?.wasSwapped == false)
        #expect(abs((paris?.position.latitudeE6 ?? 0) - 48_856_598) < 5)
        #expect(read("652469", "6862035")?.position == paris?.position)
        for (latitude, longitude) in [
            ("nord", "est"), ("", "4"), ("91", "181"), ("0", "0"), ("1,2,3", "4"), ("41.93414,8", "8.7"),
            ("inf", "1"), ("1e3", "4"), ("5000000", "600000"), (String(repeating: "9", count: 60), "4"),
        ] { #expect(read(latitude, longitude) == nil, "\(latitude) \(longitude)") }
    }

    @Test(
        "Two coordinates in one cell are read, however they are separated",
        arguments: [
            "42.35473, 9.04258", "42.35473,9.04258", "42,35473 ; 9,04258", "42.35473 9.04258",
            "[42.35473, 9.04258]",
            "POINT(9.04258 42.35473)", "42,35473, 9,04258",
        ])
    func pairs(text: String) {
        #expect(
            CoordinateReading.read(pair: text)?.position
                == Position(latitudeE6: 42_354_730, longitudeE6: 9_042_580))
    }

    @Test("Numbers that are names get their zero back, and lost digits are told from whole ones")
    func identifiers() {
        #expect(IdentifierReading.siret("123 456 789 00011") == .whole("12345678900011"))
        #expect(IdentifierReading.siret("2345678900011") == .mended("02345678900011"))
        #expect(IdentifierReading.siret("1,23457E+13") == .lostDigits)
        #expect(IdentifierReading.siret("1,2345678900011E+13") == .mended("12345678900011"))
        #expect(IdentifierReading.siret("FR12") == .unreadable && IdentifierReading.siret("E") == .unreadable)
        #expect(IdentifierReading.postcode("1400") == .mended("01400"))
        #expect(IdentifierReading.postcode("29 200") == .whole("29200"))
        #expect(IdentifierReading.postcode("29200.0") == .whole("29200"))
        #expect(IdentifierReading.postcode("F-29200") == .whole("29200"))
        #expect(IdentifierReading.postcode("2A004") == .whole("2A004"))
        #expect(IdentifierReading.postcode("140") == .unreadable)
        #expect(IdentifierReading.insee("2b033") == .whole("2B033"))
        #expect(IdentifierReading.insee("1093") == .mended("01093"))
        #expect(IdentifierReading.insee("Brest") == .unreadable)
    }

    @Test("Cells that say nothing say nothing, and yes is yes in every way it is ticked")
    func nothing() {
        for cell in [
            "", " ", "-", "–", "#N/A", "N/D", "n/d", "NC", "n.c.", "#REF!", "\u{A0}", "Non renseigné", "?",
        ] {
            #expect(CellText.said(cell) == nil, "\(cell)")
        }
        #expect(
            CellText.said("  Ouvert « le samedi »\nsur rendez-vous ")
                == "Ouvert « le samedi » sur rendez-vous")
        #expect(CellText.said("'=cmd") == "=cmd")
        #expect(CellText.said("Nîmes") == "Nîmes")
        for yes in ["Oui", "OUI", "x", "X", "1", "yes", "vrai", "✓"] {
            #expect(CellText.isYes(yes) == true, "\(yes)")
        }
        for no in ["Non", "0", "no", "faux"] { #expect(CellText.isYes(no) == false, "\(no)") }
        #expect(CellText.isYes("peut-être") == nil && CellText.isYes("2") == nil)
    }

    @Test("Columns are named as spreadsheets do")
    func letters() {
        #expect(
            [0, 25, 26, 51, 52, 701, 702].map(CellText.letters) == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"])
    }

    @Test("Headers are known in both languages, whatever their case, accents and signs")
    func headers() throws {
        let words = try HeaderWords()
        for (header, column) in [
            ("NOM_STRUCTURE", ImportColumn.name), ("Nom de la structure *", .name),
            ("Organisation name", .name),
            ("CP", .postcode), ("Code Postal", .postcode), ("Zip code", .postcode), ("Ville", .city),
            ("N° SIRET", .siret), ("Compétences proposées", .offers), ("COMPETENCES PROPOSEES", .offers),
            ("Offered skills", .offers), ("Besoins", .needs), ("Latitude (WGS84)", .latitude),
            ("x", .longitude),
            ("ID_LieuMed", .id), ("Date de mise à jour", .updated), ("N°", .address), ("code_insee", .insee),
        ] { #expect(words.use(of: header)?.use == .column(column), "\(header)") }
        #expect(words.use(of: "Téléphone")?.use == .leftAlone)
        #expect(words.use(of: "Pointure") == nil)
    }
}
