import EntraideCore
import HTTPTypes
import Lines

/// An error as its reader gets it: one `error` line for text and csv clients, a problem document (RFC 9457) for JSON
/// clients.
struct ErrorAnswer: Sendable {
    let error: EntraideError
    let status: Int

    /// - Parameter status: the HTTP status, when it is not the code's own.
    init(_ error: EntraideError, status: Int? = nil) {
        // What went wrong inside is for the log; the reader learns that it did.
        self.error =
            error.code == .internalFailure ? EntraideError(.internalFailure, ["what": "HTTP"]) : error
        self.status = status ?? error.code.httpStatus
    }

    /// The record: details are `key=value` pairs by key, values without blanks, and only for what the client can mend.
    var record: ErrorRecord {
        var pairs: [String] = []
        if status < 500 {
            for (key, value) in error.values.sorted(by: { $0.key < $1.key }) {
                pairs.append("\(key)=\(Self.word(value))")
            }
        }
        return ErrorRecord(
            status: status, code: error.code.rawValue,
            detail: pairs.isEmpty ? nil : pairs.joined(separator: " "))
    }

    /// The error's line in a format, as it also ends a list that broke off.
    func line(in format: LineFormat) -> String {
        let writer = LineWriter(format, header: false)
        if let line = try? writer.line(record) { return line }
        // A detail that no line may hold is left out; the code and the status can always be told.
        let bare = ErrorRecord(status: status, code: error.code.rawValue)
        return (try? writer.line(bare)) ?? "error\t500\tinternal-failure\t-\n"
    }

    /// The problem document. The type is the code, which is what programs compare; the title is for people.
    func problem(in language: Language) -> String {
        let members: [(key: String, json: String)] = [
            ("type", JSONText.string("urn:entraide:error:\(error.code.rawValue)")),
            ("title", JSONText.string(error.message(in: language, overHTTP: true))),
            ("status", String(status)),
            ("code", JSONText.string(error.code.rawValue)),
            ("detail", record.detail.map(JSONText.string) ?? "null"),
        ]
        return JSONText.object(members) + "\n"
    }

    /// The fields that go with the status.
    var fields: HTTPFields {
        var fields = HTTPFields()
        switch status {
        case 401: fields[.wwwAuthenticate] = "Bearer error=\"invalid_token\""
        case 403:
            let scope = error.values["scope"].map { ", scope=\"\($0)\"" } ?? ""
            fields[.wwwAuthenticate] = "Bearer error=\"insufficient_scope\"\(scope)"
        case 405: fields[.allow] = Route.methods
        case 429: fields[.retryAfter] = error.values["seconds"] ?? "1"
        case 503: fields[.retryAfter] = "1"
        default: break
        }
        return fields
    }

    /// A value as one word: lists without blanks, and percent-encoded where a pair or a line would end.
    private static func word(_ value: String) -> String {
        var result = ""
        for byte in value.replacing(", ", with: ",").utf8 {
            switch byte {
            case 0x21...0x7E where byte != UInt8(ascii: "%") && byte != UInt8(ascii: "="):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += RequestTarget.encodedByte(byte)
            }
        }
        return result
    }
}
