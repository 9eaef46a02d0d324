import Lines

/// What was answered to one question.
struct FormAnswer: Equatable {
    /// The line on which the question stands.
    var line: Int
    var depth: Int
    /// All of it on one line, boxes apart.
    var text = ""
    /// Letters of the boxes that are ticked, in order.
    var ticked: [Character] = []
    /// Boxes met, ticked or not.
    var boxes = 0
    /// A tick in a box that has no letter.
    var hasLoneTick = false

    /// Whether nothing was written.
    var isBlank: Bool { text.isEmpty && ticked.isEmpty && !hasLoneTick }

    fileprivate func says(the other: FormAnswer) -> Bool {
        text == other.text && ticked == other.ticked && hasLoneTick == other.hasLoneTick
    }
}

/// The answers of a form, found by their marks in a text that a mail program may have quoted, wrapped and answered above.
///
/// An answer is what follows the colon of its question, up to the next mark or heading. What is quoted less than the
/// question was written later: it takes the place of what the quote says, unless it is the end of a long line that a
/// program broke. Of the same question met several times, the one that is quoted least counts.
struct FormSheet {
    private(set) var answers: [FormQuestion: FormAnswer] = [:]
    /// Questions answered twice in different ways, with the line of the second.
    private(set) var conflicts: [(question: FormQuestion, line: Int)] = []
    /// Marks met, answered or not.
    private(set) var marks = 0
    /// Whether the text holds the forms of two communities, one of them quoted: the blanks of one would take in the answers
    /// of the other.
    private(set) var hasSeveralForms = false

    /// Whom it is about: the identifier on its first line, or else the name; nil for a form that nobody filled.
    var author: String? {
        let words = answers[.reference]?.text.split(separator: " ") ?? []
        if words.count > 2 { return String(words[2]) }
        return answers[.name].flatMap { $0.text.isEmpty ? nil : Folding.fold($0.text) }
    }

    /// Answers that say something.
    var answered: Int { answers.values.count { !$0.isBlank } }

    /// Reads a text.
    ///
    /// - Complexity: O(length).
    init(_ body: MailMessage.Body) {
        let lines = Self.apart(FormLines.all(of: body))
        var asked: (question: FormQuestion, lines: [FormLine])?
        for line in lines {
            if let (question, rest) = Self.mark(line.text) {
                close(asked)
                marks += 1
                var first = line
                first.text = rest
                asked = (question, [first])
            } else if Self.ends(line.text) {
                close(asked)
                asked = nil
            } else if !line.text.allSatisfy(\.isWhitespace) {
                asked?.lines.append(line)
            }
        }
        close(asked)
    }

    // MARK: Marks

    /// The question whose mark begins the line, and what follows it.
    static func mark(_ line: String) -> (FormQuestion, String)? {
        let text = line.drop { " *_\u{2022}\u{B7}".contains($0) }
        guard let first = text.first, let letter = first.uppercased().first, "QNP".contains(letter) else {
            return nil
        }
        var rest = text.dropFirst()
        if rest.first == " " { rest = rest.dropFirst() }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard (1...3).contains(digits.utf8.count), let number = Int(digits) else { return nil }
        rest = rest.dropFirst(digits.count)
        let part = rest.prefix { $0.isASCII && $0.isLetter }
        guard part.utf8.count < 2 else { return nil }
        rest = rest.dropFirst(part.count).drop { $0 == " " || $0 == "*" }
        guard let sign = rest.first, ".):".contains(sign),
            let question = FormQuestion(letter: letter, number: number, part: part.lowercased())
        else { return nil }
        // A colon that follows the mark ends the question, whose words are gone.
        return (question, String(sign == ":" ? rest : rest.dropFirst()))
    }

    /// Whether a line begins something of the form, and is not the end of the line before it.
    static func begins(_ line: String) -> Bool {
        mark(line) != nil || ends(line) || box(line.drop { $0 == " " }) != nil
    }

