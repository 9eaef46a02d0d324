import ArgumentParser

struct PartnerGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "partner", fr: "Les organisations qui lisent avec un jeton.",
            en: "Organisations that read with a token.",
            [PartnerAdd.self])
    }
}
