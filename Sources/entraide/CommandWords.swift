import Foundation

/// The words that this run was asked for.
enum CommandWords {
    /// Those of the command line; for a confined caller given none, those of the command that came over SSH.
    static let current: [String] = {
        let own = Array(CommandLine.arguments.dropFirst())
        let environment = ProcessInfo.processInfo.environment
        guard own.isEmpty, environment["ENTRAIDE_AS"] != nil,
            let text = environment["SSH_ORIGINAL_COMMAND"]
        else { return own }
        // What cannot be split is one word, which no command has for a name.
        var words = split(text) ?? [text]
        if words.first == "entraide" { words.removeFirst() }
        return words
    }()

    /// Words as a shell would part them, quotes and backslashes understood and nothing else: nothing is expanded or
    /// run. Nil when a quote or a backslash is left open.
    static func split(_ text: String) -> [String]? {
        var words: [String] = []
        var word: String?
        var quote: Unicode.Scalar?
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if isEscaped {
                if quote == "\"", !["\"", "\\", "$", "`"].contains(scalar) { word = (word ?? "") + "\\" }
                word = (word ?? "") + String(scalar)
                isEscaped = false
            } else if scalar == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if scalar == open { quote = nil } else { word = (word ?? "") + String(scalar) }
            } else if scalar == "'" || scalar == "\"" {
                quote = scalar
                word = word ?? ""
            } else if scalar == " " || scalar == "\t" || scalar == "\n" {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(scalar)
            }
        }
        if let done = word { words.append(done) }
        return quote == nil && !isEscaped ? words : nil
    }
}
