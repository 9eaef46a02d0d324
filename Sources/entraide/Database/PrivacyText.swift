import EntraideCore
import Lines

extension DoctorCommand {
    /// Lines, or a paragraph for each table; then, to people, who may look and what PostgreSQL itself hides.
    func tellPrivacy() async throws {
        let report = try await global.onDatabase { try await PrivacyReport.of($0) }
        let printer = global.printer
        if printer.format == .table {
            for group in report.groups { Terminal.out(PrivacyText.paragraph(group, width: Terminal.width)) }
        } else {
            printer.list(report.records)
        }
        for sentence in PrivacyText.readers(report) { Terminal.error(sentence) }
    }
}

/// What is held, as a person reads it.
enum PrivacyText {
    static func paragraph(_ group: PrivacyReport.Group, width: Int) -> String {
        let held = group.held
        let columns = group.columns(in: .current).map { "\($0.name) (\($0.rows))" }.joined(separator: ", ")
        let seers = held.seenBy.map { $0.label[.current] }.joined(separator: ", ")
        let use = held.use.sentence
        let kept = group.kept
        let title = held.title?[.current] ?? held.table.description
        return [
            title.prefix(1).uppercased() + title.dropFirst(),
            "  " + say(fr: "ce qui est gardé : \(columns)", en: "what is held: \(columns)"),
            "  " + say(fr: "pour : \(use.fr)", en: "for: \(use.en)"),
            "  " + say(fr: "durée : \(kept.fr)", en: "kept: \(kept.en)"),
            "  " + say(fr: "vu par : \(seers)", en: "seen by: \(seers)"),
        ].flatMap { Terminal.fitting($0, to: width) }.map { $0 + "\n" }.joined() + "\n"
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
            let scopes = token.scopes.map { TokenScope(rawValue: $0)?.label[.current] ?? $0 }
                .joined(separator: ", ")
            let networks = token.networks.map { $0 == "*" ? say(fr: "tous", en: "all") : $0 }
                .joined(separator: ", ")
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
