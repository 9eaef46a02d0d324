import Testing

/// What ends the process instead of refusing, and promises that the compiler does not check.
private enum Trap: String, CaseIterable {
    case forcedTry = "try!"
    case forcedCast = "as!"
    case fatalError = "fatalError("
    case preconditionFailure = "preconditionFailure("
    case assertionFailure = "assertionFailure("
    case uncheckedSendable = "@unchecked Sendable"
    case unsafeNonisolated = "nonisolated(unsafe)"

    /// Lines of `source` that hold one without its proof, a comment `Invariant:` on the line or just above.
    static func faults(in source: SwiftSource) -> [String] {
        source.code.enumerated().flatMap { index, line in
            allCases.filter { stands($0.rawValue, in: line) }.compactMap { trap in
                isProven(index, source) ? nil : "\(source.path):\(index + 1): \(trap.rawValue)"
            }
        }
    }

    /// Whether `word` stands in `line` on its own: `alias!` is not `as!`.
    private static func stands(_ word: String, in line: String) -> Bool {
        line.ranges(of: word).contains { range in
            guard range.lowerBound > line.startIndex else { return true }
            let before = line[line.index(before: range.lowerBound)]
            return !(before.isLetter || before.isNumber || before == "_")
        }
    }

    /// The proof may take several lines of comment; they end just above.
    private static func isProven(_ index: Int, _ source: SwiftSource) -> Bool {
        var above = index - 1
        var comment = [source.lines[index]]
        while above >= 0, source.lines[above].drop(while: \.isWhitespace).hasPrefix("//") {
            comment.append(source.lines[above])
            above -= 1
        }
        return comment.contains { $0.contains("// Invariant:") || $0.contains("/// Invariant:") }
    }
}

@Suite("Traps")
struct TrapTests {
    @Test("No source ends the process or promises without a written invariant")
    func sources() throws {
        let faults = try Repository.shippedSources().flatMap { Trap.faults(in: $0) }
        #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    }

    @Test("The check sees every trap, and accepts one whose invariant is written")
    func check() {
        for trap in Trap.allCases {
            let bare = SwiftSource(path: "Sources/A/B.swift", text: "x\n  y \(trap.rawValue) z\n")
            #expect(Trap.faults(in: bare) == ["Sources/A/B.swift:2: \(trap.rawValue)"])
            let proven = "// Invariant: a\n// holds.\n y \(trap.rawValue) z"
            #expect(Trap.faults(in: SwiftSource(path: "Sources/A/B.swift", text: proven)).isEmpty)
        }
        let harmless = SwiftSource(
            path: "Sources/A/B.swift", text: "alias!; // try!\nlet a = \"as!\"; xfatalError(1)")
        #expect(Trap.faults(in: harmless).isEmpty)
    }
}
