import EntraideCore
import Foundation
import HTTPTypes
import Lines

/// Which part of a list is asked for.
struct Paging: Sendable, Equatable {
    /// Most records in the answer; nil for all.
    var limit: Int?
    /// Where the page before ended, in the list's own words; nil for the beginning.
    var after: String?

    static let limits = 1...10_000

    /// - Throws: `bad-parameter`.
    init(_ parameters: ParameterReader) throws(EntraideError) {
        limit = try parameters.integer("limit", in: Self.limits)
        if let cursor = parameters.raw("cursor") {
            guard let place = Self.place(cursor) else { throw Self.badCursor }
            after = place
        }
    }

    static let badCursor = ParameterReader.bad(
        "cursor", expected: "rel=next", fr: "l’adresse donnée par Link", en: "the address that Link gives")

    /// The cursor of a place in a list. Clients take it as it is: what it holds may change.
    static func cursor(_ place: String) -> String {
        Data(place.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
            "=", with: "")
    }

    /// The place that `cursor` stands for; nil unless it is spelled as ``cursor(_:)`` spells it.
    static func place(_ cursor: String) -> String? {
        guard cursor.utf8.count <= 256 else { return nil }
        let padding = String(repeating: "=", count: (4 - cursor.utf8.count % 4) % 4)
        let base64 = cursor.replacing("-", with: "+").replacing("_", with: "/") + padding
        guard let bytes = Data(base64Encoded: base64), let place = String(validating: bytes, as: UTF8.self),
            self.cursor(place) == cursor
        else { return nil }
        return place
    }

    /// The `Link` that leads to the next page: the same address with another cursor. All other parameters stay as they
    /// were asked, so the next page has the same filter, limit and format; a format chosen by `Accept` is asked for
    /// again by the client.
    static func link(after place: String, of target: RequestTarget) -> String {
        var items = target.items.filter { $0.name != "cursor" }
        items.append(RequestTarget.Item(name: "cursor", value: cursor(place)))
        let query = items.map { "\(RequestTarget.encoded($0.name))=\(RequestTarget.encoded($0.value))" }
        return "<\(linkPath(target.path))?\(query.joined(separator: "&"))>; rel=\"next\""
    }

    /// The path with what would end the link's `<…>` encoded. The rest is as it came: its route was found.
    private static func linkPath(_ path: String) -> String {
        path.replacing("<", with: "%3C").replacing(">", with: "%3E").replacing("\"", with: "%22")
    }
}