    /// Lines with several marks, cut before each that begins no line of its own.
    private static func apart(_ lines: [FormLine]) -> [FormLine] {
        let known = Set(lines.compactMap { mark($0.text)?.0 })
        return lines.flatMap { line in
            var pieces: [FormLine] = []
            var current = ""
            for word in line.text.split(separator: " ", omittingEmptySubsequences: false) {
                if !current.isEmpty, word.last == ".", word.utf8.count < 6, word.first?.isUppercase == true,
                    let (question, _) = mark(String(word)), !known.contains(question)
                {
                    pieces.append(
                        FormLine(number: line.number, depth: line.depth, text: current, length: line.length))
                    current = String(word)
                } else {
                    if !current.isEmpty { current += " " }
                    current += word
                }
            }
            pieces.append(
                FormLine(number: line.number, depth: line.depth, text: current, length: line.length))
            return pieces
        }
    }

    /// Whether a line ends the answer before it: a heading, a signature, the head of a quoted message.
    static func ends(_ line: String) -> Bool {
        let text = line.drop { $0 == " " || $0 == "*" }
        if text.hasPrefix("==") || text == "-- " || text == "--" { return true }
        if text.hasPrefix("-----") || text.hasPrefix("_____") { return text.utf8.count > 20 }
        guard text.utf8.count < 400, text.last == ":" else { return false }
        let folded = Folding.fold(text.dropLast())
        return folded.hasSuffix("a ecrit") || folded == "ecrit" || folded.hasSuffix("wrote")
    }

    // MARK: Answers

    private mutating func close(_ asked: (question: FormQuestion, lines: [FormLine])?) {
        guard let (question, lines) = asked, let first = lines.first else { return }
        var answer = FormAnswer(line: first.number, depth: first.depth)
        for line in Self.latest(Self.afterColon(lines, question), depth: first.depth, question) {
            if question.hasBoxes {
                Self.read(line.text, into: &answer)
            } else {
                answer.text += " " + line.text
            }
        }
        answer.text = FormWords.tidy(answer.text)
        guard let other = answers[question] else { return answers[question] = answer }
        if question == .reference { hasSeveralForms = hasSeveralForms || !Self.isOneForm(answer, other) }
        if answer.isBlank || answer.says(the: other) { return }
        if other.isBlank || answer.depth < other.depth {
            answers[question] = answer
        } else if answer.depth == other.depth, !conflicts.contains(where: { $0.question == question }) {
            conflicts.append((question, answer.line))
        }
    }

    /// Whether two first lines may stand above one form: of the same community, or named by hand where nobody was.
    private static func isOneForm(_ one: FormAnswer, _ other: FormAnswer) -> Bool {
        let both = [one, other].map { $0.text.split(separator: " ").dropFirst(2) }
        guard let first = both[0].first, let second = both[1].first else {
            return both.allSatisfy { $0.count < 2 }
        }
        return first == second
    }

    /// What follows the question: after its first colon, or after its own words where the colon is gone.
    private static func afterColon(_ lines: [FormLine], _ question: FormQuestion) -> [FormLine] {
        var lines = lines
        for index in lines.indices {
            // Past three lines it is no question of ours: what holds a colon is an address.
            guard index < 3, let colon = lines[index].text.firstIndex(of: ":") else { continue }
            let text = lines[index].text
            lines[index].text = String(text[text.index(after: colon)...])
            lines.removeFirst(index)
            return lines
        }
        lines[0].text = withoutWording(lines[0].text, question)
        return lines
    }

    private static func withoutWording(_ text: String, _ question: FormQuestion) -> String {
        let words = text.split(separator: " ")
        for wording in [question.wording.fr, question.wording.en] {
            let asked = wording.split { $0.isWhitespace }.map { Folding.fold($0) }.filter { !$0.isEmpty }
            let given = words.prefix(asked.count).map { Folding.fold($0) }
            if given == asked { return words.dropFirst(asked.count).joined(separator: " ") }
        }
        return text
    }

    /// Columns from which a quoted line may have been broken, and gone on unquoted.
    private static let longLine = 55

