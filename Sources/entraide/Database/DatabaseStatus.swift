import ArgumentParser
import EntraideCore
import Foundation

struct DatabaseStatus: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "status", fr: "Dit si le serveur privé tourne.",
            en: "Tells whether the private server is running.")
    }

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        switch try global.privateCluster.status() {
        case .missing:
            throw EntraideError(.databaseMissing)
        case .stopped:
            Terminal.out("stopped\n")
            throw Answer.no
        case .running(let pid):
            Terminal.out("running\t\(pid)\n")
        }
    }
}
