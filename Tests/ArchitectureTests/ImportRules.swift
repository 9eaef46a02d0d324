/// What each module may import: the rooms of the project, and the way between them.
struct ImportRules {
    /// Why an import is refused, with where it stands.
    struct Fault: Equatable, CustomStringConvertible {
        let path: String
        let line: Int
        let what: String

        var description: String { "\(path):\(line): \(what)" }
    }

    let allowed: [String: Set<String>]

    /// The rules of this project. Left out on purpose: a module that is not listed may import nothing.
    static let standard = ImportRules(allowed: [
        // Pure: nothing from outside, the toolchain's own modules included; but two threads agree by atomic numbers.
        "Graphs": ["Synchronization"],
        "Proof": [],
        "Matching": ["Graphs", "Proof"],
        "Lines": ["Foundation"],
        "Schema": [],
        // One client of libpq, which waits on threads of its own.
        "Postgres": ["CLibpq", "Logging", "Dispatch", "Glibc", "Synchronization"],
        // The core knows no door: neither HTTP nor arguments. It checks certificates, so it reads Proof's verdicts.
        "EntraideCore": [
            "Matching", "Proof", "Lines", "Postgres", "Schema", "Crypto", "Yams", "Logging", "Foundation",
            "Synchronization",
        ],
        // Hummingbird, and the packages that its own signatures are made of.
        "EntraideHTTP": [
            "EntraideCore", "Lines", "Foundation", "Logging", "Synchronization", "Hummingbird",
            "HummingbirdCore",
            "HTTPTypes", "NIOCore", "NIOHTTPTypes", "NIOPosix", "ServiceLifecycle", "UnixSignals",
        ],
        // The composition root may see every room, and no more than its own tool beside them.
        "entraide": [
            "EntraideCore", "EntraideHTTP", "Lines", "Matching", "Postgres", "Proof", "Graphs", "Schema",
            "ArgumentParser", "Dispatch", "Foundation", "Logging",
        ],
    ])

    /// Every import of `source` that these rules do not allow.
    func faults(in source: SwiftSource) -> [Fault] {
        var faults: [Fault] = []
        for (index, line) in source.code.enumerated() {
            func fault(_ what: String) {
                faults.append(Fault(path: source.path, line: index + 1, what: what))
            }
            if line.contains("canImport") { fault("conditional import") }
            // Several statements may share a line.
            for statement in line.split(separator: ";") {
                guard let found = Self.import(in: statement) else { continue }
                for attribute in found.attributes where attribute.hasPrefix("@") {
                    fault("\(attribute) import")
                }
                if found.attributes.contains("public") { fault("public import of \(found.module)") }
                if !allowed[source.module, default: []].contains(found.module) {
                    fault("\(source.module) may not import \(found.module)")
                }
            }
        }
        return faults
    }

    private static let kinds: Set<Substring> = [
        "struct", "class", "enum", "protocol", "typealias", "func", "let", "var", "actor", "macro",
    ]

    /// The module that a statement imports, and the words before `import`; nil for any other statement.
    private static func `import`(in statement: Substring) -> (attributes: [String], module: String)? {
        let words = statement.split(whereSeparator: \.isWhitespace)
        guard let place = words.firstIndex(of: "import") else { return nil }
        let before = words[..<place]
        let levels: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
        guard before.allSatisfy({ $0.hasPrefix("@") || $0.hasSuffix(")") || levels.contains($0) }) else {
            return nil
        }
        var after = words[(place + 1)...]
        if let first = after.first, kinds.contains(first), after.count > 1 { after = after.dropFirst() }
        guard let name = after.first?.split(separator: ".").first else { return nil }
        return (before.map(String.init), String(name))
    }
}
