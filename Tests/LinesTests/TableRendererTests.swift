import Lines
import Testing

@Suite("Tables")
struct TableRendererTests {
    private let wide = TableRenderer(width: 0, color: false, language: .en)

    private func match(_ number: Int, score: Int, provider: String) -> MatchRecord {
        MatchRecord(
            match: MatchName(round: "mars", number: number), status: "proposed", score: score,
            provider: provider,
            offer: "couture", receiver: "b", need: "couture", distanceKm: FixedDecimal(hectometres: 123))
    }

    @Test("Words are aligned to the left, numbers to the right, scores shown in thousandths")
    func alignment() {
        let table = wide.render([
            match(2, score: 873_000, provider: "a"), match(10, score: 1_000_000, provider: "fablab-nantes"),
        ])
        #expect(
            table == """
                match    round  status    score  provider       offer    receiver  need     distance (km)
                mars/2   mars   proposed  0.873  a              couture  b         couture           12.3
                mars/10  mars   proposed  1.000  fablab-nantes  couture  b         couture           12.3

                """)
    }

    @Test("No rows, no table")
    func empty() {
        #expect(wide.render([PartnerRecord]()) == "")
    }

    @Test("Titles are in the reader's language")
    func languages() {
        let french = TableRenderer(width: 0, color: false, language: .fr)
        #expect(french.render([PartnerRecord(partner: "p", name: "P")]) == "partenaire  nom\np           P\n")
    }

    @Test("Columns that are empty stay where that is what is to be seen, of those asked for")
    func empties() {
        let answers = [ConsentRecord(community: "c", purpose: "research")]
        let columns = ["purpose", "granted", "since"]
        #expect(wide.render(answers, only: columns) == "consent to\nresearch\n")
        #expect(
            wide.render(answers, only: columns, keepsEmpty: true)
                == "consent to  given  since\nresearch    -      -\n")
    }

    @Test("Only the header is coloured, and only when asked")
    func colour() {
        let table = TableRenderer(width: 0, color: true, language: .en)
            .render([PartnerRecord(partner: "p", name: "P")])
        #expect(table == "\u{1B}[1;36mpartner  name\u{1B}[0m\np        P\n")
    }

    @Test(
        "Amounts in parts per million are rounded to thousandths, halves away from zero",
        arguments: [
            (0, "0.000"), (873_499, "0.873"), (873_500, "0.874"), (-873_500, "-0.874"), (-499, "0.000"),
            (12_345_678, "12.346"), (Int.max, "9223372036854.776"), (Int.min, "-9223372036854.776"),
        ])
    func thousandths(price: Int, shown: String) {
        let table = wide.render([PriceRecord(index: 0, kind: "k", price: price)])
        #expect(table.split(separator: "\n").last?.split(separator: " ").last.map(String.init) == shown)
    }

    @Test(
        "Columns stay aligned behind wide, combining and joined characters",
        arguments: [
            ("ete", 3), ("été", 3), ("e\u{301}te\u{301}", 3), ("東京", 4), ("ｱｲ", 2), ("한국", 4), ("👩‍👩‍👧", 2),
            ("🇫🇷", 2),
            ("👍🏽", 2), ("❤️", 2), ("1️⃣", 2), ("a\u{200B}b", 2), ("\u{1112}\u{1161}\u{11AB}", 2), ("क्षि", 3),
            ("⌚", 2), ("€", 1),
        ])
    func displayWidth(name: String, cells: Int) throws {
        let rows = [
            TerritoryRecord(territory: "1", name: "0123456789", population: 1),
            TerritoryRecord(territory: "2", name: name, population: 2),
        ]
        let last = try #require(wide.render(rows).split(separator: "\n").last)
        let padding = String(repeating: " ", count: 10 - cells + 2 + "population".count - 1)
        #expect(String(last) == "2          " + name + padding + "2")
    }

    @Test("A table never exceeds the width, and says where it was cut", arguments: Array(1...120))
    func cut(width: Int) {
        let rows = [
            CommunityRecord(
                community: "fablab-des-dunes", name: "Fablab des Dunes (exemple fictif)", kind: "fablab",
                languages: ["fr", "en"], maxKm: 80, offers: ["decoupe-laser", "impression-3d"],
                needs: ["compta"]),
            CommunityRecord(community: "b", name: "東京東京東京東京東京東京東京", kind: "other", maxKm: 5),
        ]
        let full = wide.render(rows)
        let table = TableRenderer(width: width, color: false, language: .en).render(rows)
        for line in table.split(separator: "\n") {
            // Of the characters in these rows only those beyond U+3000 take two cells.
            let cells = line.unicodeScalars.reduce(0) { $0 + ($1.value > 0x3000 ? 2 : 1) }
            #expect(cells <= width)
        }
        #expect(table.split(separator: "\n").count == 3)
        #expect((table == full) != table.contains("…"))
    }

    @Test("The widest columns of words give way first, numbers and short ones stay whole")
    func fairCut() {
        let rows = [
            TerritoryRecord(
                territory: "59183", name: "Une commune au nom très long", region: "Hauts-de-France",
                population: 86_263)
        ]
        #expect(
            TableRenderer(width: 48, color: false, language: .en).render(rows) == """
                territory  name         region       population
                59183      Une commun…  Hauts-de-F…       86263

                """)
    }

    @Test("What people copy to ask for more, in the first column, is cut only by the edge itself")
    func firstColumn() {
        let rows = [PartnerRecord(partner: "association-des-dunes", name: "Association des Dunes")]
        #expect(
            TableRenderer(width: 32, color: false, language: .en).render(rows) == """
                partner                name
                association-des-dunes  Associat…

                """)
    }

    @Test("A cell as wide as its column is not cut, one cell more is")
    func exactFit() {
        let row = PartnerRecord(partner: "p", name: "1234567890")
        #expect(TableRenderer(width: 19, color: false, language: .en).render([row]).contains("1234567890\n"))
        #expect(TableRenderer(width: 18, color: false, language: .en).render([row]).contains("12345678…\n"))
    }

    @Test("Columns empty in every row are left out, others show a dash")
    func emptyColumns() {
        let rows = [
            TerritoryRecord(territory: "1", name: "A", postcode: "01000"),
            TerritoryRecord(territory: "2", name: "B"),
        ]
        #expect(
            wide.render(rows) == "territory  name  postcode\n1          A     01000\n2          B     -\n")
    }

    @Test("Slugs, codes and elements of lists are translated, free text and numbers are not")
    func translation() {
        let row = OfferRecord(
            community: "a", skill: "b", level: 3, posture: "peer", formats: ["visit", "workshop"])
        let table = wide.render([row]) { column, word in "\(column.name):\(word)" }
        #expect(
            table.hasSuffix("community:a  skill:b      3  posture:peer  formats:visit, formats:workshop\n"))
    }

    @Test("No control character reaches the terminal, not even from a translation")
    func escapes() {
        let row = PartnerRecord(partner: "p", name: "\u{1B}[2Ja\u{202E}\n")
        let table = wide.render([row]) { _, _ in "\u{7}" }
        #expect(table.hasSuffix("\\u{7}    \\u{1B}[2Ja\\u{202E}\\u{A}\n"))
    }

    @Test("A last column of sentences goes on below, whole, where it is asked to and has the room")
    func continues() {
        let rows = [
            CheckRecord(
                check: "schema", holds: false,
                detail: "bring it up with entraide database migrate, then try again"),
            CheckRecord(check: "clock", holds: true, detail: "fine"),
        ]
        let narrow = TableRenderer(width: 44, color: false, language: .en)
        #expect(
            narrow.render(rows, continues: true) == """
                check   holds  detail
                schema  no     bring it up with entraide
                               database migrate, then try
                               again
                clock   yes    fine

                """)
        #expect(narrow.render(rows).contains("…"))
        // Too narrow to go on, or wide enough: as any table.
        for width in [24, 80, 0] {
            let renderer = TableRenderer(width: width, color: false, language: .en)
            #expect(renderer.render(rows, continues: true) == renderer.render(rows), "\(width)")
        }
    }

    @Test("Of a list that is counted the length is shown, to the right")
    func counts() {
        let rows = [CommunityRecord(community: "a", name: "A", kind: "fablab", offers: ["x", "y"])]
        let table = wide.render(rows, only: ["community", "offers"], counting: ["offers"])
        #expect(table == "community  offers\na               2\n")
    }

    @Test(
        "In French decimals have a comma, in tables and in cards alike; a long list of a card goes on below")
    func cards() {
        let french = TableRenderer(width: 40, color: false, language: .fr)
        let record = CommunityRecord(
            community: "a", name: "A", kind: "fablab", latitude: FixedDecimal(microdegrees: 48_500_000),
            longitude: FixedDecimal(microdegrees: -3_250_000),
            offers: ["administration-linux", "couture", "video"])
        #expect(
            french.card(record) == """
                communauté  a
                nom         A
                nature      fablab
                latitude    48,5
                longitude   -3,25
                offres      administration-linux,
                            couture, video

                """)
        #expect(
            french.render([match(1, score: 920_000, provider: "a")], only: ["score", "distance_km"])
                .hasSuffix("0,920           12,3\n"))
    }
}
