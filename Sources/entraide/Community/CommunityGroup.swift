import ArgumentParser
import EntraideCore
import Lines

struct CommunityGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "community", fr: "Les communautés et leurs profils.", en: "Communities and their profiles.",
            [
                CommunityRegister.self, CommunityImport.self, CommunityList.self, CommunityShow.self,
                CommunityUpdate.self, CommunityConfirm.self, CommunityPause.self, CommunityResume.self,
            ])
    }
}

struct CommunityList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("list", fr: "Les communautés, toutes ou choisies.", en: "Communities, all or chosen.")
    }

    @Option(help: ArgumentHelp(fr: "Celles qui offrent cette compétence.", en: "Those that offer this skill."))
    var offers: String?

    @Option(help: ArgumentHelp(fr: "Celles qui ont ce besoin.", en: "Those that have this need."))
    var needs: String?

    @Option(help: ArgumentHelp(fr: "Celles de ce territoire (code).", en: "Those of this territory (code)."))
    var territory: String?

    @Option(help: ArgumentHelp(fr: "Celles de cette sorte.", en: "Those of this kind."))
    var kind: String?

    @Option(
        help: ArgumentHelp(
            fr: "Celles à cet état : unconfirmed, active, paused.", en: "Those in this state: unconfirmed, active, paused."))
    var status: String?

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        var filter = CommunityFilter()
        filter.offers = offers
        filter.needs = needs
        filter.territory = territory
        filter.kind = try kind.map { try FieldCheck.code($0, field: "--kind") }
        filter.status = try status.map { try FieldCheck.code($0, field: "--status") }
        try await global.onDatabase { database in
            try await global.printer.pages(of: CommunityRecord.self) { last in
                try await Communities(database).list(filter, for: .coordinator, after: last?.community)
            }
        }
    }
}

struct CommunityShow: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("show", fr: "Une communauté, ses offres et ses besoins.", en: "One community, its offers and needs.")
    }

    @Argument(help: ArgumentHelp(fr: "Identifiant de la communauté.", en: "The community's identifier."))
    var community: String

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.onDatabase { database in
            let communities = Communities(database)
            let printer = global.printer
            printer.one(try await communities.show(community, for: .coordinator))
            // Lines are one record type each; a person at a terminal wants the whole profile.
            guard printer.format == .table else { return }
            printer.list(
                try await communities.offers(of: community, for: .coordinator).map { $0.record(community: community) })
            printer.list(
                try await communities.needs(of: community, for: .coordinator).map { $0.record(community: community) })
        }
    }
}

struct CommunityConfirm: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "confirm", fr: "La communauté confirme son profil : elle participe, ses offres suggérées deviennent promises.",
            en: "The community confirms its profile: it takes part, and suggested offers become promises.")
    }

    @Argument(help: ArgumentHelp(fr: "Identifiant de la communauté.", en: "The community's identifier."))
    var community: String

    @OptionGroup var attesting: AttestationOptions
    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let attestation = try attesting.attestation
        let takesPart = try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun)
                .confirm(community, by: attestation, on: today())
        }
        Terminal.error(
            takesPart
                ? say(
                    fr: "\(community) est confirmée et participe aux sessions d’entraide.",
                    en: "\(community) is confirmed and takes part in rounds.")
                : Consent.reminder(community))
        writing.remind()
    }
}

struct CommunityPause: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("pause", fr: "Met une communauté en pause.", en: "Puts a community on pause.")
    }

    @Argument(help: ArgumentHelp(fr: "Identifiant de la communauté.", en: "The community's identifier."))
    var community: String

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun).pause(community)
        }
        Terminal.error(say(fr: "\(community) est en pause.", en: "\(community) is on pause."))
        writing.remind()
    }
}

struct CommunityResume: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named("resume", fr: "Met fin à la pause d’une communauté.", en: "Ends a community's pause.")
    }

    @Argument(help: ArgumentHelp(fr: "Identifiant de la communauté.", en: "The community's identifier."))
    var community: String

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let status = try await global.onDatabase { database in
            try await Communities(database, dryRun: writing.dryRun).resume(community)
        }
        Terminal.error(
            say(fr: "État de \(community) : \(status.label.fr).", en: "State of \(community): \(status.label.en)."))
        writing.remind()
    }
}

enum Consent {
    /// Said when a profile is complete but for the consent without which no round takes it in.
    static func reminder(_ community: String) -> String {
        say(
            fr: """
                \(community) n’a pas encore consenti à participer : aucune session d’entraide ne la prendra en compte. \
                Avec son accord : entraide community confirm \(community) --on-behalf --channel phone|mail|meeting
                """,
            en: """
                \(community) has not consented to take part yet: no round will take it in. \
                With its agreement: entraide community confirm \(community) --on-behalf --channel phone|mail|meeting
                """)
    }
}
