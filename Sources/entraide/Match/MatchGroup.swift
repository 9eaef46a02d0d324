import ArgumentParser

struct MatchGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("match", fr: "Les mises en relation.", en: "Matches.", [MatchList.self, MatchShow.self])
    }
}
