import Lines
import Matching

extension Interview {
    /// The question to ask now.
    package var question: InterviewQuestion {
        switch step.part {
        case .who: whoQuestion
        case .needs: needsQuestion
        case .offers: offersQuestion
        case .agreement: agreementQuestion
        }
    }

    private var whoQuestion: InterviewQuestion {
        switch step {
        case .identifier:
            InterviewQuestion(
                fr: "Quel identifiant lui donner ?", en: "Which identifier should it have?",
                hint: Bilingual(
                    fr: "minuscules sans accents, chiffres, tirets", en: "lower case, digits, hyphens"),
                standard: suggestedSlug.isEmpty ? nil : plain(suggestedSlug),
                help: Bilingual(
                    fr:
                        "C’est le nom court qui la désigne dans les commandes et les fichiers, par exemple fablab-des-dunes.",
                    en:
                        "It is the short name that stands for it in commands and files, for instance fablab-des-dunes."
                ))
        case .kind:
            InterviewQuestion(
                fr: "Qu’est-ce que c’est ?", en: "What is it?", choices: CommunityKind.allCases.map(\.label),
                standard: profile.community.kind.label,
                help: Bilingual(
                    fr:
                        "Ce qui s’en rapproche le plus. Cela sert à trier les listes, jamais à choisir qui aide qui.",
                    en: "Whatever comes nearest. It serves to sort lists, never to choose who helps whom."))
        case .place:
            InterviewQuestion(
                fr: "Dans quelle commune ?", en: "In which commune?",
                hint: Bilingual(fr: "nom ou code postal", en: "name or postcode"),
                standard: place.map { plain($0.shown) } ?? Bilingual(fr: "passer", en: "skip"),
                help: Bilingual(
                    fr:
                        "Pour se rencontrer sur place, il faut savoir à quelle distance on est. Seul le centre de la commune compte. 0 pour ne rien dire.",
                    en:
                        "To meet on site one has to know how far away one is. Only the centre of the commune counts. 0 to say nothing."
                ))
        case .placeChoice:
            InterviewQuestion(
                fr: "Laquelle ?", en: "Which one?", choices: foundPlaces.map { plain($0.shown) },
                hint: Bilingual(fr: "0 pour chercher autrement", en: "0 to search again"),
                standard: foundPlaces.first.map { plain($0.shown) },
                help: Bilingual(
                    fr: "Plusieurs communes répondent à ce nom : donner le numéro de la vôtre.",
                    en: "Several communes answer to this name: give the number of yours."))
        case .languages:
            InterviewQuestion(
                fr: "Quelles langues y parle-t-on ?", en: "Which languages are spoken there?",
                hint: Bilingual(fr: "séparées par des virgules", en: "separated by commas"),
                standard: Bilingual(
                    fr: profile.community.languages.map { SpokenLanguage.name($0).fr }.joined(
                        separator: ", "),
                    en: profile.community.languages.map { SpokenLanguage.name($0).en }.joined(separator: ", ")
                ),
                help: Bilingual(
                    fr:
                        "Celles dans lesquelles vous pouvez aider ou être aidés. On connaît : \(SpokenLanguage.known.map(\.name.fr).joined(separator: ", ")) ; ou un code (fr, en, br).",
                    en:
                        "Those in which you can help or be helped. Known by name: \(SpokenLanguage.known.map(\.name.en).joined(separator: ", ")); or a code (fr, en, br)."
                ))
        case .modes:
            InterviewQuestion(
                fr: "Comment pouvez-vous vous rencontrer ?", en: "How can you meet?",
                choices: Self.meetings, standard: Self.meetings[modesNumber - 1],
                help: Bilingual(
                    fr: "À distance : par téléphone ou en visio. Sur place : chez l’une ou chez l’autre.",
                    en: "Remote: by phone or video. On site: at one's place or the other's."))
        case .maxKm:
            InterviewQuestion(
                fr: "Jusqu’à combien de kilomètres ?", en: "Up to how many kilometres?",
                standard: plain("\(profile.community.maxKm)"),
                help: Bilingual(
                    fr: "La distance que vous acceptez pour une rencontre sur place, aller simple.",
                    en: "How far you accept for a meeting on site, one way."))
        default:
            InterviewQuestion(
                fr: "Comment s’appelle votre communauté ?", en: "What is your community called?",
                standard: profile.community.name.isEmpty ? nil : plain(profile.community.name),
                help: Bilingual(
                    fr:
                        "Son nom tel qu’on le dit, accents compris. Rien n’est enregistré avant la fin ; Ctrl-C abandonne tout.",
                    en:
                        "Its name as people say it. Nothing is stored before the end; Ctrl-C gives up."
                ))
        }
    }

