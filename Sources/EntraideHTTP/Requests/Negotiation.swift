import HTTPTypes
import Lines

/// Which of our media types a client takes best, by its `Accept`.
enum Negotiation {
    /// A format under the name that the client knows it by.
    struct Choice: Sendable, Equatable {
        var format: LineFormat
        var contentType: String

        init(_ format: LineFormat) {
            self.init(format, contentType: format.contentType)
        }

        init(_ format: LineFormat, contentType: String) {
            self.format = format
            self.contentType = contentType
        }
    }

    private static let offered: [(type: String, choice: Choice)] = [
        ("text/plain", Choice(.text)),
        ("application/x-ndjson", Choice(.ndjson)),
        ("application/jsonl", Choice(.ndjson, contentType: "application/jsonl")),
        ("text/csv", Choice(.csv)),
    ]

    /// The best choice; nil when none is acceptable. Without an `Accept`, text.
    ///
    /// Among types that the client likes equally well, one that it names goes before one that only a wildcard covers,
    /// then our own order decides.
    static func choice(accepting values: [String]) -> Choice? {
        let ranges = WeightedList(values)
        if ranges.entries.isEmpty { return Choice(.text) }
        var best: (choice: Choice, quality: Int, precision: Int)?
        for (type, choice) in offered {
            guard let (quality, precision) = quality(of: type, in: ranges), quality > 0 else { continue }
            if let best, (best.quality, best.precision) >= (quality, precision) { continue }
            best = (choice, quality, precision)
        }
        return best?.choice
    }

    /// Whether a client that we cannot serve would rather read its error as JSON.
    static func prefersJSON(accepting values: [String]) -> Bool {
        WeightedList(values).entries.contains { $0.weight > 0 && $0.value.hasSuffix("json") }
    }

    /// How well the most precise range that covers `type` likes it.
    private static func quality(of type: String, in ranges: WeightedList) -> (quality: Int, precision: Int)? {
        let family = type.prefix { $0 != "/" } + "/*"
        var found: (quality: Int, precision: Int)?
        for (value, weight) in ranges.entries {
            let precision = value == type ? 2 : value == family ? 1 : value == "*/*" || value == "*" ? 0 : -1
            if precision >= 0, precision > found?.precision ?? -1 { found = (weight, precision) }
        }
        return found
    }
}

/// Which language to speak, by `Accept-Language`.
enum LanguageChoice {
    /// The language best liked, by the first of equals; `standard` when none of ours is.
    static func language(accepting values: [String], standard: Language) -> Language {
        var best: (language: Language, weight: Int)?
        for (value, weight) in WeightedList(values).entries where weight > best?.weight ?? 0 {
            let primary = String(value.prefix { $0 != "-" })
            if let language = primary == "*" ? standard : Language(rawValue: primary) {
                best = (language, weight)
            }
        }
        return best?.language ?? standard
    }
}

/// A header's list of values with weights (RFC 9110, 12.4.2), in its order: values in lower case without their other
/// parameters, weights in thousandths. What has no readable weight is left out.
struct WeightedList: Sendable {
    let entries: [(value: String, weight: Int)]

    /// - Complexity: O(bytes): the codec bounds what one request may send.
    init(_ lines: [String]) {
        var entries: [(value: String, weight: Int)] = []
        for line in lines {
            for element in line.utf8.split(separator: UInt8(ascii: ",")) {
                let parts = element.split(separator: UInt8(ascii: ";")).map { Self.trimmed($0) }
                guard let value = parts.first, !value.isEmpty else { continue }
                var weight: Int? = 1000
                for part in parts.dropFirst() where part.hasPrefix("q=") {
                    weight = Self.thousandths(part.dropFirst(2))
                }
                if let weight { entries.append((value, weight)) }
            }
        }
        self.entries = entries
    }

    private static func trimmed(_ bytes: Substring.UTF8View) -> String {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var rest = bytes.drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return String(Substring(rest)).lowercased()
    }

    /// `0`, `1`, `0.5`, `0.125`, `1.000`: nil for anything else.
    private static func thousandths(_ text: Substring) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, whole == "0" || whole == "1" else { return nil }
        let digits = parts.count == 2 ? Array(parts[1].utf8) : []
        guard digits.count <= 3, digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
        else {
            return nil
        }
        var value = whole == "1" ? 1 : 0
        for place in 0..<3 {
            value = value * 10 + (place < digits.count ? Int(digits[place] - UInt8(ascii: "0")) : 0)
        }
        return value <= 1000 ? value : nil
    }
}
