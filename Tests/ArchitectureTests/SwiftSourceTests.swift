import Testing

@Suite("What the checks read of a source")
struct SwiftSourceTests {
    private func code(_ text: String) -> [String] {
        SwiftSource(path: "Sources/A/B.swift", text: text).code
            .map { String($0.reversed().drop { $0 == " " }.reversed()) }
    }

    @Test("Comments are not code, nested ones neither")
    func comments() {
        #expect(code("a // try! b\nc /* as! /* d */ e */ f") == ["a", "c                     f"])
    }

    @Test("The text of a literal is not code, what it interpolates is")
    func literals() {
        #expect(code(#"x("try! \(y as! Z) // \" as!")"#) == [#"x("     \(y as! Z)          ")"#])
        #expect(code("let a = #\"as! \\(b)\"#; c") == ["let a = #\"        \"#; c"])
        #expect(
            code("f(\"\"\"\n  as! \"q\" \\(g(\"as!\"))\n  \"\"\") as! T") == [
                "f(\"\"\"", "          \\(g(\"   \"))", "  \"\"\") as! T",
            ])
    }

    @Test("A file under Sources belongs to the module of its folder, and sql is Schema")
    func modules() {
        #expect(SwiftSource(path: "Sources/Lines/Records/A.swift", text: "").module == "Lines")
        #expect(SwiftSource(path: "sql/Schema.swift", text: "").module == "Schema")
    }
}
