/// Writes JSON on one line, without white space, keys in the order given.
package enum JSONText {
    /// A string in quotes. Besides what JSON demands, everything that no line may hold is escaped, so that the
    /// output is safe to show.
    package static func string(_ value: String) -> String {
        var result = ""
        appendQuoted(value, to: &result)
        return result
    }

    /// An array of values that are JSON already.
    package static func array(_ values: [String]) -> String {
        "[" + values.joined(separator: ",") + "]"
    }

    /// An object of values that are JSON already, in the order given; the caller gives no key twice.
    package static func object(_ members: [(key: String, json: String)]) -> String {
        "{" + members.map { string($0.key) + ":" + $0.json }.joined(separator: ",") + "}"
    }

    /// Any value; numbers as they were read.
    package static func write(_ content: JSONContent) -> String {
        switch content {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let raw): raw
        case .string(let value): string(value)
        case .array(let elements): array(elements.map { write($0.content) })
        case .object(let members): object(members.map { ($0.key, write($0.value.content)) })
        }
    }

    /// The value of a field: absent is `null`, decimals are numbers.
    package static func write(_ field: Field) -> String {
        var result = ""
        append(field, to: &result)
        return result
    }

    /// As `write`, onto a line that is being put together: millions of fields make no string of their own.
    static func append(_ field: Field, to result: inout String) {
        switch field {
        case .absent: result += "null"
        case .text(let value): appendQuoted(value, to: &result)
        case .integer(let value): result += String(value)
        case .decimal(let value): result += value.description
        case .list(let values):
            result += "["
            for (place, value) in values.enumerated() {
                if place > 0 { result += "," }
                appendQuoted(value, to: &result)
            }
            result += "]"
        }
    }

    private static func appendQuoted(_ value: String, to result: inout String) {
        result += "\""
        appendEscaped(value, to: &result)
        result += "\""
    }

    private static func appendEscaped(_ value: String, to result: inout String) {
        // Slugs and codes, most of what is written, are settled by their bytes.
        let isPlain = value.utf8.allSatisfy {
            $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        if isPlain {
            result += value
            return
        }
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.isRefusedInLines:
                // All of them are in the first plane: four digits are enough.
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
