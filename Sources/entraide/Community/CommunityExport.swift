import ArgumentParser
import EntraideCore

struct CommunityExport: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "export", fr: "Tout ce qui est gardé sur une communauté, pour elle-même.",
            en: "All that is held on a community, for itself.",
            discussion: Bilingual(
                fr: """
                    Une ligne de JSON par chose gardée : profil avec contact, accords avec leur date, provenance, réseaux, mises en \
                    relation, lignes figées des sessions, et qui a changé ou exporté quoi. L’export lui-même est noté.
                    """,
                en: """
                    A line of JSON for each thing held: profile with contact, consents with their dates, where it came from, \
                    networks, matches, frozen lines of rounds, and who changed or exported what. The export itself is noted.
                    """))
    }

    @OptionGroup var one: CommunityArgument
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let lines = try await global.onDatabase { database in
            try await Communities(database).held(on: one.community)
        }
        for line in lines { Terminal.out(line + "\n") }
    }
}
