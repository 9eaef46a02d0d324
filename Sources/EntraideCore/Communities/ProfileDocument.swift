import Lines
import Matching
import Yams

/// The documents of a profile file: ndjson (one object per line) or YAML (one document per profile), told apart by
/// the first character. Both become the same tree of nodes, each with its line and column.
struct ProfileDocument {
    /// A tree with more nodes than this is refused: YAML aliases can make a small file expand without end.
    static let maximumNodes = 200_000

    let node: JSONNode
    /// The line on which the document begins, from 1.
    let line: Int
    /// YAML writes `3` and `"3"` alike to most people; JSON means what it says.
    let lenientScalars: Bool

    /// - Throws: `malformed`, `invalid-utf8`, `empty-file`, with line and column; `too-long`, with the line on which a document
    ///   begins that is longer than a profile may be.
    static func read(_ bytes: [UInt8], file: String) throws(EntraideError) -> [ProfileDocument] {
        let body = bytes.withoutByteOrderMark
        guard let first = body.first(where: { !isSpace($0) }) else {
            throw EntraideError(.emptyFile, at: Place(file: file))
        }
        if first == UInt8(ascii: "{") {
            var documents: [ProfileDocument] = []
            for (line, bytes) in lines(body) where !bytes.allSatisfy(isSpace) {
                documents.append(try ndjson(bytes, line: line, file: file))
            }
            return documents
        }
        return try yaml(body, file: file)
    }

    /// One line of ndjson.
    static func ndjson(_ bytes: [UInt8], line: Int, file: String) throws(EntraideError) -> ProfileDocument {
        guard bytes.count <= ProfileLimits.bytes else { throw tooLong(file: file, line: line) }
        do {
            return ProfileDocument(
                node: try JSONNode.parse(bytes, firstLine: line), line: line, lenientScalars: false)
        } catch {
            throw EntraideError(error).within(file: file, line: line)
        }
    }

    /// The lines of a file with their numbers, from 1; a CR before the LF goes with it.
    static func lines(_ bytes: [UInt8]) -> [(Int, [UInt8])] {
        var result: [(Int, [UInt8])] = []
        for (index, piece) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated()
        {
            result.append((index + 1, Array(piece.last == UInt8(ascii: "\r") ? piece.dropLast() : piece)))
        }
        return result
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func yaml(_ bytes: [UInt8], file: String) throws(EntraideError) -> [ProfileDocument] {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw EntraideError(.invalidUTF8, at: Place(file: file, line: firstInvalidLine(bytes)))
        }
        if let line = YAMLOutline.excessiveLine(of: bytes) {
            throw EntraideError(
                .malformed, ["what": "YAML: nesting, aliases"], at: Place(file: file, line: line))
        }
        if let line = YAMLOutline.longDocument(of: bytes, most: ProfileLimits.bytes) {
            throw tooLong(file: file, line: line)
        }
        var documents: [ProfileDocument] = []
        var budget = maximumNodes
        do {
            let parser = try Parser(yaml: text)
            while let node = try parser.nextRoot() {
                documents.append(
                    ProfileDocument(
                        node: try convert(node, budget: &budget, depth: 0), line: node.mark?.line ?? 1,
                        lenientScalars: true))
            }
        } catch let error as EntraideError {
            throw error.within(file: file)
        } catch let error as YamlError {
            throw Self.error(error, file: file)
        } catch {
            throw EntraideError(.malformed, ["what": "YAML"], at: Place(file: file))
        }
        if documents.isEmpty { throw EntraideError(.emptyFile, at: Place(file: file)) }
        return documents
    }

    private static func tooLong(file: String, line: Int) -> EntraideError {
        EntraideError(.tooLong, ["limit": "\(ProfileLimits.bytes)"], at: Place(file: file, line: line))
    }

    /// Yams' errors as ours; its own sentences may quote the file, so only the kind and the place are kept.
    private static func error(_ error: YamlError, file: String) -> EntraideError {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
            EntraideError(
                .malformed, ["what": "YAML"],
                at: Place(file: file, line: mark.line, column: mark.column))
        case .duplicatedKeysInMapping(let duplicates, let context):
            // Only the place of the whole mapping is told, so the key is named as the field.
            EntraideError(
                .duplicateInFile, ["value": excerpt(of: duplicates.sorted(by: precedes).first ?? "?")],
                at: Place(
                    file: file, line: context.mark.line, column: context.mark.column,
                    field: duplicates.sorted(by: precedes).first.map { excerpt(of: $0) }))
        case .reader(_, let offset, let value, let text):
            EntraideError(
                .controlCharacter,
                ["character": value > 0 ? "\\u{" + String(value, radix: 16, uppercase: true) + "}" : "?"],
                at: Place(file: file, line: offset.map { text.utf8.prefix($0).count { $0 == 0x0A } + 1 }))
        default:
            EntraideError(.malformed, ["what": "YAML"], at: Place(file: file))
        }
    }

    private static func convert(_ node: Node, budget: inout Int, depth: Int) throws(EntraideError) -> JSONNode
    {
        budget -= 1
        let line = node.mark?.line ?? 1
        let column = node.mark?.column ?? 1
        guard budget > 0, depth < 32 else {
            throw EntraideError(.malformed, ["what": "YAML too large"], at: Place(line: line, column: column))
        }
        switch node {
        case .scalar(let scalar):
            return JSONNode(content(of: scalar), line: line, column: column)
        case .sequence(let sequence):
            var items: [JSONNode] = []
            for item in sequence { items.append(try convert(item, budget: &budget, depth: depth + 1)) }
            return JSONNode(.array(items), line: line, column: column)
        case .mapping(let mapping):
            var members: [(key: String, value: JSONNode)] = []
            for (key, value) in mapping {
                guard let name = key.scalar?.string else {
                    throw EntraideError(
                        .malformed, ["what": "YAML key"], at: Place(line: line, column: column))
                }
                members.append((name, try convert(value, budget: &budget, depth: depth + 1)))
            }
            return JSONNode(.object(members), line: line, column: column)
        case .alias:
            throw EntraideError(.malformed, ["what": "YAML alias"], at: Place(line: line, column: column))
        }
    }

    /// A plain scalar keeps its letters (`01400` is a postcode and `no` a language); only an empty one is null.
    private static func content(of scalar: Node.Scalar) -> JSONContent {
        if scalar.style == .plain, scalar.string.isEmpty || scalar.string == "~" || scalar.string == "null" {
            return .null
        }
        return .string(scalar.string)
    }

    private static func firstInvalidLine(_ bytes: [UInt8]) -> Int {
        lines(bytes).first { String(validating: $0.1, as: UTF8.self) == nil }?.0 ?? 1
    }
}
