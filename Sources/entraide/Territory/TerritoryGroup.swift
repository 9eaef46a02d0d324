import ArgumentParser

struct TerritoryGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "territory", fr: "Les communes, pour les distances, et les zones.",
            en: "Communes, for distances, and zones.",
            [TerritoryImport.self, TerritoryFind.self, TerritoryZones.self])
    }
}
