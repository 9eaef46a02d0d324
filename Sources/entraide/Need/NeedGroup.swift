import ArgumentParser

struct NeedGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "need", fr: "Ce qui manque à une communauté.", en: "What a community lacks.",
            [NeedAdd.self, NeedRemove.self, NeedList.self, NeedClose.self])
    }
}
