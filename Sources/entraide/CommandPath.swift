import ArgumentParser
import EntraideCore
import Lines

/// Which command the words of a run name, as far as they name one. Found before parsing: ArgumentParser takes a word that names no
/// command for an argument too many, and blames the option behind it.
struct CommandPath {
    /// The words that name it, `entraide` first.
    private(set) var words = ["entraide"]
    /// What they name: a group of commands, or a command.
    private(set) var command: any ParsableCommand.Type = Root.self
    /// The word that should name one of the group's commands and does not.
    private(set) var unknown: String?
    /// Whether help on the command is asked for by `help`.
    private(set) var isHelp = false

    init(_ arguments: [String]) {
        var rest = arguments[...]
        while !command.configuration.subcommands.isEmpty, let word = rest.popFirst() {
            if word == "--lang" {
                rest = rest.dropFirst()
            } else if word.hasPrefix("--lang=") {
                continue
            } else if word.hasPrefix("-") {
                return
            } else if word == "help", words.count == 1, !isHelp {
                isHelp = true
            } else if let next = command.configuration.subcommands.first(where: {
                $0.configuration.commandName == word
            }) {
                words.append(word)
                command = next
            } else {
                unknown = word
                return
            }
        }
    }

    /// Whether it is a group, which has no options of its own.
    var isGroup: Bool { !command.configuration.subcommands.isEmpty }

    /// The words of a run as ArgumentParser reads them: `--lang` may stand anywhere, and is left out where only help can follow;
    /// `Language.current` has read it.
    ///
    /// - Throws: `unknown-command`, with the one that is nearest, or with all of the group's.
    static func readable(_ arguments: [String]) throws(EntraideError) -> [String] {
        let path = CommandPath(arguments)
        if let unknown = path.unknown { throw path.refusal(of: unknown) }
        var words: [String] = []
        var language: [String] = []
        var rest = arguments[...]
        while let word = rest.popFirst() {
            if word == "--" {
                rest = [word] + rest
                break
            }
            if word == "--lang", let value = rest.popFirst() {
                language = [word, value]
            } else if word.hasPrefix("--lang=") {
                language = [word]
            } else {
                words.append(word)
            }
        }
        return words + (path.isGroup || path.isHelp ? [] : language) + rest
    }

    private func refusal(of unknown: String) -> EntraideError {
        let names = command.configuration.subcommands.compactMap { $0.configuration.commandName }
        let near = names.map { (EditDistance.between($0, unknown), $0) }.filter { $0.0 <= 2 }.min {
            $0.0 < $1.0
        }
        let known =
            near.map {
                Bilingual(
                    fr: "vouliez-vous dire « \(words.joined(separator: " ")) \($0.1) » ?",
                    en: "did you mean '\(words.joined(separator: " ")) \($0.1)'?")
            }
            ?? Bilingual(
                fr: "il y a : \(names.joined(separator: ", "))",
                en: "there are: \(names.joined(separator: ", "))")
        return EntraideError(
            .unknownCommand, ["of": words.joined(separator: " "), "word": escapingControls(unknown)],
            words: ["known": known])
    }
}
