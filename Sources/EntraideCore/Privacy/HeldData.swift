/// Personal data, and what may lead to a person: where it is held, what for, how long, and who could see it. A community
/// is not a person, but a small one nearly is; so all that is held on one counts.
///
/// Every column of the schema stands here or in ``notPersonal``: a test refuses one that stands nowhere.
package struct HeldData: Sendable {
    /// Whom it is about.
    package enum About: String, Sendable {
        case community, coordinator, partner
        /// A community that was erased, whom only the key of this database can recognise.
        case erased
    }

    /// What it is for.
    package enum Use: String, Sendable {
        case contacting, matching, consent, proof, accounting, access
        case origin, networks
        case erasure

        package var sentence: Bilingual {
            switch self {
            case .contacting: Bilingual(fr: "joindre la communauté", en: "reaching the community")
            case .matching: Bilingual(fr: "la mettre en relation", en: "matching it")
            case .consent: Bilingual(fr: "prouver ses accords", en: "proof of what it agreed to")
            case .proof: Bilingual(fr: "vérifier une session", en: "verifying a round")
            case .accounting: Bilingual(fr: "savoir qui a fait quoi", en: "knowing who did what")
            case .access: Bilingual(fr: "ouvrir l’accès aux partenaires", en: "giving partners access")
            case .origin: Bilingual(fr: "reconnaître sa ligne d’import", en: "recognising its imported row")
            case .networks:
                Bilingual(fr: "dire de quels réseaux elle est", en: "saying which networks it is in")
            case .erasure:
                Bilingual(fr: "ne pas la faire revenir une fois effacée", en: "keeping it erased")
            }
        }
    }

    /// How long it is kept, by ``RetentionLimits``.
    package enum Kept: Sendable {
        case untilErased, contacts, closedNeeds, codes, audit, tokens, always

        /// `key=value` pairs.
        package func detail(_ limits: RetentionLimits) -> String {
            switch self {
            case .untilErased: "until=erasure"
            case .contacts:
                "until=erasure unconfirmed_months=\(limits.unconfirmedContacts) paused_months=\(limits.pausedContacts)"
            case .closedNeeds: "until=erasure closed_months=\(limits.closedNeeds)"
            case .codes: "until=erasure ended_months=\(limits.endedCodes)"
            case .audit: "months=\(limits.audit)"
            case .tokens: "ended_months=\(limits.endedTokens)"
            case .always: "until=never"
            }
        }

        package func sentence(_ limits: RetentionLimits) -> Bilingual {
            switch self {
            case .untilErased: Bilingual(fr: "jusqu’à l’effacement", en: "until erased")
            case .contacts:
                Bilingual(
                    fr:
                        "jusqu’à l’effacement ; \(limits.unconfirmedContacts) mois sans confirmation, \(limits.pausedContacts) mois en pause",
                    en:
                        "until erased; \(limits.unconfirmedContacts) months unconfirmed, \(limits.pausedContacts) months on pause"
                )
            case .closedNeeds:
                Bilingual(
                    fr: "jusqu’à l’effacement ; une fois fermés, \(limits.closedNeeds) mois",
                    en: "until erased; once closed, \(limits.closedNeeds) months")
            case .codes:
                Bilingual(
                    fr: "jusqu’à l’effacement ; une fois échus, \(limits.endedCodes) mois",
                    en: "until erased; once ended, \(limits.endedCodes) months")
            case .audit: Bilingual(fr: "\(limits.audit) mois", en: "\(limits.audit) months")
            case .tokens:
                Bilingual(
                    fr: "\(limits.endedTokens) mois après leur fin",
                    en: "\(limits.endedTokens) months after their end")
            case .always: Bilingual(fr: "toujours", en: "always")
            }
        }
    }

    /// Who could see it, if visibility and consents allow.
    package enum Seer: String, Sendable {
        case coordinator, itself
        /// The other side of a match.
        case otherSide = "other-side"
        /// Tokens whose networks include the community.
        case partners
        case anyone

        package var label: Bilingual {
            switch self {
            case .coordinator: Bilingual(fr: "la coordination", en: "the coordinator")
            case .itself: Bilingual(fr: "elle-même", en: "itself")
            case .otherSide:
                Bilingual(fr: "l’autre côté d’une mise en relation", en: "the other side of a match")
            case .partners: Bilingual(fr: "les jetons de ses réseaux", en: "tokens for its networks")
            case .anyone: Bilingual(fr: "tout le monde si elle est publique", en: "anyone if it is public")
            }
        }
    }

    package let table: StaticString
    package let about: About
    package let use: Use
    package let kept: Kept
    package let seenBy: [Seer]
    /// Each column, and where `community export SLUG` tells it: what is `held`, a dot, its key.
    package let columns: [(name: StaticString, export: String?)]

    private init(
        _ table: StaticString, _ about: About, _ use: Use, _ kept: Kept, _ seenBy: [Seer],
        _ columns: [(StaticString, String?)]
    ) {
        self.table = table
        self.about = about
        self.use = use
        self.kept = kept
        self.seenBy = seenBy
        self.columns = columns.map { (name: $0.0, export: $0.1) }
    }

    private static let shown: [Seer] = [.coordinator, .itself, .otherSide, .partners, .anyone]
    private static let kept: [Seer] = [.coordinator, .itself]

    /// What is held, a table and a reason at a time.
    package static let all: [HeldData] = [
        HeldData(
            "communities", .community, .matching, .untilErased, shown,
            [
                ("slug", "profile.community"), ("name", "profile.name"), ("kind", "profile.kind"),
                ("status", "standing.status"), ("stage", "profile.stage"), ("parent_id", "profile.parent"),
                ("territory", "profile.territory"), ("latitude_e6", "profile.latitude"),
                ("longitude_e6", "profile.longitude"), ("languages", "profile.languages"),
                ("modes", "profile.modes"), ("slots", "profile.slots"), ("max_km", "profile.max_km"),
                ("give", "profile.give"), ("receive", "profile.receive"),
                ("visibility", "profile.visibility"),
            ]),
        HeldData(
            "communities", .community, .accounting, .untilErased, kept,
            [
                ("confirmed_on", "standing.confirmed_on"), ("created_at", "standing.created_at"),
                ("updated_at", "standing.updated_at"),
            ]),
        HeldData("contacts", .community, .contacting, .contacts, kept, [("contact", "profile.contact")]),
        HeldData(
            "sources", .community, .origin, .untilErased, kept,
            [
                ("source", "source-file.source"), ("source_id", "source-file.source_id"),
                ("updated_on", "source-file.updated_on"), ("closed", "source-file.closed"),
            ]),
        HeldData(
            "consents", .community, .consent, .untilErased, kept,
            [
                ("purpose", "consent.purpose"), ("granted", "consent.granted"),
                ("text_version", "consent.text_version"), ("channel", "consent.channel"),
                ("given_at", "consent.given_at"),
            ]),
        HeldData(
            "one_time_codes", .community, .contacting, .codes, kept,
            [
                ("purpose", "code.purpose"), ("created_at", "code.created_at"),
                ("expires_at", "code.expires_at"), ("used_at", "code.used_at"),
                ("revoked_at", "code.revoked_at"),
            ]),
        HeldData(
            "offers", .community, .matching, .untilErased, shown,
            [
                ("skill_id", "profile.offers"), ("level", "profile.offers"), ("capacity", "profile.offers"),
                ("posture", "profile.offers"), ("formats", "profile.offers"), ("modes", "profile.offers"),
                ("languages", "profile.offers"), ("slots", "profile.offers"), ("group_max", "profile.offers"),
                ("until", "profile.offers"),
            ]),
        HeldData(
            "offers", .community, .matching, .untilErased, kept, [("suggested", "standing.suggested_offers")]),
        HeldData(
            "needs", .community, .matching, .closedNeeds, shown,
            [
                ("skill_id", "profile.needs"), ("level_now", "profile.needs"), ("level", "profile.needs"),
                ("urgency", "profile.needs"), ("quantity", "profile.needs"), ("needed_by", "profile.needs"),
                ("posture", "profile.needs"), ("formats", "profile.needs"), ("modes", "profile.needs"),
                ("languages", "profile.needs"), ("slots", "profile.needs"),
            ]),
        HeldData(
            "needs", .community, .matching, .closedNeeds, kept, [("closed_at", "closed-need.closed_at")]),
        HeldData(
            "pauses", .community, .matching, .untilErased, kept,
            [("since", "pause.since"), ("until", "pause.until"), ("reason", "pause.reason")]),
        HeldData(
            "memberships", .community, .networks, .untilErased, [.coordinator, .itself, .partners],
            [("network_id", "membership.network")]),
        HeldData(
            "memberships", .community, .networks, .untilErased, kept,
            [("college", "membership.college"), ("is_referent", "membership.referent")]),
        HeldData(
            "matches", .community, .matching, .untilErased, shown,
            [
                ("number", "match.match"), ("status", "match.status"), ("score", "match.score"),
                ("provider_id", "match.provider"), ("offer_skill_id", "match.offer"),
                ("receiver_id", "match.receiver"), ("need_skill_id", "match.need"),
                ("distance_hm", "match.distance_km"), ("ring", "match.ring"),
            ]),
        HeldData(
            "match_reasons", .community, .matching, .untilErased, shown,
            [
                ("factor", "reason.factor"), ("weight", "reason.weight"), ("value", "reason.value"),
                ("points", "reason.points"),
            ]),
        HeldData(
            "round_inputs", .community, .proof, .untilErased, kept,
            [("subject", "frozen-input.line"), ("line", "frozen-input.line")]),
        HeldData(
            "round_prices", .community, .proof, .untilErased, kept,
            [
                ("kind", "price.kind"), ("subject", "price.round"), ("skill", "price.skill"),
                ("price", "price.price"),
            ]),
        HeldData(
            "audit", .community, .accounting, .audit, kept,
            [
                ("at", "audit.at"), ("action", "audit.action"), ("subject", "audit.subject"),
                ("detail", "audit.detail"),
            ]),
        HeldData("audit", .coordinator, .accounting, .audit, kept, [("actor", "audit.actor")]),
        HeldData(
            "partners", .partner, .access, .untilErased, [.coordinator], [("slug", nil), ("name", nil)]),
        HeldData(
            "tokens", .partner, .access, .tokens, [.coordinator],
            [
                ("id", nil), ("secret", nil), ("scopes", nil), ("networks", nil), ("created_at", nil),
                ("expires_at", nil), ("revoked_at", nil),
            ]),
        HeldData(
            "erasures", .erased, .erasure, .always, [.coordinator], [("tombstone", nil), ("erased_at", nil)]),
    ]

    /// Columns that say nothing of anybody: internal numbers, hashes of secrets, the vocabulary, the map, rounds as a whole.
    package static let notPersonal: [String: [String]] = [
        "communities": ["id"], "contacts": ["community_id"], "sources": ["community_id"],
        "consents": ["community_id"], "offers": ["community_id"], "needs": ["community_id"],
        "pauses": ["community_id"], "memberships": ["community_id"], "matches": ["round_id", "candidate"],
        "match_reasons": ["round_id", "number", "position"],
        "round_inputs": ["round_id", "n", "kind", "digest"],
        "round_prices": ["round_id", "n"], "audit": ["id"], "partners": ["id"], "tokens": ["partner_id"],
        "erasure_key": ["id", "key"],
        "one_time_codes": ["id", "community_id", "handle", "secret"],
        "code_guesses": ["hour", "community_id", "guesses"],
        "skills": [
            "id", "slug", "label_fr", "label_en", "broader_id", "synonyms_fr", "synonyms_en", "esco",
            "standing",
            "merged_id",
        ],
        "skill_relations": ["skill_id", "related_id", "strength"],
        "territories": [
            "code", "name", "folded_name", "postcodes", "departement", "region", "latitude_e6",
            "longitude_e6",
            "population",
        ],
        "zones": ["id", "slug", "vintage", "source", "imported_at"],
        "zone_parts": ["zone_id", "territory", "quarter", "name"],
        "networks": ["id", "slug", "name"], "round_networks": ["round_id", "network_id"],
        "rounds": [
            "id", "slug", "title", "status", "epoch", "created_at", "opened_at", "run_at", "published_at",
            "on_date",
            "matches", "score", "objective", "bound", "candidates", "input_digest", "instance_digest",
            "result_digest", "parameters", "listed", "extensions", "scope", "pairs", "rings", "erased",
        ],
        "round_instances": ["round_id", "n", "lines"],
        "round_multipliers": ["round_id", "provider", "receiver", "value"],
        "schema_migrations": ["version", "name", "checksum", "applied_at"],
    ]
}
