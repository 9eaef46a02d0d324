package import Lines
package import Postgres

/// Where in the reader's own material something is wrong. Lines, rows and columns count from 1.
package struct Place: Sendable, Equatable {
    package var file: String?
    package var line: Int?
    package var column: Int?
    package var field: String?
    /// What people know the field by, where its name is no word of theirs.
    package var words: Bilingual?

    package init(
        file: String? = nil, line: Int? = nil, column: Int? = nil, field: String? = nil,
        words: Bilingual? = nil
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.field = field
        self.words = words
    }

    /// `profile.yaml:12:5: offers[0].skill`, or as much of it as is known.
    package var description: String { description(words: nil) }

    /// The same, with the words of the field.
    func description(in language: Language) -> String { description(words: words?[language]) }

    private func description(words: String?) -> String {
        var parts: [String] = []
        var head = file ?? ""
        if let line { head += head.isEmpty ? "\(line)" : ":\(line)" }
        if let column, line != nil { head += ":\(column)" }
        if !head.isEmpty { parts.append(head) }
        let told = [field, words].compactMap(\.self).joined(separator: " ")
        if !told.isEmpty { parts.append(told) }
        return parts.joined(separator: ": ")
    }
}

/// What a use case throws: a stable code, what the sentence is about, and where it was found.
package struct EntraideError: Error, Sendable, Equatable {
    package var code: ErrorCode
    /// The values of the sentence's placeholders. Never personal data.
    package var values: [String: String]
    /// The same, where people are told in their language.
    package var words: [String: Bilingual]
    package var place: Place

    package init(
        _ code: ErrorCode, _ values: [String: String] = [:], words: [String: Bilingual] = [:],
        at place: Place = Place()
    ) {
        self.code = code
        self.values = values
        self.words = words
        self.place = place
    }

    /// The same error, said to stand in `file`, at `line` when it has no line of its own.
    package func within(file: String?, line: Int? = nil) -> EntraideError {
        var copy = self
        copy.place.file = copy.place.file ?? file
        copy.place.line = copy.place.line ?? line
        return copy
    }

    /// The exit status of the command. A skill that is unknown where a file names it is bad data in that file; typed, it is a
    /// name that does not exist, as any other.
    package var exitStatus: Int32 {
        code == .unknownSkill && place.file != nil ? 65 : code.exitStatus
    }

    /// The one sentence that a person reads: where, what, what to do.
    ///
    /// - Parameter overHTTP: whether it is read by somebody who has no command to type.
    package func message(in language: Language, overHTTP: Bool = false) -> String {
        var values = values.merging(words.mapValues { $0[language] }) { $1 }
        // A round's states are codes in machine output and words to a person.
        for key in ["state", "expected"] where code == .wrongState {
            values[key] = values[key]?.split(separator: ", ").map { word in
                RoundStatus(rawValue: String(word))?.label[language] ?? String(word)
            }.joined(separator: ", ")
        }
        values["step"] = values["step"] ?? stepBefore
        let told = overHTTP ? sentenceOverHTTP ?? sentence : sentence
        let sentence = told.filled(values, in: language)
        let place = place.description(in: language)
        return place.isEmpty ? sentence : "\(place)\(language == .fr ? "\u{202F}:" : ":") \(sentence)"
    }
}

extension EntraideError {
    /// `timed-out`, since the database did not answer in time.
    package static let databaseBusy = EntraideError(
        .timedOut,
        words: [
            "what": Bilingual(
                fr: "la base de données est trop occupée", en: "the database is too busy")
        ])

    /// What PostgreSQL's refusal means to the person: never its own words, which quote data.
    package init(_ error: PostgresError) {
        switch error.code {
        case .away: self.init(.databaseAway)
        case .outcomeUnknown: self.init(.outcomeUnknown)
        case .poolTimeout, .statementTimeout, .lockTimeout: self = .databaseBusy
        case .authentication, .permissionDenied, .readOnly: self.init(.databaseRefused)
        case .undefinedObject where error.sqlState == "3D000": self.init(.databaseMissing)
        case .nulByte: self.init(.controlCharacter, ["character": "\\u{0}"])
        default: self.init(.internalFailure, ["what": error.description])
        }
    }

    /// Any error as one of ours: the last door before the reader.
    package init(any error: any Error) {
        switch error {
        case let error as EntraideError: self = error
        case let error as PostgresError: self.init(error)
        case let error as LineError: self.init(error)
        default: self.init(.internalFailure, ["what": "\(type(of: error))"])
        }
    }

    /// The first `\u{…}` of an excerpt; the text around it may be personal and is not repeated.
    private static func firstControl(in excerpt: String) -> String {
        guard let start = excerpt.firstRange(of: "\\u{"),
            let end = excerpt[start.upperBound...].firstIndex(of: "}")
        else {
            return "?"
        }
        return String(excerpt[start.lowerBound...end])
    }

    /// What the reader of lines found wrong.
    package init(_ error: LineError) {
        let place = Place(line: error.line, column: error.column, field: error.field)
        let excerpt = error.excerpt ?? ""
        switch error.code {
        case .controlCharacter:
            self.init(.controlCharacter, ["character": Self.firstControl(in: excerpt)], at: place)
        case .invalidUTF8: self.init(.invalidUTF8, at: place)
        case .bareDash, .emptyText: self.init(.badText, at: place)
        case .badSlug: self.init(.badSlug, ["value": excerpt], at: place)
        case .badDate, .badTimestamp: self.init(.badDate, ["value": excerpt], at: place)
        case .duplicateKey:
            self.init(.duplicateInFile, ["value": excerpt.isEmpty ? error.field ?? "?" : excerpt], at: place)
        case .unknownKey:
            self.init(.unknownField, ["name": excerpt.isEmpty ? error.field ?? "?" : excerpt], at: place)
        case .missingKey, .missingValue: self.init(.missingField, ["name": error.field ?? "?"], at: place)
        default: self.init(.malformed, ["what": error.code.rawValue], at: place)
        }
    }
}
