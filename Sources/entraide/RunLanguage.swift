import Foundation
import Lines

extension Language {
    /// The language of this run: `--lang`, else the first of `LC_ALL`, `LC_MESSAGES`, `LANG` that is set; English unless that
    /// begins with `fr`. Decided before parsing, since help and parsing errors speak it too.
    static let current = chosen(
        by: Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment)

    static func chosen(by arguments: [String], environment: [String: String]) -> Language {
        for (index, argument) in arguments.enumerated() {
            if argument == "--" { break }
            if argument.hasPrefix("--lang=") { return Language(rawValue: String(argument.dropFirst(7))) ?? .en }
            if argument == "--lang", index + 1 < arguments.count {
                return Language(rawValue: arguments[index + 1]) ?? .en
            }
        }
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            if let value = environment[name], !value.isEmpty { return value.hasPrefix("fr") ? .fr : .en }
        }
        return .en
    }
}
