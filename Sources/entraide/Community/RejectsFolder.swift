import Foundation

/// The folder of refused answers. Nothing that stands there is ever written over, be it an answer that was mended since or
/// a link to somewhere else: what comes under a name that is taken gets the next number.
struct RejectsFolder {
    let path: String

    /// Past this, something else is wrong.
    private static let mostNames = 10_000

    struct Failure: Error {}

    /// Answers hold personal data: who made the folder alone reads it.
    func make() throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// Keeps an answer; one that stands there already, byte for byte, stays as it is.
    ///
    /// - Throws: `Failure`, and what the system says.
    func write(_ content: Data, named name: String) throws {
        let wanted = URL(filePath: path).appending(path: name)
        let ending = wanted.pathExtension.isEmpty ? "" : "." + wanted.pathExtension
        for number in 1...Self.mostNames {
            let place =
                number == 1 ? wanted.path : "\(wanted.deletingPathExtension().path)-\(number)\(ending)"
            // Made here or not at all: no link is followed, even one that leads nowhere.
            let file = open(place, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            if file >= 0 {
                let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
                try handle.write(contentsOf: content)
                return try handle.close()
            }
            guard errno == EEXIST else { throw Failure() }
            if Self.holds(place, content) { return }
        }
        throw Failure()
    }

    private static func holds(_ place: String, _ content: Data) -> Bool {
        let kind = try? FileManager.default.attributesOfItem(atPath: place)[.type] as? FileAttributeType
        return kind == .typeRegular && FileManager.default.contents(atPath: place) == content
    }
}