    private var needsQuestion: InterviewQuestion {
        switch step {
        case .troubles:
            InterviewQuestion.troubles(page: shownTroubles, hasMore: hasMoreTroubles)
        case .kept:
            InterviewQuestion(
                fr: "Voici ce qui pourrait vous aider. Que garder ?",
                en: "Here is what could help. What should be kept?",
                choices: proposed.map(\.label),
                hint: Bilingual(
                    fr: "un ou plusieurs numéros, 0 pour rien",
                    en: "one or more numbers, 0 for none"),
                standard: Bilingual(fr: "tout", en: "all"),
                help: Bilingual(
                    fr:
                        "Chaque ligne gardée devient un besoin, que d’autres communautés pourront voir et auquel elles pourront répondre.",
                    en: "Each line that is kept becomes a need, which other communities may see and answer."))
        case .needs:
            InterviewQuestion(
                fr: needs.isEmpty
                    ? "Qu’est-ce qui vous manque, avec vos mots ?"
                    : "C’est noté. Vous manque-t-il autre chose ?",
                en: needs.isEmpty
                    ? "What do you lack, in your own words?" : "Noted so far. Do you lack anything else?",
                choices: needs.map(\.skill.label), hint: Self.wordsHint(isFirst: needs.isEmpty),
                standard: Self.nothingMore(isFirst: needs.isEmpty),
                help: Bilingual(
                    fr:
                        "Un mot ou une phrase : « la compta », « réparer des vélos », « on perd nos fichiers ». Les fautes et les accents ne comptent pas.",
                    en:
                        "A word or a sentence: 'accounts', 'mending bicycles', 'we lose our files'. Small slips do not count."
                ))
        case .needChoice: Self.choosing(proposed)
        case .needLevel:
            InterviewQuestion(
                fr: "\(needsAsked.fr) : où en êtes-vous ?",
                en: "\(needsAsked.en): where do you stand?",
                choices: (1...3).map(Situation.of), standard: Situation.of(1),
                help: Bilingual(
                    fr:
                        "Pour trouver quelqu’un qui en sait un peu plus que vous, sans être trop loin devant.",
                    en: "To find someone who knows a little more than you, and is not too far ahead."))
        case .urgent:
            InterviewQuestion(
                fr: "Qu’est-ce qui presse ?", en: "What is urgent?", choices: needs.map(\.skill.label),
                hint: Self.severalHint,
                standard: Bilingual(fr: "rien de particulier", en: "nothing in particular"),
                help: Bilingual(
                    fr: "Ce qui presse passe un peu devant le reste.",
                    en: "What is urgent goes a little ahead of the rest."))
        case .receive:
            InterviewQuestion(
                fr: "Par combien de communautés pouvez-vous être aidés à chaque session ?",
                en: "How many communities can you be helped by in each round?",
                standard: plain("\(profile.community.receive)"),
                help: Bilingual(
                    fr:
                        "Une session d’entraide met en relation, pour quelques semaines, celles qui savent et celles qui cherchent. Être aidé prend aussi du temps : mieux vaut peu, et s’y tenir.",
                    en:
                        "A round brings together, for a few weeks, those who know and those who seek. Being helped takes time too: better little, and kept to."
                )
            )
        default:
            InterviewQuestion(
                fr: "Où en êtes-vous ?", en: "Where do you stand?",
                choices: Stage.allCases.map(\.situation) + [Self.unknownStage],
                standard: profile.community.stage?.situation ?? Self.unknownStage,
                help: Bilingual(
                    fr:
                        "Selon la réponse, on vous montrera des difficultés que d’autres ont connues au même moment.",
                    en: "Depending on this, you will be shown troubles that others had at the same stage."))
        }
    }

