import ArgumentParser
import EntraideCore
import Lines

struct CommunityInvite: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "invite",
            fr: "Donne à une communauté un code à usage unique, dans une lettre à lui envoyer.",
            en: "Gives a community a one-time code, in a letter to send to it.",
            discussion: Bilingual(
                fr: """
                    La lettre dit ce qu’est Entraide, ce qui est gardé, et comment confirmer, attendre ou tout faire effacer avec \
                    le code. Inviter ne change rien d’autre : un lieu importé reste à confirmer, hors des sessions et des listes. \
                    Le code n’est gardé nulle part et n’est dit qu’une fois ; inviter de nouveau remplace le précédent. Avec -o, \
                    une ligne par communauté au lieu de lettres : community, name, purpose, code, expires_at. Qui n’a pas \
                    répondu : entraide community list --invited.
                    """,
                en: """
                    The letter says what Entraide is, what is held, and how to confirm, wait or have all erased with the code. \
                    Inviting changes nothing else: an imported place stays unconfirmed, out of rounds and lists. The code is \
                    kept nowhere and told only once; inviting again replaces the one before. With -o, a line for each \
                    community in the place of letters: community, name, purpose, code, expires_at. Who has not answered: \
                    entraide community list --invited.
                    """))
    }

    @Argument(help: ArgumentHelp(fr: "Identifiant de la communauté.", en: "The community's identifier."))
    var community: String?

    @Flag(
        name: .customLong("all-unconfirmed"),
        help: ArgumentHelp(
            fr: "Toutes celles à confirmer qui n’ont pas déjà un code valable.",
            en: "All that are unconfirmed and hold no code that still works."))
    var allUnconfirmed = false

    @Option(
        help: ArgumentHelp(
            fr: "Dernier jour du code, AAAA-MM-JJ (60 jours par défaut, 366 au plus).",
            en: "Last day of the code, YYYY-MM-DD (60 days by default, 366 at most)."))
    var expires: String?

    @Option(
        help: ArgumentHelp(
            fr: "Durée du code en jours, au lieu de --expires.",
            en: "Days the code lasts, instead of --expires."))
    var days: Int?

    @Option(
        name: .customLong("reply-to"),
        help: ArgumentHelp(
            fr: "À qui la lettre dit de répondre : un nom, une adresse, un téléphone.",
            en: "Whom the letter says to answer: a name, an address, a phone number."))
    var replyTo: String?

    @OptionGroup var writing: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        guard (community != nil) != allUnconfirmed else {
            throw EntraideError(
                .usage, ["what": "community invite SLUG, community invite --all-unconfirmed"])
        }
        let expiry = try self.expiry
        let reply = try replyTo.map {
            try FieldCheck.text($0, limit: ProfileLimits.contact, field: "--reply-to")
        }
        try await global.onDatabase { database in
            let communities = Communities(database, dryRun: writing.dryRun)
            if let community {
                let invitation = try await communities.invite(community, expiry: expiry)
                if global.output == nil {
                    Terminal.out(InvitationLetter(invitation, reply: reply).text)
                } else {
                    global.printer.list([invitation.record])
                }
            } else if global.output == nil {
                try await letters(reply: reply) {
                    try await communities.inviteUnconfirmed(after: $0, expiry: expiry)
                }
            } else {
                try await global.printer.pages(of: InvitationRecord.self) { last in
                    try await communities.inviteUnconfirmed(after: last?.community, expiry: expiry).map(
                        \.record)
                }
            }
        }
        writing.remind()
    }

    private var expiry: CodeExpiry {
        get throws {
            switch (expires, days) {
            case (nil, nil): return .usual
            case (let day?, nil): return .through(try FieldCheck.coming(day, on: today(), field: "--expires"))
            case (nil, let days?):
                return .days(try FieldCheck.integer(days, in: 1...CodeExpiry.longest, field: "--days"))
            case (_?, _?):
                throw EntraideError(
                    .badOption, ["option": "--days", "value": "--expires", "expected": "--days, --expires"])
            }
        }
    }

    /// Letters page by page, a line between: each page is stored before it is told.
    private func letters(reply: String?, _ next: (String?) async throws -> [Invitation]) async throws {
        var last: String?
        var count = 0
        while true {
            let page = try await next(last)
            guard let end = page.last else { break }
            last = end.record.community
            for invitation in page {
                if count > 0 { Terminal.out("\n" + String(repeating: "–", count: 72) + "\n\n") }
                Terminal.out(InvitationLetter(invitation, reply: reply).text)
                count += 1
            }
        }
        Terminal.error(
            say(
                count, fr: ("\(count) communauté invitée.", "\(count) communautés invitées."),
                en: ("\(count) community invited.", "\(count) communities invited.")))
    }
}
