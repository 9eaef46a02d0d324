import EntraideCore
import Lines
import Matching

/// What a table shows in place of codes.
enum CodeLabels {
    static func shown(_ column: Column, _ code: String) -> String { label(column.name, code) ?? code }

    static func label(_ column: String, _ code: String) -> String? {
        switch column {
        case "kind": CommunityKind(rawValue: code)?.label[.current]
        case "status":
            CommunityStatus(rawValue: code)?.label[.current] ?? RoundStatus(rawValue: code)?.label[.current]
                ?? MatchStatus(rawValue: code)?.label[.current]
        case "visibility": Visibility(rawValue: code)?.label[.current]
        case "stage": Stage(rawValue: code)?.label[.current]
        case "modes": Mode(rawValue: code)?.label[.current]
        case "slots": Slot(rawValue: code)?.label[.current]
        case "posture": Posture(rawValue: code)?.label[.current]
        case "formats": Format(rawValue: code)?.label[.current]
        case "factor": Factor(rawValue: code)?.label[.current]
        case "reason":
            WhyNot(rawValue: code)?.label[.current] ?? RestReason(rawValue: code)?.label[.current]
        case "scopes": TokenScope(rawValue: code)?.label[.current]
        case "role":
            switch code {
            case "receiver": say(fr: "aidée", en: "receiver")
            case "provider": say(fr: "aidante", en: "provider")
            case "participant": say(fr: "participe", en: "takes part")
            case "absent": say(fr: "absente", en: "absent")
            default: nil
            }
        case "purpose": Purpose(rawValue: code)?.label[.current]
        case "granted":
            switch code {
            case "yes": say(fr: "oui", en: "yes")
            case "unasked": say(fr: "non demandé", en: "not asked")
            default: say(fr: "non", en: "no")
            }
        case "channel": Channel(rawValue: code)?.label[.current]
        case "bonuses": bonus(code)
        case "figure": FigureLabels.label(code)
        case "check": CheckLabels.label(code)
        case "holds": code == "yes" ? say(fr: "oui", en: "yes") : say(fr: "NON", en: "NO")
        default: nil
        }
    }

    /// `frr:50000` as `frr +0.050`.
    private static func bonus(_ code: String) -> String? {
        let parts = code.split(separator: ":")
        return parts.count == 2 ? Int(parts[1]).map { "\(parts[0]) +\($0.thousandths)" } : nil
    }
}

/// What a table shows in place of the names of figures.
enum FigureLabels {
    static func label(_ figure: String) -> String? {
        switch figure {
        case "read", "rows": say(fr: "lignes lues", en: "rows read")
        case "codes": say(fr: "codes distincts", en: "distinct codes")
        case "communes": say(fr: "communes de la zone", en: "communes of the zone")
        case "removed": say(fr: "retirées", en: "removed")
        case "unknown": say(fr: "codes inconnus, gardés", en: "codes unknown, kept")
        case "added": say(fr: "ajoutées", en: "added")
        case "updated": say(fr: "modifiées", en: "updated")
        case "unchanged": say(fr: "inchangées", en: "unchanged")
        case "repeated": say(fr: "répétées dans le fichier", en: "repeated in the file")
        case "past-dates": say(fr: "dates déjà passées", en: "dates past already")
        case "refused": say(fr: "refusées", en: "refused")
        case "closed": say(fr: "fermées, mises en pause", en: "closed, put on pause")
        case "mended": say(fr: "cellules rectifiées", en: "cells mended")
        case "lost": say(fr: "cellules non comprises", en: "cells not understood")
        case "skills": say(fr: "compétences lues", en: "skills read")
        case "skills-unknown": say(fr: "compétences inconnues", en: "skills unknown")
        case "likely-duplicates": say(fr: "doublons probables", en: "likely duplicates")
        case "rounds-touched": say(fr: "sessions touchées", en: "rounds touched")
        case "matches-touched": say(fr: "mises en relation touchées", en: "matches touched")
        case "needs-closed": say(fr: "besoins passés, fermés", en: "needs past their date, closed")
        case "offers-ended": say(fr: "offres terminées", en: "offers ended")
        case "audit-deleted": say(fr: "lignes du journal supprimées", en: "audit lines deleted")
        case "needs-deleted": say(fr: "besoins fermés supprimés", en: "closed needs deleted")
        case "tokens-deleted": say(fr: "jetons échus supprimés", en: "ended tokens deleted")
        case "unconfirmed-contacts-deleted":
            say(fr: "contacts jamais confirmés supprimés", en: "unconfirmed contacts deleted")
        case "paused-contacts-deleted": say(fr: "contacts en pause supprimés", en: "paused contacts deleted")
        case "codes-deleted": say(fr: "codes échus supprimés", en: "ended codes deleted")
        case "guesses-deleted":
            say(fr: "comptes de codes refusés supprimés", en: "counts of refused codes deleted")
        case "pauses-ended": say(fr: "pauses terminées", en: "pauses ended")
        case "profiles-stale": say(fr: "profils à confirmer", en: "profiles to confirm")
        default: nil
        }
    }
}

/// What a table shows in place of the names of checks.
enum CheckLabels {
    static func label(_ check: String) -> String? {
        switch check {
        case "frozen-line": say(fr: "lignes figées", en: "frozen lines")
        case "frozen-input": say(fr: "entrée figée", en: "frozen input")
        case "input-digest": say(fr: "scellé de l’entrée", en: "input digest")
        case "instance-digest": say(fr: "scellé de l’instance", en: "instance digest")
        case "instance": say(fr: "instance refaite", en: "instance made anew")
        case "result-digest": say(fr: "scellé du résultat", en: "result digest")
        case "candidates": say(fr: "nombre de pistes", en: "number of candidates")
        case "match": say(fr: "mises en relation", en: "matches")
        case "matches": say(fr: "nombre de mises en relation", en: "number of matches")
        case "reason": say(fr: "raisons", en: "reasons")
        case "price": say(fr: "prix", en: "prices")
        case "multiplier": say(fr: "multiplicateurs", en: "multipliers")
        case "figures": say(fr: "chiffres de la session", en: "figures of the round")
        case "score": say(fr: "score total", en: "total score")
        case "solve": say(fr: "calcul refait", en: "solved again")
        case "certificate": say(fr: "preuve d’optimalité", en: "certificate")
        case "whole-market": say(fr: "preuve sur toutes les paires", en: "proof over every pair")
        case "server-programs": say(fr: "programmes du serveur", en: "server programs")
        case "reach": say(fr: "accès", en: "reach")
        case "server-version": say(fr: "version du serveur", en: "server version")
        case "encoding": say(fr: "encodage", en: "encoding")
        case "checksums": say(fr: "sommes de contrôle", en: "checksums")
        case "schema": say(fr: "schéma", en: "schema")
        case "reader-role": say(fr: "rôle de lecture", en: "reader role")
        case "reader-writes": say(fr: "lecture seule", en: "reads only")
        case "vocabulary": say(fr: "vocabulaire", en: "vocabulary")
        case "clock": say(fr: "horloge", en: "clock")
        default: nil
        }
    }
}
