import EntraideCore
import HTTPTypes
import HummingbirdCore
import Lines

/// One request and what became clear about it so far: enough, at every step, to answer an error in the client's own
/// format and language.
struct Exchange: Sendable {
    let method: HTTPRequest.Method
    /// The target as it was sent.
    let text: String
    let fields: HTTPFields
    let language: Language
    /// Where the client thinks that it asks; nil unless that is a name or an address with or without a port.
    let host: String?
    let start = ContinuousClock.now
    private(set) var route: Route?
    /// How an error is told: as the client would get its records, if that is known yet.
    private(set) var errorFormat: LineFormat
    /// How the records are written, once chosen.
    private(set) var format = LineFormat.text
    /// The format that the path's suffix asks for.
    private var suffix: LineFormat?

    init(_ request: Request, defaultLanguage: Language) {
        method = request.method
        text = request.head.path ?? ""
        fields = request.headers
        language = LanguageChoice.language(
            accepting: request.headers[values: .acceptLanguage], standard: defaultLanguage)
        host = request.head.authority.flatMap { Self.isHost($0) ? $0 : nil }
        let accepted = request.headers[values: .accept]
        errorFormat =
            Negotiation.choice(accepting: accepted)?.format
            ?? (Negotiation.prefersJSON(accepting: accepted) ? .ndjson : .text)
    }

    /// Whether it asks how the server is, which no limit counts.
    var isProbe: Bool {
        let path = text.prefix { $0 != "?" }
        return path == "/healthz" || path == "/readyz"
    }

    /// - Throws: `uri-too-long`, `bad-request`.
    mutating func findTarget() throws(EntraideError) -> RequestTarget {
        let target = try RequestTarget(text)
        if let last = target.segments.last, target.segments.first == "v1" {
            suffix = Self.suffixes.first { last.hasSuffix(".\($0.fileSuffix)") }
        }
        let asked = target.items.first { $0.name == "format" }.flatMap { LineFormat(rawValue: $0.value) }
        if let known = asked ?? suffix { errorFormat = known }
        return target
    }

    /// - Throws: `not-found`, and what a route throws about names in its path.
    mutating func findRoute(of target: RequestTarget) throws(EntraideError) -> Route {
        var segments = target.segments
        if let suffix, let last = segments.popLast() {
            segments.append(String(last.dropLast(suffix.fileSuffix.count + 1)))
        }
        guard let route = try Route(segments) else { throw EntraideError(.notFound) }
        self.route = route
        return route
    }

    /// The format of the answer: by suffix or parameter, else by `Accept`.
    ///
    /// - Throws: `bad-parameter`, also when suffix and parameter disagree; `not-acceptable`.
    mutating func findFormat(of target: RequestTarget) throws(EntraideError) -> Negotiation.Choice {
        let items = target.items.filter { $0.name == "format" }
        let asked = try ParameterReader(items, allowed: ["format"]).format("format")
        if let asked, let suffix, asked != suffix {
            throw ParameterReader.bad("format", expected: suffix.rawValue)
        }
        let choice: Negotiation.Choice
        if let known = asked ?? suffix {
            choice = Negotiation.Choice(known)
        } else {
            guard let best = Negotiation.choice(accepting: fields[values: .accept]) else {
                throw EntraideError(.notAcceptable)
            }
            choice = best
        }
        format = choice.format
        errorFormat = choice.format
        return choice
    }

    /// The fields of every answer.
    var commonFields: HTTPFields {
        var common = HTTPFields()
        common[.vary] = "Accept, Accept-Encoding, Authorization"
        common[.cacheControl] = fields.contains(.authorization) ? "private, no-cache" : "public, no-cache"
        common[.xContentTypeOptions] = "nosniff"
        return common
    }

    private static let suffixes: [LineFormat] = [.text, .ndjson, .csv]

    private static func isHost(_ text: String) -> Bool {
        1...255 ~= text.utf8.count
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
                    UInt8(ascii: ":"),
                    UInt8(ascii: "["), UInt8(ascii: "]"):
                    true
                default: false
                }
            }
    }
}
