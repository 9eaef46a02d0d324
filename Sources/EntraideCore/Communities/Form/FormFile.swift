import Foundation
import Lines
import Matching

/// An answer to the form, as it came: a mail, or its text.
package struct FormFile: Sendable {
    /// What errors call it.
    package let name: String
    let source: InputSource
    /// Where it stands; nil for standard input.
    package let path: String?

    /// Which message of a mailbox it is, from 1.
    package let number: Int?

    /// Bytes of a file: a long mail with pictures is under this.
    private static let most = 32 << 20

    package init(_ source: InputSource, path: String?, number: Int? = nil) {
        name = source.name
        self.source = source
        self.path = path
        self.number = number
    }

    /// The answers of a folder, by name; hidden files, folders, links and what is no plain file apart.
    ///
    /// - Throws: `no-such-file`.
    package static func all(in folder: String, named name: String) throws(EntraideError) -> [FormFile] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw EntraideError(.noSuchFile, ["file": name])
        }
        return names.filter { !$0.hasPrefix(".") }.sorted(by: precedes).compactMap { file in
            let path = (folder as NSString).appendingPathComponent(file)
            let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
            guard kind == .typeRegular else { return nil }
            let shown = (name as NSString).appendingPathComponent(escapingControls(file))
            return FormFile(InputSource(path: path, name: shown), path: path)
        }
    }

    /// The messages of a mailbox, each by its number; any other file is one answer.
    var messages: [FormFile] {
        guard var pieces = try? source.pieces(), let head = try? pieces.next(), MailMessage.isMailbox(head),
            let bytes = try? source.bytes(most: Self.most)
        else { return [self] }
        let starts = MailMessage.starts(inMailbox: bytes)
        guard starts.count > 1 else { return [self] }
        return zip(starts, starts.dropFirst() + [bytes.count]).enumerated().map { index, bounds in
            let part = InputSource(
                bytes: Array(bytes[bounds.0..<bounds.1]), name: "\(name) (message \(index + 1))")
            return FormFile(part, path: path, number: index + 1)
        }
    }

    /// What was read of a file.
    struct Content {
        let sheet: FormSheet
        /// The text that it was read from, unless it is the file itself.
        let text: String?
        /// When the mail says that it was sent.
        let date: Int?
    }

    /// The answers that the file holds: of the texts of a mail, the one that says the most.
    ///
    /// - Throws: `no-such-file`, `empty-file`, `too-long`, `mail-too-large`, `several-answers`, `unreadable-form`.
    func read() throws(EntraideError) -> Content {
        do throws(EntraideError) {
            return try content()
        } catch {
            throw error.within(file: name)
        }
    }

    private func content() throws(EntraideError) -> Content {
        let place = Place(file: name)
        let bytes = try source.bytes(most: Self.most)
        guard bytes.contains(where: { $0 > 0x20 }) else { throw EntraideError(.emptyFile, at: place) }
        if let message = try MailMessage(bytes) {
            let (sheet, text) = try Self.fullest(message.bodies)
            return Content(sheet: sheet, text: text, date: message.date)
        }
        var guess = EncodingGuess()
        guess.take(bytes)
        switch FileRecognition(head: Array(bytes.prefix(1 << 16)), hasStrayZeros: guess.hasStrayZeros) {
        case .unusable(let error):
            // A mail saved as a web page is an answer like any other.
            if error.code == .webPage {
                var room = MailLimits.text
                let text = try MailLimits.page(MailMessage.text(of: bytes), &room)
                return Content(
                    sheet: try Self.fullest([MailMessage.Body(text: text)]).sheet, text: text, date: nil)
            }
            let what = Self.isOldOffice(bytes) ? "Outlook .msg, Word .doc" : error.values["format"] ?? "?"
            throw EntraideError(.unreadableForm, ["format": what], at: place)
        case .text, .json:
            let text = MailMessage.text(of: bytes)
            try MailLimits.check(text)
            return Content(
                sheet: try Self.fullest([MailMessage.Body(text: text)]).sheet, text: nil, date: nil)
        }
    }

    /// The message as it came, for one of a mailbox.
    var whole: String? { (try? source.bytes(most: Self.most)).map { MailMessage.text(of: $0) } }

    private static func isOldOffice(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
    }

    /// The text that says the most.
    ///
    /// - Throws: `several-answers` when it carries messages, or quotes forms, of several communities.
    private static func fullest(
        _ bodies: [MailMessage.Body]
    ) throws(EntraideError) -> (sheet: FormSheet, text: String) {
        let first = bodies.first ?? MailMessage.Body(text: "")
        var best = (sheet: FormSheet(first), text: first.text)
        var authors: [String: Set<Int>] = [:]
        if let author = best.sheet.author { authors[author, default: []].insert(first.message) }
        for body in bodies.dropFirst() {
            let sheet = FormSheet(body)
            if let author = sheet.author { authors[author, default: []].insert(body.message) }
            if (sheet.answered, sheet.marks) > (best.sheet.answered, best.sheet.marks) {
                best = (sheet, body.text)
            }
        }
        // The two texts of one message may write a name in two ways.
        let messages = authors.values.reduce(into: Set()) { $0.formUnion($1) }
        if best.sheet.hasSeveralForms || authors.count > 1 && messages.count > 1 {
            throw EntraideError(.severalAnswers)
        }
        return best
    }

    /// Whether the file is an answer to the form. A large file of anything else is not read further than its beginning.
    package var isAnswer: Bool {
        guard var pieces = try? source.pieces(), let head = try? pieces.next(),
            MailMessage.begins(head) || MailMessage.isMailbox(head)
                || head.firstRange(of: Array("Q0".utf8)) != nil
        else { return false }
        return messages.contains { file in (try? file.read()).map { $0.sheet.marks > 2 } ?? false }
    }
}