    private var offersQuestion: InterviewQuestion {
        switch step {
        case .offerChoice: Self.choosing(proposed)
        case .offerLevel:
            InterviewQuestion(
                fr: "\(offersAsked.fr) : où en êtes-vous ?",
                en: "\(offersAsked.en): where do you stand?",
                choices: (1...4).map(Situation.of), standard: Situation.of(3),
                help: Bilingual(
                    fr: "Pas besoin d’être spécialiste : qui se débrouille peut aider qui découvre.",
                    en: "No need to be an expert: who manages can help who is discovering."))
        case .give:
            InterviewQuestion(
                fr: "Combien de communautés pouvez-vous aider à chaque session ?",
                en: "How many communities can you help in each round?",
                standard: plain("\(profile.community.give)"),
                help: Bilingual(
                    fr: "On ne vous en proposera jamais davantage.", en: "You will never be proposed more."))
        default:
            InterviewQuestion(
                fr: offers.isEmpty
                    ? "Que savez-vous faire, que vous pourriez montrer à d’autres ?"
                    : "C’est noté. Que savez-vous faire d’autre ?",
                en: offers.isEmpty
                    ? "What can you do, that you could show to others?"
                    : "Noted so far. What else can you do?",
                choices: offers.map(\.skill.label), hint: Self.wordsHint(isFirst: offers.isEmpty),
                standard: Self.nothingMore(isFirst: offers.isEmpty),
                help: Bilingual(
                    fr:
                        "Ce qui vous paraît simple ne l’est pas pour tout le monde : tenir une réunion, souder, accueillir, monter un dossier.",
                    en:
                        "What seems simple to you is not to everyone: running a meeting, soldering, welcoming people, filling in a grant form."
                ))
        }
    }

    private var agreementQuestion: InterviewQuestion {
        switch step {
        case .contact:
            InterviewQuestion(
                fr: "À quelle adresse vous joindre ?", en: "Which address can you be reached at?",
                hint: Bilingual(
                    fr: "de préférence une adresse de fonction, comme contact@…",
                    en: "preferably a role's address, such as contact@…"),
                standard: profile.contact.map(plain) ?? Bilingual(fr: "passer", en: "skip"),
                help: Bilingual(
                    fr:
                        "Elle n’est jamais publiée. Une adresse commune reste bonne quand les personnes changent, et ne dit le nom de personne. 0 pour ne rien dire.",
                    en:
                        "It is never published. A shared address stays good when people change, and names nobody. 0 to say nothing."
                ))
        case .consent(let purpose): Self.consent(purpose, isGiven: profile.consents(to: purpose))
        default:
            InterviewQuestion.summary(summaryLines)
        }
    }

    /// The skill whose level is asked.
    private var needsAsked: Bilingual { Self.heading(needs.first { $0.levelNow == 0 }?.skill) }

    private var offersAsked: Bilingual { Self.heading(offers.first { $0.level == 0 }?.skill) }

    /// A label at the beginning of a sentence.
    private static func heading(_ skill: Skill?) -> Bilingual {
        func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
        guard let label = skill?.label else { return Bilingual(fr: "ici", en: "this") }
        return Bilingual(fr: capital(label.fr), en: capital(label.en))
    }

    private func plain(_ text: String) -> Bilingual { Bilingual(fr: text, en: text) }

    private static let meetings = [
        Mode.remote.label, Mode.onSite.label, Bilingual(fr: "les deux", en: "both"),
    ]

    private static let unknownStage = Bilingual(fr: "je ne sais pas", en: "I do not know")

    private static let severalHint = Bilingual(
        fr: "un ou plusieurs numéros", en: "one or more numbers")

    private static func wordsHint(isFirst: Bool) -> Bilingual {
        isFirst
            ? Bilingual(fr: "des mots ou une phrase", en: "words or a sentence")
            : Bilingual(
                fr: "des mots, ou le numéro de l’un d’eux pour le retirer",
                en: "words, or the number of one to remove")
    }

    private static func nothingMore(isFirst: Bool) -> Bilingual {
        isFirst ? Bilingual(fr: "rien", en: "nothing") : Bilingual(fr: "c’est tout", en: "that is all")
    }

    private static func choosing(_ found: [Skill]) -> InterviewQuestion {
        InterviewQuestion(
            fr: "Est-ce l’une de ces compétences ?", en: "Is it one of these skills?",
            choices: found.map(\.label),
            hint: Bilingual(
                fr: "un ou plusieurs numéros, 0 pour aucune", en: "one or more numbers, 0 for none"
            ),
            standard: found.first?.label,
            help: Bilingual(
                fr: "La plus proche de vos mots vient d’abord. Avec 0, vous pourrez le dire autrement.",
                en: "The nearest to your words comes first. With 0 you can say it in another way."))
    }

