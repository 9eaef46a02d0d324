/// One `key=value` pair of an explanation.
package struct Detail: Sendable, Equatable, CustomStringConvertible {
    /// Kebab- or snake-case key.
    package let key: String
    /// A slug, a code, a number, or a list of these joined by commas.
    package let value: String

    init(_ key: String, _ value: String) {
        self.key = key
        self.value = value
    }

    init(_ key: String, _ value: Int) {
        self.init(key, String(value))
    }

    /// `key=value`.
    package var description: String { "\(key)=\(value)" }
}
