import Lines
import Testing

@Suite("Reading a JSON list that comes in pieces")
struct JSONElementsTests {
    private func names(_ text: String, by length: Int) throws -> [String] {
        let bytes = Array(text.utf8)
        var elements = JSONElements(bytes[...]) { rest in
            defer { rest = rest.dropFirst(length) }
            return rest.isEmpty ? nil : Array(rest.prefix(length))
        }
        var names: [String] = []
        while let node = try elements.next() { names.append(node["n"]?.string ?? "?") }
        return names
    }

    @Test(
        "Objects of a list come one at a time, from an array or from the first array of an object",
        arguments: [
            #"[{"n":"a"},{"n":"b"}]"#, #"{"count":2,"labs":[{"n":"a"},{"n":"b"}],"more":[{"n":"c"}]}"#,
            " [\n{\"n\":\"a\",\"x\":{\"y\":[1,{\"z\":2}]}},\n{\"n\":\"b\"}\n]\n",
        ])
    func lists(text: String) throws {
        for length in [1, 2, 5, 1000] { #expect(try names(text, by: length) == ["a", "b"]) }
    }

    @Test("Brackets and quotes within strings are text")
    func strings() throws {
        #expect(try names(#"[{"n":"}]\"{["},{"n":"\\"}]"#, by: 3) == [#"}]"{["#, #"\"#])
        #expect(try names("[]", by: 1) == [])
    }

    @Test(
        "A list that is cut is refused at the line where it ends",
        arguments: ["[{\"n\":\"a\"},\n{\"n\":\"b", "[{\"n\":\"a\"},\n", "[{\"n\":\"a\"}\n}"])
    func cut(text: String) throws {
        let error = #expect(throws: LineError.self) { try names(text, by: 4) }
        #expect(error?.code == .badJSON && error?.line == 2)
    }

    @Test("An element that is wrong is refused, and the next ones come")
    func oneWrong() throws {
        let bytes = Array(#"[{"n":"a"},{"n":01},{"n":"c"}]"#.utf8)
        var elements = JSONElements(bytes as [UInt8]?) { rest in
            defer { rest = nil }
            return rest
        }
        #expect(try elements.next()?["n"]?.string == "a")
        #expect(throws: LineError.self) { try elements.next() }
        #expect(String(decoding: elements.bytes, as: UTF8.self) == #"{"n":01}"#)
        #expect(try elements.next()?["n"]?.string == "c")
        #expect(try elements.next() == nil)
    }
}