    private static func consent(_ purpose: Purpose, isGiven: Bool) -> InterviewQuestion {
        let hint = Bilingual(fr: "oui ou non", en: "yes or no")
        let standing = isGiven ? Bilingual(fr: "oui", en: "yes") : Bilingual(fr: "non", en: "no")
        return switch purpose {
        case .matching:
            InterviewQuestion(
                fr: "Acceptez-vous de participer aux sessions d’entraide ?",
                en: "Do you agree to take part in rounds?",
                hint: hint, standard: standing,
                help: Bilingual(
                    fr:
                        "Sans cet accord, le profil est gardé mais aucune session ne le prend en compte. Il se retire quand on veut.",
                    en:
                        "Without it the profile is kept, but no round takes it in. It can be withdrawn at any time."
                ))
        case .publication:
            InterviewQuestion(
                fr: "Acceptez-vous que votre profil soit montré aux partenaires ?",
                en: "Do you agree to your profile being shown to partners?",
                hint: hint, standard: standing,
                help: Bilingual(
                    fr:
                        "Le nom, la commune, les offres et les besoins ; jamais le contact. Les partenaires sont des réseaux et des financeurs.",
                    en:
                        "Its name, commune, offers and needs; never its contact. Partners are networks and funders."
                ))
        case .contact:
            InterviewQuestion(
                fr:
                    "Acceptez-vous que votre contact soit donné à une communauté, une fois que vous avez toutes les deux accepté de vous entraider ?",
                en:
                    "Do you agree to your contact being given to a community, once you have both agreed to help each other?",
                hint: hint, standard: standing,
                help: Bilingual(
                    fr: "Seulement une fois que les deux communautés ont accepté la mise en relation.",
                    en: "Only once both communities have accepted the match."))
        case .research:
            InterviewQuestion(
                fr: "Acceptez-vous que votre profil serve à la recherche ?",
                en: "Do you agree to your profile being used in research?",
                hint: hint, standard: standing,
                help: Bilingual(
                    fr: "Pour étudier l’entraide entre communautés. Refuser ne change rien au reste.",
                    en: "To study help between communities. A no changes nothing else."))
        }
    }
}

extension InterviewQuestion {
    /// The last page of troubles shown; numbers go on from page to page.
    static func troubles(page pages: [[Trouble]], hasMore: Bool) -> InterviewQuestion {
        let page = pages.last ?? []
        let before = pages.dropLast().map(\.count).reduce(0, +)
        var question = InterviewQuestion(
            fr: pages.count > 1 ? "Et parmi celles-ci ?" : "Quelles difficultés reconnaissez-vous ?",
            en: pages.count > 1 ? "And among these?" : "Which of these troubles are yours?",
            hint: hasMore
                ? Bilingual(
                    fr: "un ou plusieurs numéros, + pour en voir d’autres",
                    en: "one or more numbers, + to see more")
                : Bilingual(fr: "un ou plusieurs numéros", en: "one or more numbers"),
            standard: Bilingual(fr: "aucune", en: "none"),
            help: Bilingual(
                fr:
                    "Les numéros de ce qui vous ressemble, par exemple 1 4. Vos propres mots viennent juste après.",
                en: "The numbers of what is like you, for instance 1 4. Your own words come right after."))
        question.choices = page.enumerated().map { Choice(number: before + $0 + 1, text: $1.sentence) }
        return question
    }

    /// All that was said, to be confirmed.
    static func summary(_ lines: [Bilingual]) -> InterviewQuestion {
        InterviewQuestion(
            fr: "Est-ce bien cela ?", en: "Is this right?", choices: lines,
            hint: Bilingual(fr: "un numéro pour corriger", en: "a number to correct"),
            standard: Bilingual(fr: "inscrire", en: "register"),
            help: Bilingual(
                fr:
                    "Une ligne vide inscrit la communauté. Un numéro repose la question. Ctrl-C abandonne tout.",
                en: "An empty line registers the community. A number asks again. Ctrl-C gives up."))
    }
}

extension Stage {
    /// The stage as one would say it of oneself.
    var situation: Bilingual {
        switch self {
        case .starting: Bilingual(fr: "on démarre", en: "we are starting")
        case .organising: Bilingual(fr: "on s’organise", en: "we are getting organised")
        case .funding: Bilingual(fr: "on cherche à se financer", en: "we are looking for funding")
        case .documenting: Bilingual(fr: "on documente ce qu’on fait", en: "we are documenting what we do")
        case .passingOn: Bilingual(fr: "on transmet à d’autres", en: "we are passing it on")
        }
    }
}
