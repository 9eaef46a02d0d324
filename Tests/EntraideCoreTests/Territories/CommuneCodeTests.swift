import EntraideCore
import Testing

@Suite("Codes of communes")
struct CommuneCodeTests {
    @Test(
        "Those of INSEE and of other countries are well formed",
        arguments: [
            "01004", "02722", "2A004", "2B033", "75056", "95680", "97101", "97502", "98818", "99999",
            "BE-21004",
        ])
    func good(code: String) {
        #expect(CommuneCode.isWellFormed(code))
    }

    @Test(
        "Others are not, and the nearest are found",
        arguments: [
            ("1004", ["01004"]), ("abc", []), ("", []), ("00001", []), ("96001", []), ("97901", []),
            ("98500", []),
            ("2C004", []), ("20004", ["2A004", "2B004"]), ("02 722", ["02722"]), ("59183.0", ["59183"]),
            ("O2722", ["02722"]), ("FR-02722", ["02722"]), ("027220", []), ("2a004", ["2A004"]),
            ("é2722", []),
        ] as [(String, [String])])
    func bad(code: String, near: [String]) {
        #expect(!CommuneCode.isWellFormed(code))
        #expect(CommuneCode.near(code) == near)
    }
}
