import Lines
import Testing

@Suite("Reading JSON")
struct JSONNodeTests {
    private func parse(_ text: String) throws -> JSONNode { try JSONNode.parse(Array(text.utf8)) }

    private func code(_ bytes: [UInt8]) -> LineError.Code? {
        do {
            _ = try JSONNode.parse(bytes)
            return nil
        } catch {
            return error.code
        }
    }

    @Test(
        "What RFC 8259 allows is read, and written back on one line",
        arguments: [
            ("null", "null"), (" true ", "true"), ("\t\r\nfalse\n", "false"), ("0", "0"), ("-0", "-0"),
            ("1e400", "1e400"),
            ("-12.50E+3", "-12.50E+3"), ("12345678901234567890", "12345678901234567890"), ("\"\"", "\"\""),
            ("[]", "[]"), ("[ ]", "[]"), ("{}", "{}"), ("{ }", "{}"),
            ("[1, [2 ,{\"a\" : []}]]", "[1,[2,{\"a\":[]}]]"),
            ("{\"b\":1,\"a\":2}", "{\"b\":1,\"a\":2}"),
            (#""\/\b\f\n\r\t\"\\""#, #""/\u0008\u000c\n\r\t\"\\""#),
            (#""\u00e9\uD83D\uDE00""#, "\"é😀\""), ("\"\u{7F}\"", "\"\\u007f\""), (#""\u0000""#, #""\u0000""#),
            ("\"\u{2028}\"", "\"\\u2028\""), ("\"e\u{301}\"", "\"e\u{301}\""),
        ])
    func accepted(text: String, written: String) throws {
        let again = JSONText.write(try parse(text).content)
        #expect(Array(again.utf8) == Array(written.utf8))
        #expect(Array(JSONText.write(try parse(again).content).utf8) == Array(again.utf8))
    }

    @Test(
        "What is not JSON is refused",
        arguments: [
            "", " ", "nul", "nulll", "True", "01", "-", "-01", "+1", "1.", ".5", "1e", "1e+", "0x10", "NaN",
            "Infinity",
            "\"", "\"a", "\"\\\"", "'a'", #""\x""#, #""\u12""#, #""\u12G4""#, #""\uD800""#, #""\uDC00""#,
            #""\uD800\u0041""#, #""\uD800\uD800""#, #""\uDC00\uDC00""#, #""\uD83D x""#, "[", "]", "[1", "[1,",
            "[1,]", "[,1]",
            "[1 2]", "{",
            "}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "{1:1}",
            "{,}",
            "1 2", "{}{}", "// c\n1", "[1]/*c*/", "\u{FEFF}1", "\u{A0}1", "\u{B}1",
        ])
    func refused(text: String) {
        #expect(code(Array(text.utf8)) == .badJSON)
    }

    @Test(
        "A key given twice is refused, however it is written",
        arguments: [#"{"a":1,"a":2}"#, #"{"a":1,"\u0061":1}"#])
    func duplicateKeys(text: String) {
        #expect(throws: LineError(.duplicateKey, line: 1, column: 8, excerpt: "a")) { try parse(text) }
    }

    @Test("Two keys that differ only in normalisation are one key twice")
    func equivalentKeys() {
        #expect(code(Array("{\"é\":1,\"e\u{301}\":2}".utf8)) == .duplicateKey)
        #expect(code(Array("{\"a\":{\"b\":1},\"b\":{\"a\":1}}".utf8)) == nil)
    }

    @Test("Sixty-four levels are read, one more is refused")
    func depth() {
        let deep = { (levels: Int) in
            Array((String(repeating: "[", count: levels) + String(repeating: "]", count: levels)).utf8)
        }
        #expect(code(deep(64)) == nil)
        #expect(code(deep(65)) == .tooDeep)
        #expect(code(deep(100_000)) == .tooDeep)
        #expect(code(Array(String(repeating: "{\"a\":", count: 100_000).utf8)) == .tooDeep)
    }

    @Test("Control characters and bad bytes inside strings are refused at their place")
    func badBytes() {
        #expect(throws: LineError(.controlCharacter, line: 1, column: 3)) {
            try parse("\"é\u{1}\u{2}\"")
        }
        #expect(throws: LineError(.controlCharacter, line: 2, column: 3)) { try parse("[\n\"a\nb\"]") }
        #expect(throws: LineError(.invalidUTF8, line: 1, column: 4)) {
            try JSONNode.parse([0x22, 0xC3, 0xA9, 0x61, 0xFF, 0x22])
        }
        for bytes: [UInt8] in [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE9], [0x80]] {
            #expect(code([0x22] + bytes + [0x22]) == .invalidUTF8)
        }
    }

    @Test("Every value knows its line and column")
    func positions() throws {
        let node = try JSONNode.parse(Array("{\"é\": 1,\n \"b\": [true,\n  \"x\"]}".utf8), firstLine: 10)
        #expect([node.line, node.column] == [10, 1])
        let members = try #require(node.members)
        #expect(members.map(\.key) == ["é", "b"])
        #expect(members.map(\.value.line) == [10, 11])
        #expect(members.map(\.value.column) == [7, 7])
        let elements = try #require(node["b"]?.elements)
        #expect(elements.map(\.line) == [11, 12])
        #expect(elements.map(\.column) == [8, 3])
        #expect(node.error(.wrongType, field: "x") == LineError(.wrongType, line: 10, column: 1, field: "x"))
    }

    @Test("Errors are placed where the grammar breaks")
    func errorPlaces() {
        #expect(throws: LineError(.badJSON, line: 1, column: 6)) { try parse("[1,2 3]") }
        #expect(throws: LineError(.badJSON, line: 3, column: 1)) { try parse("[1,\n2,\n]") }
        #expect(throws: LineError(.badJSON, line: 1, column: 2)) { try parse(#""\uD800""#) }
    }

    @Test("Values are taken as one type and no other")
    func typedAccess() throws {
        let node = try parse(#"{"s":"x","b":true,"n":12,"a":[1],"z":null}"#)
        #expect(node["s"]?.string == "x" && node["b"]?.string == nil)
        #expect(node["b"]?.bool == true && node["s"]?.bool == nil)
        #expect(try node["n"]?.integer() == 12)
        #expect(node["a"]?.elements?.count == 1 && node["n"]?.elements == nil)
        #expect(node["z"]?.isNull == true && node["s"]?.isNull == false)
        #expect(node["missing"] == nil && node["s"]?["x"] == nil && node["a"]?.members == nil)
    }

    @Test("Numbers beyond what is held are refused, never rounded")
    func numbers() throws {
        #expect(try parse("-9223372036854775808").integer() == Int.min)
        for (text, code) in [
            ("9223372036854775808", LineError.Code.outOfRange), ("12345678901234567890", .outOfRange),
            ("1.0", .badInteger), ("1e2", .badInteger), ("1e400", .badInteger), ("\"1\"", .wrongType),
            ("null", .wrongType),
        ] {
            let node = try parse(text)
            #expect(
                errorCode { () throws(LineError) in _ = try node.integer(field: "n") } == code
            )
        }
        #expect(try parse("48.8566").decimal(places: 6).units == 48_856_600)
        for (text, code) in [("1e2", LineError.Code.badDecimal), ("1.12", .badDecimal), ("true", .wrongType)]
        {
            let node = try parse(text)
            #expect(errorCode { () throws(LineError) in _ = try node.decimal(places: 1) } == code)
        }
    }

    @Test("Objects are written in the order given, with what a terminal would obey escaped")
    func writing() {
        #expect(
            JSONText.object([
                ("b", JSONText.string("a\u{1B}[0m\u{202E}")), ("a", JSONText.array(["1", "null"])),
            ])
                == #"{"b":"a\u001b[0m\u202e","a":[1,null]}"#)
    }

    private func errorCode(_ body: () throws(LineError) -> Void) -> LineError.Code? {
        do {
            try body()
            return nil
        } catch {
            return error.code
        }
    }
}
