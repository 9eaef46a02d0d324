import ArgumentParser

struct TerritoryGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "territory", fr: "Les communes, pour les distances.", en: "Communes, for distances.",
            [TerritoryImport.self, TerritoryFind.self])
    }
}
