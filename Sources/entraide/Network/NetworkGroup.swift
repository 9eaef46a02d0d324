import ArgumentParser

struct NetworkGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "network", fr: "Les réseaux et leurs communautés.", en: "Networks and their communities.",
            [
                NetworkAdd.self, NetworkList.self, NetworkImport.self, NetworkJoin.self, NetworkLeave.self,
            ])
    }
}

/// The arguments of a verb on one community and one network.
struct MembershipArguments: ParsableArguments {
    @Argument(help: ArgumentHelp(fr: "Identifiant de la communauté.", en: "The community's identifier."))
    var community: String

    @Argument(help: ArgumentHelp(fr: "Identifiant du réseau.", en: "The network's identifier."))
    var network: String
}
