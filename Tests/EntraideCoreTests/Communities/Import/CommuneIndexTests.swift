import EntraideCore
import Matching
import Testing

@Suite("Finding a commune by what files say of it")
struct CommuneIndexTests {
    private let index = CommuneIndex([
        .init(
            code: "01093", name: "Châtillon-sur-Chalaronne", postcodes: ["01400"],
            position: Position(latitudeE6: 46_120_000, longitudeE6: 4_957_000)),
        .init(
            code: "01001", name: "L'Abergement-Clémenciat", postcodes: ["01400"],
            position: Position(latitudeE6: 46_151_700, longitudeE6: 4_930_600)),
        .init(
            code: "29019", name: "Brest", postcodes: ["29200"],
            position: Position(latitudeE6: 48_400_000, longitudeE6: -4_500_000)),
        .init(
            code: "93066", name: "Saint-Denis", postcodes: ["93200", "93210"],
            position: Position(latitudeE6: 48_930_000, longitudeE6: 2_350_000)),
        .init(
            code: "97411", name: "Saint-Denis", postcodes: ["97400"],
            position: Position(latitudeE6: -20_900_000, longitudeE6: 55_450_000)),
        .init(code: "2A004", name: "Ajaccio", postcodes: ["20000", "20090"], position: nil),
    ])

    @Test(
        "A postcode and a name, or one of them where it is enough",
        arguments: [
            ("01400", "Châtillon-sur-Chalaronne", "01093"), ("01400", "Chatillon", "01093"),
            ("01400", "chatillon sur chalarone", "01093"), (nil, "BREST", "29019"), ("29200", nil, "29019"),
            ("93200", "St-Denis", "93066"), ("93205", "SAINT DENIS CEDEX", "93066"),
            ("97400", "Saint Denis", "97411"),
            ("20700", "AJACCIO CEDEX 9", "2A004"), ("29200", "Le Relecq", "29019"),
        ] as [(String?, String?, String)])
    func found(postcode: String?, name: String?, code: String) {
        #expect(index.find(postcode: postcode, name: name, near: nil) == .commune(code))
    }

    @Test("Several possible ones are told apart by a position near one of them, and not otherwise")
    func ambiguous() {
        #expect(index.find(postcode: nil, name: "Saint-Denis", near: nil) == .ambiguous)
        let reunion = Position(latitudeE6: -20_910_000, longitudeE6: 55_460_000)
        #expect(index.find(postcode: nil, name: "Saint-Denis", near: reunion) == .commune("97411"))
        #expect(index.find(postcode: "01400", name: nil, near: nil) == .ambiguous)
        #expect(index.find(postcode: "01400", name: "Montcel", near: nil) == .ambiguous)
        #expect(
            index.find(
                postcode: "01400", name: nil, near: Position(latitudeE6: 46_150_000, longitudeE6: 4_931_000))
                == .commune("01001"))
        // Far from both: it says nothing.
        #expect(index.find(postcode: "01400", name: nil, near: reunion) == .ambiguous)
    }

    @Test(
        "A commune reaches as far as its neighbours leave it: villages little, lone ones more, in Guyane farthest"
    )
    func reach() {
        func commune(_ code: String, _ latitudeE6: Int, _ longitudeE6: Int) -> CommuneIndex.Commune {
            .init(
                code: code, name: code, postcodes: [],
                position: Position(latitudeE6: latitudeE6, longitudeE6: longitudeE6))
        }
        let index = CommuneIndex([
            // A tenth of a degree of latitude apart, 11.1 km; the third in the next square, another 3.3 km on.
            commune("13004", 43_390_000, 4_630_000), commune("13096", 43_490_000, 4_630_000),
            commune("13047", 43_520_000, 4_630_000),
            commune("66136", 42_700_000, 2_900_000), commune("97353", 3_890_000, -54_080_000),
            .init(code: "2A004", name: "Ajaccio", postcodes: [], position: nil),
        ])
        #expect(abs(index.reach("13004") - 33.36) < 0.1, "\(index.reach("13004"))")
        #expect(index.reach("13047") == 12 && index.reach("13096") == 12)
        #expect(index.reach("66136") == 60 && index.reach("97353") == 400)
        #expect(index.reach("2A004") == 60 && index.reach("99999") == 60)
    }

    @Test("What no commune answers is unknown, and a postcode with a slip is mended by the position alone")
    func unknown() {
        #expect(index.find(postcode: nil, name: "Atlantide", near: nil) == .unknown)
        #expect(index.find(postcode: "99999", name: "Brest", near: nil) == .unknown)
        let brest = Position(latitudeE6: 48_390_000, longitudeE6: -4_490_000)
        #expect(index.find(postcode: "99999", name: "Brest", near: brest) == .commune("29019"))
        #expect(index.find(postcode: nil, name: "  -  ", near: nil) == .unknown)
    }

    @Test("An address in one cell ends with its postcode and commune")
    func endings() {
        func ending(_ text: String) -> [String]? { CommuneIndex.ending(text).map { [$0.postcode, $0.name] } }
        #expect(ending("3 rue Haute, 29200 Brest") == ["29200", "Brest"])
        #expect(ending("Immeuble 12345, CS 70407, 20705 AJACCIO CEDEX 9") == ["20705", "AJACCIO CEDEX 9"])
        #expect(ending("3 rue Haute") == nil && ending("29200") == nil)
    }
}
