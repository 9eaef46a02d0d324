package import Lines
import Matching

/// Registering a community by questions, one at a time: for people who have no file and no options to give.
///
/// A plain state machine. It holds what was answered and knows what comes next; it neither reads, prints nor waits.
/// Whoever leads it shows ``question``, hands each line to ``take(_:)``, and does what is then wanted. Nothing is
/// stored before ``Want/profile(_:)``, and what is stored goes through `register` like any other profile.
package struct Interview: Sendable {
    /// What the interview needs next.
    package enum Want: Sendable, Equatable {
        /// The answer to ``Interview/question``.
        case answer
        /// The territories that this text may mean, for ``Interview/found(_:for:)``.
        case places(String)
        /// Whether this identifier is taken, for ``Interview/identifier(_:isTaken:)``.
        case identifier(String)
        /// All is said and confirmed.
        case profile(Profile)
    }

    /// Choices shown of skills or places found.
    package static let mostFound = 6

    let vocabulary: Vocabulary
    let hasPlaces: Bool
    let language: Language
    private let allTroubles: [Trouble]

    var step = InterviewStep.name
    /// Whether a line of the summary is being corrected: what comes next is the summary again.
    private var isCorrecting = false

    /// What was answered.
    var profile = Profile(community: Community(slug: "", name: "", kind: .association))
    var place: Territory?
    /// Skills needed, in the order in which they came; level 0 where it is still to be asked.
    var needs: [(skill: Skill, levelNow: Int)] = []
    var urgent: Set<String> = []
    /// Skills offered, likewise.
    var offers: [(skill: Skill, level: Int)] = []

    /// What the choices of the present question stand for.
    var shownPages = 1
    var chosenTroubles: Set<Int> = []
    var proposed: [Skill] = []
    var foundPlaces: [Territory] = []
    var suggestedSlug = ""

    /// What is to be said before the question: what was understood, or why an answer does not do.
    package private(set) var notices: [Bilingual] = []

    /// - Parameters:
    ///   - hasPlaces: whether any commune is loaded; where none is, nobody is asked for theirs.
    ///   - language: that of the person, whose own is the first that is proposed.
    package init(vocabulary: Vocabulary, troubles: [Trouble], hasPlaces: Bool, language: Language) {
        self.vocabulary = vocabulary
        self.hasPlaces = hasPlaces
        self.language = language
        allTroubles = troubles
        profile.community.languages = [language.rawValue]
    }

    /// Which of the four parts the question belongs to.
    package var part: InterviewPart { isCorrecting ? .agreement : step.part }

    /// The troubles shown so far, in order.
    var shownTroubles: [[Trouble]] {
        Array(Trouble.pages(allTroubles, for: profile.community.stage).prefix(shownPages))
    }

    var hasMoreTroubles: Bool {
        shownPages < Trouble.pages(allTroubles, for: profile.community.stage).count
    }

    // MARK: The way

    /// Takes a line: the answer to ``question``, empty for what stands by default, `?` for help.
    package mutating func take(_ line: String) -> Want {
        notices = []
        let answer = line.trimmingSpaces
        if answer == "?" {
            notices = [question.help]
            return .answer
        }
        do {
            return try read(answer)
        } catch {
            notices = [error.notice]
            return .answer
        }
    }

    /// The territories that the text may mean, most likely first.
    package mutating func found(_ places: [Territory], for text: String) -> Want {
        foundPlaces = Array(places.prefix(Self.mostFound))
        switch foundPlaces.count {
        case 0:
            say(
                fr: "Aucune commune trouvée pour « \(excerpt(of: text)) ». Le code postal suffit.",
                en: "No commune found for '\(excerpt(of: text))'. The postcode is enough.")
        case 1: choosePlace(foundPlaces[0])
        default: step = .placeChoice
        }
        return .answer
    }

    /// Whether `slug` is taken.
    package mutating func identifier(_ slug: String, isTaken: Bool) -> Want {
        if isTaken {
            suggestedSlug = following(slug)
            say(
                fr: "L’identifiant « \(slug) » est déjà pris.", en: "The identifier '\(slug)' is taken.")
            step = .identifier
        } else {
            profile.community.slug = slug
            say(fr: "Identifiant : \(slug)", en: "Identifier: \(slug)")
            advance()
        }
        return .answer
    }

    mutating func say(fr: String, en: String) { notices.append(Bilingual(fr: fr, en: en)) }

    /// Goes to what comes after the present step: the next question that has to be asked.
    mutating func advance() {
        let topic = step.topic
        // Questions that an answer called for stand beside the one that they came from.
        let from: InterviewStep =
            switch step {
            case .identifier: .name
            case .placeChoice: .place
            case .needChoice: .needs
            case .offerChoice: .offers
            default: step
            }
        let place = InterviewStep.order.firstIndex(of: from) ?? 0
        step = InterviewStep.order[(place + 1)...].first(where: isAsked) ?? .summary
        if isCorrecting, step.topic != topic { step = .summary }
        if step == .summary { isCorrecting = false }
    }

    private func isAsked(_ step: InterviewStep) -> Bool {
        switch step {
        case .place: hasPlaces
        case .maxKm: profile.community.modes.contains(.onSite)
        case .kept: !proposed.isEmpty
        case .needLevel: needs.contains { $0.levelNow == 0 }
        case .urgent: needs.count > 1
        case .receive: !needs.isEmpty
        case .offerLevel: offers.contains { $0.level == 0 }
        case .give: !offers.isEmpty
        case .consent(.contact): profile.contact != nil
        default: true
        }
    }

    mutating func correct(_ topic: InterviewTopic) {
        guard let first = topic.step else { return }
        if topic == .identifier { suggestedSlug = profile.community.slug }
        isCorrecting = true
        step = first
    }

    mutating func choosePlace(_ territory: Territory) {
        place = territory
        profile.community.territory = territory.code
        let name = territory.shown
        say(fr: "Commune : \(name)", en: "Commune: \(name)")
        step = .place
        advance()
    }

    /// The same identifier with the next number.
    private func following(_ slug: String) -> String {
        let parts = slug.split(separator: "-")
        guard parts.count > 1, let last = parts.last, last.utf8.count < 4, let number = Int(last) else {
            return String(slug.prefix(Slug.maxBytes - 2)) + "-2"
        }
        return (parts.dropLast().map(String.init) + ["\(number + 1)"]).joined(separator: "-")
    }

    // MARK: What it makes

    /// The profile as it stands.
    ///
    /// An offer may serve as many communities as this one helps in a round: a person says how many they can help, not
    /// how many with each skill.
    var result: Profile {
        var made = profile
        made.needs = needs.map { need in
            let now = max(1, need.levelNow)
            return Need(
                terms: NeedInput(
                    skill: need.skill.slug, levelNow: now,
                    urgency: urgent.contains(need.skill.slug) ? 3 : ProfileDefaults.standard.urgency))
        }
        made.offers = offers.map { offer in
            Offer(
                terms: OfferInput(
                    skill: offer.skill.slug, level: max(1, offer.level),
                    capacity: max(1, profile.community.give)))
        }
        return made.canonical
    }
}

extension Territory {
    /// Its name with what tells it from others of that name.
    var shown: String {
        let post = postcodes.first ?? code
        return "\(name) (\(post))"
    }
}
