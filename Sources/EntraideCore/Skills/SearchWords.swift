/// The words of a text as a search compares them, in French and in English alike.
///
/// Problem: people write a skill in plurals, feminines and verb forms, in any order, with words that say nothing. A
/// word is folded, and carries its stem: its beginning, without the endings of both languages. Stems are light and
/// the same for both languages, since a text may mix them; two words of one stem are likely of one family (`réparer`,
/// `réparation`, `réparateur`), which is why a stem counts for less than the word itself.
///
/// J. Savoy, "A stemming procedure and stopword list for general French corpora", JASIS 50 (1999).
struct SearchWord: Sendable, Equatable {
    /// Folded, letters and digits.
    let text: String
    /// The beginning that its family shares; the text itself when it is short or in another alphabet.
    let stem: String
    /// Says little about what is looked for: to make, to help, old, good.
    let isWeak: Bool

    /// The word of a folded text.
    init(_ text: String) {
        self.text = text
        stem = Self.stem(of: text)
        isWeak = Self.weakStems.contains(stem)
    }

    /// Two neighbours written as one word, which belongs to no family.
    init(joining left: SearchWord, _ right: SearchWord) {
        text = left.text + right.text
        stem = text
        isWeak = false
    }

    /// Articles, pronouns, prepositions: says nothing at all.
    var isEmpty: Bool { Self.emptyWords.contains(text) }

    /// The words of a folded text in their order, empty ones included: of what is not a letter or a digit, only `+`
    /// and `#` belong to a word, after its first sign (`c++`).
    ///
    /// - Complexity: O(length).
    static func all(in folded: String) -> [SearchWord] {
        var words: [SearchWord] = []
        var word = String.UnicodeScalarView()
        for scalar in folded.unicodeScalars {
            let isPart = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            if isPart || (!word.isEmpty && (scalar == "+" || scalar == "#")) {
                word.append(scalar)
            } else if !word.isEmpty {
                words.append(SearchWord(String(word)))
                word.removeAll()
            }
        }
        if !word.isEmpty { words.append(SearchWord(String(word))) }
        return words
    }
}

extension SearchWord {
    /// Endings that make words of one family, longest first, once a final e is gone; four letters stay before these.
    private static let longEndings: [[UInt8]] = [
        "issement", "ateur", "atric", "ation", "ition", "ement", "ment", "teur", "tric", "tion", "euse",
        "eus",
        "eur", "ion", "ist", "ism", "anc", "enc", "iqu", "abl", "ibl", "ant", "ing", "oir", "ag", "ur",
    ].map { Array($0.utf8) }

    /// Three letters stay before these.
    private static let shortEndings: [[UInt8]] = ["iv", "if", "er", "ez", "ed", "it", "e", "i"].map {
        Array($0.utf8)
    }

    /// The word without the endings of plurals, feminines, verbs and derived nouns.
    ///
    /// - Complexity: O(length).
    static func stem(of text: String) -> String {
        var word = Array(text.utf8)
        guard word.count > 3, word.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) else {
            return text
        }
        func ends(_ ending: String) -> Bool { word.reversed().starts(with: ending.utf8.reversed()) }
        if ends("eaux") {
            word.removeLast()
        } else if ends("aux"), word.count > 5 {
            word.replaceSubrange((word.count - 2)..., with: "l".utf8)
        } else if ends("ies"), word.count > 4 {
            word.removeLast(2)
        } else if (ends("s") && !ends("ss")) || ends("x") {
            word.removeLast()
        }
        if ends("y") { word[word.count - 1] = UInt8(ascii: "i") }
        while word.count > 3, ends("e") { word.removeLast() }
        func drop(_ endings: [[UInt8]], leaving least: Int) -> Bool {
            let ending = endings.first { ending in
                word.count >= ending.count + least && word.suffix(ending.count).elementsEqual(ending)
            }
            guard let ending else { return false }
            word.removeLast(ending.count)
            return true
        }
        if drop(longEndings, leaving: 4) || drop(shortEndings, leaving: 3), word.count > 3,
            let last = word.last, last == word[word.count - 2], "bdgmnpt".utf8.contains(last)
        {
            // cutting, cutter: cut.
            word.removeLast()
        }
        return String(decoding: word, as: UTF8.self)
    }

    private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    private static let emptyWords = Set(
        words(
            """
            a ai aie as au aux avec avez avons c ca ce cela ces cet cette comme d dans de des du elle elles en es est et \
            etre eu il ils j je l la le les leur leurs lui m ma me mes moi mon n ne ni nos notre nous on ont ou par pas \
            plus pour qu que quel quelle qui quoi s sa sans se ses si soi sommes sont suis sur t ta te tes toi ton \
            tres tu un une va vers vos votre vous y \
            about am an and any are at be been but by can could did do does for from had has have he her his how i \
            if in into is it its just me my not of or our she should so some t than that the their them then there \
            these they this to too us was we were what when where which who will with would you your
            """))

    private static let weakStems = Set(
        words(
            """
            aider aide aimer aller ancien apprendre apres asso assos association associatif autre autres avant avoir beau beaucoup bel belle besoin bien \
            bon bonne cherche chercher chose comment connaitre construire creer doit donner ecrire entre envie essayer \
            expliquer faire fait faites faut gens gerer grand grande meilleur meilleure mettre mieux monter moins \
            nouveau nouvelle obtenir occuper petit petite peu peut plusieurs pouvoir premier prendre preparer \
            quelqu quelque realiser savoir sert servir son toujours tous tout toute toutes trop trouver utiliser veut \
            vieil vieille vieux voir vouloir vraiment \
            all always bad best better everybody everyone everything find get getting give go good great handle have help helping \
            keep keeps learn learning like little long lot make makes making more most much need needs new old other \
            out own people put really set small someone something start stuff take thing through up use using \
            very want wants work working write writing
            """
        ).map(stem))
}
