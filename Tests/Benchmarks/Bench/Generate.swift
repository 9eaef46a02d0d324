import ArgumentParser
import Foundation
import Proof

/// Writes the instance of a skewed market.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Writes the instance of a skewed market.")

    @Option(help: "How many communities.")
    var communities = 10_000

    @Option(help: "Another seed gives another market.")
    var seed = 1

    @Flag(help: "One or two offers of capacity 1 per community.")
    var scarce = false

    @Argument(help: "The file to write.")
    var file: String

    func validate() throws {
        guard (0...10_000_000).contains(communities) else {
            throw ValidationError("--communities is 0…10000000")
        }
    }

    func run() throws {
        let instance = SkewedMarket.instance(
            communities: communities, seed: seed, kind: scarce ? .scarce : .common)
        guard FileManager.default.createFile(atPath: file, contents: nil),
            let handle = FileHandle(forWritingAtPath: file)
        else { throw Refusal(.cannotWrite, "\(file): cannot be written") }
        var failure: (any Error)?
        instance.writeBlocks { block in
            guard failure == nil else { return }
            do { try handle.write(contentsOf: Data(block)) } catch { failure = error }
        }
        try? handle.close()
        if failure != nil { throw Refusal(.cannotWrite, "\(file): cannot be written") }
    }
}
