import ArgumentParser

/// What is measured, and how it is run: README.md beside this folder.
@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures the engine.", subcommands: [Generate.self])
}
