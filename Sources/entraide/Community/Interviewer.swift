import Dispatch
import EntraideCore
import Foundation
import Lines

/// Leads an interview on a terminal, a line at a time: it reads, shows and looks up; what is asked, and what an answer
/// means, is the core's.
///
/// Plain lines alone, as the terminal itself edits them: a screen reader follows, and so does the dumbest terminal.
struct Interviewer {
    private let database: Database
    private let vocabulary: Vocabulary
    private let isBold: Bool

    /// Whether somebody is there to answer: questions stand on standard error, which results never mix with.
    static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && Terminal.isErrorTerminal }

    init(_ database: Database, _ vocabulary: Vocabulary, color: Bool) {
        self.database = database
        self.vocabulary = vocabulary
        isBold = color && Terminal.takesColor
    }

    /// The profile that was said and confirmed.
    ///
    /// - Throws: `interview-left` at the end of input.
    func profile() async throws -> Profile {
        let interruption = Interruption()
        defer { interruption.end() }
        let territories = Territories(database)
        let hasPlaces = try await territories.areLoaded()
        var interview = Interview(
            vocabulary: vocabulary, troubles: try Trouble.embedded(), hasPlaces: hasPlaces,
            language: .current)
        welcome(hasPlaces: hasPlaces)
        var part: InterviewPart?
        var want = Interview.Want.answer
        while true {
            switch want {
            case .answer:
                interview.notices.forEach { show($0[.current], indent: "  ") }
                if interview.part != part {
                    part = interview.part
                    Terminal.error("")
                    show(interview.part.title[.current], bold: true)
                }
                ask(interview.question)
                guard let line = readLine() else {
                    Terminal.error("")
                    throw EntraideError(.interviewLeft)
                }
                want = interview.take(line)
            case .places(let text):
                let found = try await territories.find(text, limit: Interview.mostFound)
                want = interview.found(found, for: text)
            case .identifier(let slug):
                want = interview.identifier(slug, isTaken: try await isTaken(slug))
            case .profile(let profile): return profile
            }
        }
    }

    private func welcome(hasPlaces: Bool) {
        show(
            say(
                fr: """
                    Quelques questions, moins de trois minutes. Entrée prend la réponse entre crochets, ? explique la \
                    question. Rien n’est enregistré avant la fin ; Ctrl-C abandonne tout.
                    """,
                en: """
                    A few questions, less than three minutes. Enter takes the answer in brackets, ? explains the \
                    question. Nothing is stored before the end; Ctrl-C gives up.
                    """))
        if !hasPlaces {
            show(
                say(
                    fr: """
                        Aucune commune n’est chargée ici (voir entraide territory import) : la vôtre ne sera pas demandée.
                        """,
                    en: """
                        No commune is loaded here (see entraide territory import): yours will not be asked.
                        """))
        }
    }

    private func ask(_ question: InterviewQuestion) {
        Terminal.error("")
        show(question.text[.current], bold: true)
        let digits = question.choices.last.map { String($0.number).count } ?? 0
        for choice in question.choices {
            let number = String(choice.number)
            let place = "  " + String(repeating: " ", count: digits - number.count) + number + "  "
            show(choice.text[.current], first: place, indent: String(repeating: " ", count: place.count))
        }
        let hint = question.hint.map { "(\($0[.current])) " } ?? ""
        let standard = question.standard.map { "[\($0[.current])] " } ?? ""
        // One piece with the cursor after it, so that a screen reader says it before the answer is typed.
        let lines = DisplayWidth.wrap(hint + standard + ">", to: Self.width)
        lines.dropLast().forEach(Terminal.error)
        Terminal.prompt((lines.last ?? ">") + " ")
    }

    private func show(_ text: String, bold: Bool = false, first: String? = nil, indent: String = "") {
        let lines = DisplayWidth.wrap(text, to: Self.width - indent.count)
        for (place, line) in lines.enumerated() {
            let start = place == 0 ? first ?? indent : indent
            if bold && isBold { Terminal.bold(line) } else { Terminal.error(start + line) }
        }
    }

    /// Long lines are hard to read, however wide the window.
    private static let width = min(78, max(30, Terminal.width - 2))

    private func isTaken(_ slug: String) async throws -> Bool {
        do {
            _ = try await Communities(database).show(slug, for: .coordinator)
            return true
        } catch let error as EntraideError where error.code == .unknownCommunity {
            return false
        }
    }
}

/// Ctrl-C while questions are asked: says that nothing was stored, and leaves as the signal would.
private final class Interruption {
    private let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())

    init() {
        signal(SIGINT, SIG_IGN)
        source.setEventHandler {
            Terminal.error("")
            let left = EntraideError(.interviewLeft)
            Terminal.error("entraide: \(left.message(in: .current)) [\(left.code.rawValue)]")
            exit(128 + SIGINT)
        }
        source.resume()
    }

    /// From here on the signal ends the process as ever: something may be stored.
    func end() {
        source.cancel()
        signal(SIGINT, SIG_DFL)
    }
}
