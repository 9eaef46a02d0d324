import EntraideCore
import Lines
import Matching
import Testing

@Suite("Error codes and their sentences")
struct ErrorSentencesTests {
    @Test(
        "Every code has a sentence in both languages that asks for the same values",
        arguments: ErrorCode.allCases)
    func sentences(code: ErrorCode) {
        expectSound(code.sentence, code.rawValue)
        #expect(!code.sentence.en.contains("’"), "\(code.sentence.en)")
    }

    @Test(
        "Over HTTP no sentence names a command or an option",
        arguments: ErrorCode.allCases.filter { $0.httpStatus != 500 || $0 == .internalFailure })
    func overHTTP(code: ErrorCode) {
        for values in [[:], ["known": "-"]] {
            let error = EntraideError(code, values)
            for language in Language.allCases {
                let message = error.message(in: language, overHTTP: true)
                #expect(!message.contains(#/entraide [a-z]|--/#), "\(message)")
            }
            if let told = error.sentenceOverHTTP { expectSound(told, code.rawValue) }
        }
    }

    @Test("A round that is not there yet is told the command that brings it on; one that is past it, none")
    func tooEarly() {
        for (state, expected, step) in [
            ("draft", "open, proposed", "entraide round open ete"),
            ("open", "proposed", "entraide round run ete"),
            ("proposed", "published", "entraide round publish ete"), ("published", "open, proposed", nil),
            ("cancelled", "draft", nil),
        ] {
            let error = EntraideError(.wrongState, ["round": "ete", "state": state, "expected": expected])
            expectReadable(error)
            for (language, first) in [(Language.fr, "d’abord\u{202F}: "), (.en, "first: ")] {
                let message = error.message(in: language)
                #expect(message.hasSuffix(first + (step ?? "-")) == (step != nil), "\(message)")
                #expect(message.contains(first) == (step != nil), "\(message)")
            }
        }
    }

    @Test("Where the values of an error tell more than its code, its sentence is sound as well")
    func closer() {
        let question = Place(field: "Q1", words: Bilingual(fr: "« Nom »", en: "'Name'"))
        for error in [
            EntraideError(.usage, ["erasure": "x"]),
            EntraideError(.missingField, ["name": "Q1"], at: question),
            EntraideError(.wrongState, ["round": "r", "state": "draft", "expected": "open"]),
            EntraideError(.roundMoved),
        ] {
            expectSound(error.sentence, error.code.rawValue)
            #expect(error.sentence != error.code.sentence, "\(error)")
            #expect(!error.message(in: .fr).contains("{"), "\(error)")
        }
    }

    @Test("Codes are kebab-case, each once, and say different things")
    func codes() {
        #expect(ErrorCode.allCases.allSatisfy { Slug.isValid($0.rawValue) })
        #expect(Set(ErrorCode.allCases.map(\.rawValue)).count == ErrorCode.allCases.count)
        #expect(Set(ErrorCode.allCases.map(\.sentence.fr)).count == ErrorCode.allCases.count)
        #expect(Set(ErrorCode.allCases.map(\.sentence.en)).count == ErrorCode.allCases.count)
    }

    @Test("Every exit status is one of the documented ones, and never that of success or of a plain no")
    func exitStatuses() {
        let documented: Set<Int32> = [64, 65, 66, 69, 70, 73, 75, 77, 78]
        for code in ErrorCode.allCases { #expect(documented.contains(code.exitStatus), "\(code.rawValue)") }
        let contract: [ErrorCode: Int32] = [
            .usage: 64, .badOption: 64, .unknownSkill: 66, .outOfRange: 65, .malformed: 65, .invalidUTF8: 65,
            .controlCharacter: 65, .tooLong: 65, .refusedRows: 65, .duplicateInFile: 65, .noSuchFile: 66,
            .unknownCommunity: 66, .unknownRound: 66, .databaseAway: 69, .internalFailure: 70,
            .duplicateCommunity: 73,
            .wrongState: 73, .roundMoved: 73, .portInUse: 75, .outcomeUnknown: 75, .databaseRefused: 77,
            .schemaNewer: 78,
            .schemaOlder: 78, .databaseMissing: 78,
        ]
        for (code, status) in contract { #expect(code.exitStatus == status, "\(code.rawValue)") }
    }

    @Test("Every HTTP status is an error's, and the hidden looks as the absent does")
    func httpStatuses() {
        for code in ErrorCode.allCases { #expect((400...599).contains(code.httpStatus), "\(code.rawValue)") }
        for code in [ErrorCode.unknownCommunity, .unknownRound, .unknownMatch] {
            #expect(code.httpStatus == 404)
        }
        #expect(ErrorCode.databaseAway.httpStatus == 503)
    }

    @Test(
        "A place is written file, line, column, field, as much as is known",
        arguments: [
            (Place(file: "f", line: 3, column: 5, field: "a.b"), "f:3:5: a.b"), (Place(file: "f"), "f"),
            (Place(line: 3, column: 5), "3:5"), (Place(column: 5, field: "a"), "a"), (Place(), ""),
            (Place(file: "f", field: "a"), "f: a"),
        ])
    func places(place: Place, text: String) {
        #expect(place.description == text)
        let error = EntraideError(.emptyFile, at: place)
        #expect(error.message(in: .en) == (text.isEmpty ? "" : text + ": ") + ErrorCode.emptyFile.sentence.en)
        #expect(
            error.message(in: .fr) == (text.isEmpty ? "" : text + "\u{202F}: ")
                + ErrorCode.emptyFile.sentence.fr)
    }

    @Test("An error keeps its own place when it is put within a file")
    func within() {
        let error = EntraideError(.badText, at: Place(line: 3, field: "x")).within(file: "f", line: 9)
        #expect(error.place == Place(file: "f", line: 3, field: "x"))
        #expect(EntraideError(.badText).within(file: "f", line: 9).place == Place(file: "f", line: 9))
    }

    @Test(
        "Whatever the lines' reader refuses has a code of ours with all its values",
        arguments: LineError.Code.allCases)
    func lineErrors(code: LineError.Code) {
        for error in [
            LineError(code, line: 2, column: 3, field: "name", excerpt: "x\\u{7}y"), LineError(code),
        ] {
            let ours = EntraideError(error)
            expectReadable(ours)
            #expect(ours.code != .internalFailure)
            #expect(ours.place.line == error.line && ours.place.column == error.column)
        }
    }
}
