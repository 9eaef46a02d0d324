import Foundation
import Lines

extension Language {
    /// The language of this run: `--lang`, else the first of `LC_ALL`, `LC_MESSAGES`, `LANG` that is set; English unless
    /// that begins with `fr`. Decided before parsing, since help and parsing errors speak it too.
    static let current = chosen(
        by: CommandWords.current, environment: ProcessInfo.processInfo.environment)

    /// A value of `--lang` that is no language counts as none: its refusal speaks the reader's own.
    static func chosen(by arguments: [String], environment: [String: String]) -> Language {
        if let asked = asked(by: arguments) { return asked }
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            if let value = environment[name], !value.isEmpty { return value.hasPrefix("fr") ? .fr : .en }
        }
        return .en
    }

    private static func asked(by arguments: [String]) -> Language? {
        for (index, argument) in arguments.enumerated() {
            if argument == "--" { break }
            if argument.hasPrefix("--lang=") { return Language(rawValue: String(argument.dropFirst(7))) }
            if argument == "--lang", index + 1 < arguments.count {
                return Language(rawValue: arguments[index + 1])
            }
        }
        return nil
    }
}