    /// The lines that hold the answer: those written after the quote, where there are any.
    private static func latest(_ lines: [FormLine], depth: Int, _ question: FormQuestion) -> [FormLine] {
        let isLater = lines.map { $0.depth < depth && !$0.text.allSatisfy(\.isWhitespace) }
        guard isLater.contains(true), let first = lines.first, first.depth >= depth else { return lines }
        var later: [FormLine] = []
        var broken: Set<Int> = []
        for (index, line) in lines.enumerated() where isLater[index] {
            if index > 0, lines[index - 1].length >= longLine, line.number == lines[index - 1].number + 1,
                !isLater[index - 1] || broken.contains(index - 1)
            {
                broken.insert(index)
            } else {
                later.append(line)
            }
        }
        return later.isEmpty ? lines : later
    }

    // MARK: Boxes

    /// Signs that people and programs make of a tick.
    private static let ticks: Set<Character> = [
        "x", "X", "\u{2713}", "\u{2714}", "\u{2715}", "\u{2716}", "\u{2717}", "\u{2718}", "\u{D7}",
        "\u{2612}",
        "\u{2611}", "\u{2705}", "\u{1F5F9}", "\u{1F5F8}", "v", "V", "*", "+",
    ]
    private static let whole: [Character: Bool] = [
        "\u{2610}": false, "\u{25A1}": false, "\u{25FB}": false, "\u{2612}": true, "\u{2611}": true,
        "\u{25A0}": true,
        "\u{2705}": true, "\u{1F5F9}": true,
    ]

    /// A box at the beginning of a text: whether it is ticked, and what follows.
    private static func box(_ text: Substring) -> (isTicked: Bool, rest: Substring)? {
        guard let first = text.first else { return nil }
        if let isTicked = whole[first] { return (isTicked, text.dropFirst()) }
        // A tick in the place of the box.
        if !first.isASCII, ticks.contains(first), key(text.dropFirst()) != nil {
            return (true, text.dropFirst())
        }
        guard first == "[" || first == "(", let end = text.prefix(12).firstIndex(of: first == "[" ? "]" : ")")
        else { return nil }
        let inside = text[text.index(after: text.startIndex)..<end].filter { !$0.isWhitespace }
        // Round brackets hold words as well: only a tick or nothing makes a box of them.
        if first == "(", !(inside.isEmpty || inside.count == 1 && inside.allSatisfy(ticks.contains)) {
            return nil
        }
        let isEmpty = inside.allSatisfy { "_.-\u{2026}".contains($0) } || CellText.isYes(inside) == false
        return (!isEmpty, text[text.index(after: end)...])
    }

    /// The letter of a box: `b.` or `b)`.
    private static func key(_ text: Substring) -> (key: Character, rest: Substring)? {
        let text = text.drop { $0 == " " }
        guard let letter = text.first, letter.isASCII, letter.isLetter, let sign = text.dropFirst().first,
            ".)".contains(sign), let key = letter.lowercased().first
        else { return nil }
        return (key, text.dropFirst(2))
    }

    /// Adds a line to an answer: its boxes, and what is no box. The words of a box go with it.
    private static func read(_ line: String, into answer: inout FormAnswer) {
        var rest = Substring(line)
        var loose = ""
        var label = ""
        var open: (key: Character, isTicked: Bool)?
        func end(_ answer: inout FormAnswer) {
            guard let (key, isTicked) = open else { return }
            // Ticked after its words: `[ ] b. tiers-lieu x`.
            let last = label.split(separator: " ").last
            if isTicked || last.map({ $0.count == 1 && $0.allSatisfy(ticks.contains) }) ?? false {
                if !answer.ticked.contains(key) { answer.ticked.append(key) }
            }
        }
        while let first = rest.first {
            if let (isInside, after) = box(rest) {
                end(&answer)
                open = nil
                label = ""
                answer.boxes += 1
                var isTicked = isInside
                var next = after.drop { $0 == " " }
                // A tick that missed the brackets.
                if let sign = next.first, ticks.contains(sign),
                    next.dropFirst().first.map({ $0 == " " }) ?? true
                {
                    isTicked = true
                    next = next.dropFirst()
                }
                if let (key, words) = key(next) {
                    open = (key, isTicked)
                    rest = words
                } else {
                    if isTicked { answer.hasLoneTick = true }
                    rest = next
                }
                continue
            }
            if open == nil { loose.append(first) } else { label.append(first) }
            rest = rest.dropFirst()
        }
        end(&answer)
        if !loose.allSatisfy(\.isWhitespace) { answer.text += " " + loose }
    }
}
