import Testing

@Suite("Imports")
struct ImportTests {
    @Test("Every module imports what the design allows it, and nothing else")
    func sources() throws {
        let sources = try Repository.shippedSources()
        #expect(sources.count > 100)
        let faults = sources.flatMap { ImportRules.standard.faults(in: $0) }
        #expect(faults.isEmpty, "\(faults.map(\.description).joined(separator: "\n"))")
    }

    @Test("Every module of Sources has its rule")
    func allRuled() throws {
        let modules = Set(try Repository.shippedSources().map(\.module))
        #expect(modules.isSubset(of: ImportRules.standard.allowed.keys))
        #expect(
            modules.isSuperset(of: [
                "Graphs", "Proof", "Matching", "Lines", "Postgres", "EntraideCore", "Schema",
            ]))
    }

    @Test(
        "The check refuses a forbidden import however it is written",
        arguments: [
            "import Postgres", "package import Postgres", "internal import Postgres",
            "import struct Postgres.Row",
            "import Postgres.Row", "    import Postgres", "let a = 1; import Postgres",
            "import Graphs; import Postgres",
            "@preconcurrency import Graphs", "@_exported import Graphs", "@testable import Graphs",
            "@_spi(Proof) import Graphs", "public import Graphs", "#if canImport(Graphs)",
            "import Foundation",
        ])
    func refuses(statement: String) {
        let source = SwiftSource(path: "Sources/Matching/X.swift", text: "/// A.\n\(statement)\n")
        #expect(ImportRules.standard.faults(in: source).map(\.line) == [2])
    }

    @Test("The check reads neither comments nor literals, nor words that contain its own")
    func accepts() {
        let text = """
            // import Postgres
            /* import Postgres
               import Postgres */
            package import Graphs
            import Proof
            let text = "import Postgres; canImport(Postgres)"
            let important = imports(Postgres.self)
            """
        #expect(
            ImportRules.standard.faults(in: SwiftSource(path: "Sources/Matching/X.swift", text: text)).isEmpty
        )
    }

    @Test("The proof imports nothing at all; the engine, in one file, the toolchain's atomic numbers")
    func proofStandsAlone() throws {
        for source in try Repository.shippedSources() where ["Proof", "Graphs"].contains(source.module) {
            let imports = source.code.filter { $0.contains("import ") }
            let isHands = source.path.hasSuffix("Graphs/Guess/Hands.swift")
            #expect(imports == (isHands ? ["import Synchronization"] : []), "\(source.path)")
        }
    }
}
