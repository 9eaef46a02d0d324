import ArgumentParser
import Glibc

/// Measures the engine: what is measured and how, in README.md beside this folder.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measures the engine.",
        subcommands: [
            Generate.self, Solve.self, Greedy.self, Warm.self, Candidates.self, Round.self, Table.self,
        ])

    static func main() async {
        Glibc.exit(await status(of: Array(CommandLine.arguments.dropFirst())))
    }
}
