import ArgumentParser
import EntraideCore
import Lines

struct CommunityForm: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "form", fr: "Un formulaire à envoyer par courriel : s’inscrire ou se mettre à jour sans compte.",
            en: "A form to send by mail: registering or updating without an account.",
            discussion: Bilingual(
                fr: """
                    Le texte est à coller dans un message. La personne répond en écrivant dedans, avec ses mots ; la réponse, \
                    enregistrée telle quelle (.eml ou texte), est lue par entraide community import --from form.
                    Avec COMMUNAUTÉ, le formulaire dit ce qui est connu d’elle : ce qui revient vide ou inchangé reste comme c’est. \
                    Le contact et les accords y figurent : ne l’envoyer qu’à elle.
                    """,
                en: """
                    The text is to be pasted into a message. People answer by writing in it, in their own words; the answer, saved as \
                    it is (.eml or text), is read by entraide community import --from form.
                    With COMMUNITY the form tells what is known of it: what comes back empty or unchanged stays as it is. Its contact \
                    and its consents stand there: send it to nobody else.
                    """))
    }

    @Argument(
        help: ArgumentHelp(
            fr: "La communauté dont reprendre le profil ; sans elle, un formulaire vierge.",
            en: "The community whose profile to start from; a blank form without it."))
    var community: String?

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let form = try await global.onDatabase { database in
            try await Communities(database).form(for: community, in: .current)
        }
        Terminal.out(form)
    }
}
