import Testing

/// Text that reaches PostgreSQL without being a parameter.
private struct RawSQL {
    /// Faults of one source: raw text that is not a `StaticString`, which no input can become.
    static func faults(in source: SwiftSource) -> [String] {
        source.code.enumerated().flatMap { index, line in
            uses(in: line).compactMap { expression in
                isStatic(expression, before: index, in: source)
                    ? nil : "\(source.path):\(index + 1): unsafeSQL: \(expression)"
            }
        }
    }

    /// What stands after `unsafeSQL:`, up to the parenthesis that closes it.
    static func uses(in line: String) -> [String] {
        line.ranges(of: "unsafeSQL:").map { range in
            var depth = 0
            let expression = line[range.upperBound...].prefix { character in
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                return depth >= 0
            }
            return String(expression.drop(while: \.isWhitespace))
        }
    }

    /// `name.description`, where the nearest `name` above is a parameter or a loop over `StaticString`s.
    private static func isStatic(_ expression: String, before index: Int, in source: SwiftSource) -> Bool {
        let parts = expression.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1] == "description" else { return false }
        let name = parts[0]
        for (above, line) in source.code[...index].enumerated().reversed() {
            if line.contains("\(name): StaticString") { return true }
            if line.contains("for \(name) in ") {
                // The list may take several lines, up to the brace that opens the loop.
                let loop = source.code[above...index]
                let end = loop.firstIndex { $0.contains("{") } ?? index
                return loop[...end].contains { $0.contains("as [StaticString]") }
            }
            if line.contains("let \(name) ") || line.contains("let \(name):") || line.contains("var \(name)")
            {
                return false
            }
        }
        return false
    }
}

@Suite("SQL")
struct SQLTests {
    /// `Query` itself, where raw text becomes a query: the initialiser, its interpolation, and a literal's.
    private static let home = "Sources/Postgres/Query.swift"

    @Test("Raw SQL is a text of the program, never a value")
    func rawSQL() throws {
        let sources = try Repository.shippedSources()
        let faults = sources.filter { $0.path != Self.home }.flatMap { RawSQL.faults(in: $0) }
        #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
        let home = try #require(sources.first { $0.path == Self.home })
        #expect(home.code.reduce(0) { $0 + $1.ranges(of: "unsafeSQL").count } == 3)
    }

    /// A migration's file is the one text that is run as it stands.
    @Test("A script of several statements is a migration, and nothing else is")
    func scripts() throws {
        let calls = try Repository.shippedSources().flatMap { source in
            source.code.enumerated().filter { $0.element.contains(".script(") }.map { _, line in
                "\(source.path): \(line.drop(while: \.isWhitespace))"
            }
        }
        #expect(
            calls == ["Sources/EntraideCore/Database/Migrator.swift: try await connection.script(next.sql)"])
    }

    @Test("Statements are given as Query: no function of the store takes a text of SQL")
    func noTextOfSQL() throws {
        for source in try Repository.shippedSources() where source.module != "Postgres" {
            for (index, line) in source.code.enumerated() {
                let takesText = line.contains("sql: String") || line.contains("SQL: String")
                let isMigration = source.module == "Schema"
                #expect(!takesText || isMigration, "\(source.path):\(index + 1)")
                #expect(!line.contains("import CLibpq"), "\(source.path):\(index + 1)")
            }
        }
    }

    @Test("The check refuses raw text that input could become")
    func check() {
        let head = "func a(_ table: StaticString, name: String) {\n"
        for refused in [
            "name", "name.description", "\"x\" + name", "table.description + name", "other.description",
        ] {
            let source = SwiftSource(
                path: "Sources/A/B.swift", text: head + "q(\"DELETE \\(unsafeSQL: \(refused)) x\")")
            #expect(RawSQL.faults(in: source).count == 1, "\(refused)")
        }
        let shadowed = SwiftSource(
            path: "Sources/A/B.swift",
            text: head + "for table in names {\nq(\"\\(unsafeSQL: table.description)\")")
        #expect(RawSQL.faults(in: shadowed).count == 1)
        let listed = SwiftSource(
            path: "Sources/A/B.swift",
            text: "for table in [\"a\"]\n  as [StaticString]\n{\nq(\"\\(unsafeSQL: table.description)\")")
        #expect(RawSQL.faults(in: listed).isEmpty)
        let good = SwiftSource(
            path: "Sources/A/B.swift", text: head + "q(\"\\(unsafeSQL: table.description)\")")
        #expect(RawSQL.faults(in: good).isEmpty)
    }

    @Test("The index of migrations names every file of the folder, in order")
    func migrationsIndexed() throws {
        let files = try Repository.files(under: "sql/migrations").map {
            String($0.dropFirst("sql/migrations/".count))
        }
        let index = try Repository.text("sql/Schema.swift")
        let named = index.matches(
            of: #/Migration\(\s*version: (\d+), name: "(\w+)", sql: text\(PackageResources\.(\w+)\)\)/#)
        #expect(!files.isEmpty)
        #expect(
            named.map { match in
                let digits = String(repeating: "0", count: max(0, 4 - match.1.count)) + match.1
                return "\(digits)_\(match.2).sql"
            } == files)
        #expect(
            named.map { String($0.3) } == files.map { "_" + $0.dropFirst().replacing(".sql", with: "_sql") })
        #expect(named.map { Int($0.1) } == Array(1...max(1, files.count)))
    }
}
