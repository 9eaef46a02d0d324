import Foundation
import Testing

@Suite("What a file may cost")
struct CostTests {
    /// Runs the command, which the system ends after `seconds` of computing.
    private static func run(_ words: [String], within seconds: Int, on database: Scratch) async throws
        -> Outcome
    {
        let shell = ["bash", "-c", "ulimit -t \(seconds); exec \"$0\" \"$@\"", Entraide.path]
        let environment = ["ENTRAIDE_HOME": database.home.path, "ENTRAIDE_DATABASE": database.conninfo]
        return try await Turnstile.shared.pass {
            try await Spawned(shell + words, environment: Entraide.environment(environment)).outcome()
        }
    }

    @Test("A mail of thousands of words that mean nothing is read at once")
    func words() async throws {
        let database = try await Scratch.like(.entraide)
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        var next = 0
        var mail = """
            From: a@exemple.example
            To: b@exemple.example
            Content-Type: text/plain; charset=utf-8

            Q0. Référence : 2026-11 fr
            Q1. Nom : Lieu fictif
            Q2. Sorte : b

            """
        for mark in ["N", "P"] {
            for row in 1...50 {
                let words = (0..<95).map { _ in
                    defer { next += 1 }
                    return String([letters[next % 26], letters[next / 26 % 26], letters[next / 676 % 26]])
                }
                mail += "\(mark)\(row). Compétence : couture,\(words.joined(separator: ","))\n"
            }
        }
        let file = try TestFolder.shared.file("reponse.eml", mail)
        let read = try await Self.run(
            ["community", "import", "--from", "form", file, "--dry-run"], within: 10, on: database)
        #expect(
            read.status == 65 && read.err.contains("[unknown-skill]"),
            "\(read.status) \(read.err.suffix(300))")
    }

    @Test("Rejects are not many times the file")
    func rejects() async throws {
        let database = try await Scratch.like(.entraide)
        let file = try TestFolder.shared.file(
            "lieux.csv",
            "nom" + String(repeating: ";", count: 200_000) + "\n" + String(repeating: "?\n", count: 300))
        let rejects = String(file.dropLast("lieux.csv".count)) + "refus.csv"
        let run = try await database.run("community", "import", file, "--rejects", rejects)
        #expect(run.figures["refused"] == "300", "\(run)")
        let size = try FileManager.default.attributesOfItem(atPath: rejects)[.size] as? Int
        #expect(try #require(size) < 60_000)
    }
}
