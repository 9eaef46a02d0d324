import ArgumentParser
import Foundation
import Proof

/// Writes a skewed instance.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Writes an instance of a skewed market.")

    @Option(help: "How many communities.")
    var communities = 10_000

    @Option(help: "Another seed gives another market.")
    var seed = 1

    @Flag(help: "One or two offers of capacity 1 per community.")
    var scarce = false

    @Argument(help: "The file to write.")
    var file: String

    func run() throws {
        let instance = SkewedMarket.instance(
            communities: communities, seed: seed, kind: scarce ? .scarce : .common)
        _ = FileManager.default.createFile(atPath: file, contents: nil)
        let handle = try FileHandle(forWritingTo: URL(filePath: file))
        var bytes = Data()
        instance.writeLines { line in
            bytes.append(contentsOf: line.utf8)
            bytes.append(UInt8(ascii: "\n"))
            if bytes.count > 1 << 20 {
                handle.write(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        handle.write(bytes)
        try handle.close()
    }
}
