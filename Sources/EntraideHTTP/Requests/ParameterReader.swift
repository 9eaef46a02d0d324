import EntraideCore
import Lines

/// The parameters of one request, each known to its route and given once.
struct ParameterReader: Sendable {
    private let items: [RequestTarget.Item]

    /// - Throws: `unknown-parameter`, `bad-parameter` for one given twice.
    init(_ items: [RequestTarget.Item], allowed: [String]) throws(EntraideError) {
        var seen: [String] = []
        for item in items {
            guard allowed.contains(item.name) else {
                throw EntraideError(
                    .unknownParameter,
                    [
                        "name": excerpt(of: item.name),
                        "allowed": allowed.isEmpty ? "-" : allowed.joined(separator: ", "),
                    ])
            }
            guard !seen.contains(item.name) else {
                throw Self.bad(item.name, expected: "once", fr: "une seule fois")
            }
            seen.append(item.name)
        }
        self.items = items
    }

    /// The value of `name`, whatever it is; nil when not given.
    func raw(_ name: String) -> String? {
        items.first { $0.name == name }?.value
    }

    /// - Throws: `bad-parameter`.
    func slug(_ name: String) throws(EntraideError) -> String? {
        guard let value = raw(name) else { return nil }
        guard Slug.isValid(value) else {
            throw Self.bad(
                name, expected: "slug", fr: "un identifiant en minuscules, chiffres et tirets",
                en: "an identifier of lower-case letters, digits and hyphens")
        }
        return value
    }

    /// A word of a closed list.
    ///
    /// - Throws: `bad-parameter`, with the words.
    func code<C: CodeList>(_ name: String, of list: C.Type) throws(EntraideError) -> C? {
        guard let value = raw(name) else { return nil }
        guard let code = C(rawValue: value) else {
            throw Self.bad(name, expected: C.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return code
    }

    /// The code of a territory: letters, digits and hyphens, at most 16 bytes.
    ///
    /// - Throws: `bad-parameter`.
    func territory(_ name: String) throws(EntraideError) -> String? {
        guard let value = raw(name) else { return nil }
        guard value.utf8.count <= ProfileLimits.territory, Code.isValid(value) else {
            throw Self.bad(
                name, expected: "code", fr: "un code de lettres, chiffres et tirets, 16 au plus",
                en: "a code of letters, digits and hyphens, 16 at most")
        }
        return value
    }

    /// Words to search for: 1 to 100 bytes.
    ///
    /// - Throws: `bad-parameter`.
    func words(_ name: String) throws(EntraideError) -> String? {
        guard let value = raw(name) else { return nil }
        // Searching compares with every name, letter by letter: its length is bounded well below an address's.
        guard 1...100 ~= value.utf8.count else {
            throw Self.bad(name, expected: "1-100 bytes", fr: "de 1 à 100 octets", en: "1 to 100 bytes")
        }
        return value
    }

    /// - Throws: `bad-parameter`.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(EntraideError) -> Int? {
        guard let value = raw(name) else { return nil }
        guard let number = Int(value), range.contains(number), String(number) == value else {
            let (low, high) = (range.lowerBound, range.upperBound)
            throw Self.bad(
                name, expected: "\(low)-\(high)", fr: "un nombre de \(low) à \(high)",
                en: "a number from \(low) to \(high)")
        }
        return number
    }

    /// - Throws: `bad-parameter`.
    func flag(_ name: String) throws(EntraideError) -> Bool? {
        guard let value = raw(name) else { return nil }
        guard let flag = Bool(value) else { throw Self.bad(name, expected: "true, false") }
        return flag
    }

    /// - Throws: `bad-parameter`.
    func format(_ name: String) throws(EntraideError) -> LineFormat? {
        guard let value = raw(name) else { return nil }
        guard let format = LineFormat(rawValue: value), format != .table else {
            throw Self.bad(name, expected: "text, ndjson, csv")
        }
        return format
    }

    /// - Parameters:
    ///   - expected: as programs read it.
    ///   - fr: as a person does, where that is other words.
    ///   - en: the same.
    static func bad(_ name: String, expected: String, fr: String? = nil, en: String? = nil) -> EntraideError {
        EntraideError(
            .badParameter, ["name": name, "expected": expected],
            words: ["expected": Bilingual(fr: fr ?? expected, en: en ?? expected)])
    }
}
