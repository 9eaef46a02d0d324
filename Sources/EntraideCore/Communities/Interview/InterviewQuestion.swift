/// A question as a person meets it. How it is laid out is the door's affair.
package struct InterviewQuestion: Sendable, Equatable {
    /// An answer that can be given by its number.
    package struct Choice: Sendable, Equatable {
        package let number: Int
        package let text: Bilingual
    }

    /// The question itself.
    package var text: Bilingual
    /// Answers, by number; empty when it is answered in words.
    package var choices: [Choice] = []
    /// How to answer, in a few words.
    package var hint: Bilingual?
    /// What an empty line means; nil when an answer is needed.
    package var standard: Bilingual?
    /// What `?` says.
    package var help: Bilingual

    init(
        fr: String, en: String, choices: [Bilingual] = [], hint: Bilingual? = nil,
        standard: Bilingual? = nil, help: Bilingual
    ) {
        text = Bilingual(fr: fr, en: en)
        self.choices = choices.enumerated().map { Choice(number: $0 + 1, text: $1) }
        self.hint = hint
        self.standard = standard
        self.help = help
    }
}

/// The parts of the interview, for whoever wonders how far it is.
package enum InterviewPart: Int, CaseIterable, Sendable {
    case who, needs, offers, agreement

    /// Its heading.
    package var title: Bilingual {
        let place = "\(rawValue + 1)/\(Self.allCases.count)"
        return switch self {
        case .who: Bilingual(fr: "\(place) · Qui vous êtes", en: "\(place) · Who you are")
        case .needs: Bilingual(fr: "\(place) · Ce qui vous manque", en: "\(place) · What you lack")
        case .offers:
            Bilingual(fr: "\(place) · Ce que vous pouvez donner", en: "\(place) · What you can give")
        case .agreement: Bilingual(fr: "\(place) · Vos accords", en: "\(place) · What you agree to")
        }
    }
}

/// Where an interview stands. In the order of asking, but for those that only an answer calls for.
enum InterviewStep: Hashable, Sendable {
    case name, identifier, kind, place, placeChoice, languages, modes, maxKm
    case stage, troubles, kept, needs, needChoice, needLevel, urgent
    case offers, offerChoice, offerLevel, give, receive
    case contact
    case consent(Purpose)
    case summary

    static let order: [InterviewStep] = [
        .name, .kind, .place, .languages, .modes, .maxKm, .stage, .troubles, .kept, .needs, .needLevel,
        .urgent,
        .receive, .offers, .offerLevel, .give, .contact,
        .consent(.contact), .consent(.matching), .consent(.publication), .consent(.research), .summary,
    ]

    var part: InterviewPart {
        switch self {
        case .name, .identifier, .kind, .place, .placeChoice, .languages, .modes, .maxKm: .who
        case .stage, .troubles, .kept, .needs, .needChoice, .needLevel, .urgent, .receive: .needs
        case .offers, .offerChoice, .offerLevel, .give: .offers
        case .contact, .consent, .summary: .agreement
        }
    }

    /// What is corrected as one: a line of the summary.
    var topic: InterviewTopic {
        switch self {
        case .name: .name
        case .identifier: .identifier
        case .kind: .kind
        case .place, .placeChoice: .place
        case .languages: .languages
        case .modes, .maxKm: .meeting
        case .stage: .stage
        case .troubles, .kept: .troubles
        case .needs, .needChoice, .needLevel, .urgent: .needs
        case .receive: .receive
        case .offers, .offerChoice, .offerLevel: .offers
        case .give: .give
        case .contact, .consent(.contact): .contact
        case .consent: .consents
        case .summary: .summary
        }
    }
}

/// What the summary shows, line by line, and lets one correct.
enum InterviewTopic: CaseIterable, Sendable {
    case name, identifier, kind, place, languages, meeting, stage, troubles, needs, receive, offers, give
    case contact, consents, summary

    /// The question that corrects it; nil for what is no line of the summary.
    var step: InterviewStep? {
        switch self {
        case .name: .name
        case .identifier: .identifier
        case .kind: .kind
        case .place: .place
        case .languages: .languages
        case .meeting: .modes
        case .stage: .stage
        case .needs: .needs
        case .receive: .receive
        case .offers: .offers
        case .give: .give
        case .contact: .contact
        case .consents: .consent(.matching)
        case .troubles, .summary: nil
        }
    }
}
