/// A statement and its parameters.
///
/// ```swift
/// let query: Query = "SELECT slug FROM community WHERE name = \(name)"
/// ```
///
/// An interpolated value never becomes part of the text: it becomes the next `$n`, with the OID of its type.
/// Parameters are numbered when the query is sent, so pieces join freely.
package struct Query: Sendable, Equatable {
    private enum Piece: Sendable, Equatable {
        case sql(String)
        case parameter(PostgresValue)
    }

    private var pieces: [Piece]

    /// A query without parameters, from a text that is trusted whole.
    package init(unsafeSQL sql: String) {
        pieces = [.sql(sql)]
    }

    /// The text with `$1`, `$2`, … in order of appearance.
    ///
    /// - Complexity: linear in the text.
    package var sql: String {
        var text = ""
        var number = 0
        for piece in pieces {
            switch piece {
            case .sql(let sql): text += sql
            case .parameter:
                number += 1
                text += "$\(number)"
            }
        }
        return text
    }

    /// The parameters, in order of appearance.
    package var values: [PostgresValue] {
        pieces.compactMap { piece in
            if case .parameter(let value) = piece { value } else { nil }
        }
    }

    /// The two texts end to end, parameters renumbered. Adds no space.
    package static func + (left: Query, right: Query) -> Query {
        var whole = left
        whole += right
        return whole
    }

    /// Appends `right`, parameters renumbered.
    package static func += (left: inout Query, right: Query) {
        left.pieces += right.pieces
    }
}

extension Query: CustomStringConvertible, CustomReflectable {
    /// The text without its values.
    package var description: String { sql }
    /// The text without its values.
    package var customMirror: Mirror { Mirror(self, children: ["sql": sql], displayStyle: .struct) }
}

extension Query: ExpressibleByStringInterpolation {
    /// A literal is trusted text.
    package init(stringLiteral sql: String) {
        self.init(unsafeSQL: sql)
    }

    /// A literal with values.
    package init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.query
    }

    /// Turns interpolated values into parameters. A type that is not encodable does not compile.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var query: Query

        /// An empty query.
        package init(literalCapacity: Int, interpolationCount: Int) {
            query = Query(pieces: [])
            query.pieces.reserveCapacity(interpolationCount * 2 + 1)
        }

        /// Text of the literal.
        package mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { query.pieces.append(.sql(literal)) }
        }

        /// `\(value)`: the next parameter.
        package mutating func appendInterpolation(_ value: some PostgresEncodable) {
            query.pieces.append(.parameter(value.postgresValue))
        }

        /// `\(value)`: the next parameter, NULL for nil. Spelled out because the compiler warns of an
        /// optional that falls into a parameter that does not expect one.
        package mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
            query.pieces.append(.parameter(value.postgresValue))
        }

        /// `\(value)`: the next parameter, already encoded.
        package mutating func appendInterpolation(_ value: PostgresValue) {
            query.pieces.append(.parameter(value))
        }

        /// `\(query)`: another query in this place, its parameters renumbered.
        package mutating func appendInterpolation(_ other: Query) {
            query += other
        }

        /// `\(unsafeSQL: text)`: raw text. Never from input.
        package mutating func appendInterpolation(unsafeSQL sql: String) {
            query.pieces.append(.sql(sql))
        }
    }

    private init(pieces: [Piece]) {
        self.pieces = pieces
    }
}
