import EntraideCore
import Lines

extension DoctorCommand {
    /// Lines, or a paragraph for each table; then, to people, who may look and what PostgreSQL itself hides.
    func tellPrivacy() async throws {
        let report = try await global.onDatabase { try await PrivacyReport.of($0) }
        let printer = global.printer
        if printer.format == .table {
            for group in report.groups { Terminal.out(PrivacyText.paragraph(group)) }
        } else {
            printer.list(report.records)
        }
        for sentence in PrivacyText.readers(report) { Terminal.error(sentence) }
    }
}

/// What is held, as a person reads it.
enum PrivacyText {
    static func paragraph(_ group: PrivacyReport.Group) -> String {
        let held = group.held
        let columns = group.records.map { "\($0.column) (\($0.rows))" }.joined(separator: ", ")
        let seers = held.seenBy.map { $0.label[.current] }.joined(separator: ", ")
        let use = held.use.sentence
        let kept = held.kept.sentence(RetentionLimits())
        return """
            \(held.table): \(columns)
              \(say(fr: "pour : \(use.fr)", en: "for: \(use.en)"))
              \(say(fr: "gardé : \(kept.fr)", en: "kept: \(kept.en)"))
              \(say(fr: "vu par : \(seers)", en: "seen by: \(seers)"))

            """
    }

    static func readers(_ report: PrivacyReport) -> [String] {
        var sentences = [
            say(
                fr: """
                    Communautés que tout le monde voit : \(report.shownToAnyone) ; qu’un jeton pour tous les réseaux voit : \
                    \(report.shownToPartners).
                    """,
                en: """
                    Communities that anyone sees: \(report.shownToAnyone); that a token for all networks sees: \
                    \(report.shownToPartners).
                    """
            )
        ]
        for token in report.tokens {
            let scopes = token.scopes.joined(separator: ", ")
            let networks = token.networks.joined(separator: ", ")
            sentences.append(
                say(
                    fr: """
                        Jeton \(token.token) de \(token.partner) : \(scopes) ; réseaux : \(networks) ; jusqu’au \
                        \(Language.fr.day(token.expiresAt)).
                        """,
                    en: """
                        Token \(token.token) of \(token.partner): \(scopes); networks: \(networks); until \
                        \(Language.en.day(token.expiresAt)).
                        """
                ))
        }
        sentences.append(
            report.hasRowSecurity
                ? say(
                    fr:
                        "PostgreSQL cache lui-même au rôle entraide_reader les lignes qui ne le regardent pas.",
                    en: "PostgreSQL itself hides from the role entraide_reader the rows that are not for it.")
                : say(
                    fr: """
                        Le rôle entraide_reader n’a pas de sécurité par ligne : le tri entre lecteurs est fait par le programme \
                        seul.
                        """,
                    en: """
                        The role entraide_reader has no row-level security: what each reader sees is sorted by the program alone.
                        """
                ))
        return sentences
    }
}
