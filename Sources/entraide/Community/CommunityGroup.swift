import ArgumentParser
import EntraideCore
import Lines

struct CommunityGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "community", fr: "Les communautés et leurs profils.", en: "Communities and their profiles.",
            [
                CommunityRegister.self, CommunityForm.self, CommunityImport.self, CommunityList.self,
                CommunityShow.self, CommunityUpdate.self, CommunityInvite.self, CommunityConfirm.self,
                CommunityPause.self, CommunityResume.self,
                CommunityExport.self, CommunityErase.self,
            ])
    }
}

enum Consent {
    /// What a change did to one consent.
    static func line(_ change: ConsentChange) -> String {
        switch change {
        case .given(let purpose):
            say(
                fr: "Accord donné : \(purpose.label.fr).", en: "Consent given: \(purpose.label.en).")
        case .withdrawn(let purpose):
            say(
                fr: "Accord retiré : \(purpose.label.fr).", en: "Consent withdrawn: \(purpose.label.en).")
        case .refused(let purpose):
            say(
                fr: "Accord refusé : \(purpose.label.fr).", en: "Consent refused: \(purpose.label.en).")
        }
    }

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

/// The argument that every verb on one community takes.
struct CommunityArgument: ParsableArguments {
    @Argument(help: ArgumentHelp(fr: "Identifiant de la communauté.", en: "The community's identifier."))
    var community: String
}

enum Position {
    /// Said when a community's territory is not among those loaded: its distances cannot be told.
    static func remind(_ community: CommunityRecord) {
        guard let territory = community.territory, community.latitude == nil else { return }
        Terminal.error(
            say(
                fr: """
                    La commune \(territory) n’est pas chargée : sans distances, \(community.community) ne sera mise en relation \
                    qu’à distance. Voir entraide territory find et entraide territory import.
                    """,
                en: """
                    Commune \(territory) is not loaded: without distances, \(community.community) will be matched remotely \
                    only. See entraide territory find and entraide territory import.
                    """))
    }
}
