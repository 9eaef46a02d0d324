import ArgumentParser

struct OfferGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "offer", fr: "Ce qu’une communauté peut transmettre.", en: "What a community can pass on.",
            [OfferAdd.self, OfferRemove.self, OfferList.self])
    }
}
