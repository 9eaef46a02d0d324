import Testing

@Suite("A round, by the command")
struct RoundTests {
    @Test("From the sample to a published, proven and explained round")
    func wholeWay() async throws {
        let database = try await Scratch.like(.sample)
        try await database.output("round", "create", "ete", "--title", "Été", in: .fr)
        try await database.output("round", "open", "ete")
        let participants = try await database.output("round", "participants", "ete", "--on", "2027-01-15")
        #expect(participants.lines.count == 96)
        let run = try await database.output("round", "run", "ete", "--on", "2027-01-15", in: .fr)
        #expect(run.fields[0][2] == "proposed" && run.fields[0][4] == "2027-01-15", "\(run)")
        #expect(
            run.err.contains("Vérifié\u{202F}: aucune répartition ne fait mieux selon les critères choisis."),
            "\(run)")
        let published = try await database.output("round", "publish", "ete")
        let count = try #require(Int(published.fields[0][5]))
        #expect(count > 50 && published.fields[0][2] == "published", "\(published)")
        #expect(published.fields[0][7] == published.fields[0][8], "objective and bound")

        let matches = try await database.output("match", "list", "--round", "ete")
        #expect(matches.fields.map { $0[0] } == (1...count).map { "ete/\($0)" })
        #expect(matches.fields.reduce(0) { $0 + (Int($1[3]) ?? 0) } == Int(published.fields[0][6]))
        for match in matches.fields.prefix(5) {
            let reasons = try await database.output("match", "show", match[0], "--reasons")
            #expect(
                reasons.fields.map { $0[1] } == [
                    "skill", "level", "closeness", "urgency", "waiting", "novelty", "fit",
                ])
            #expect(reasons.fields.reduce(0) { $0 + (Int($1[4]) ?? 0) } == Int(match[3]), "\(match[0])")
        }
        let first = matches.fields[0]
        let why = try await database.output("explain", "ete", first[6], first[4])
        #expect(why.out.contains("match=ete/1 score=\(first[3])"), "\(why)")
        let pairs = Set(matches.fields.map { [$0[6], $0[4]] })
        let stranger = try #require(
            matches.fields.map { $0[4] }.first { $0 != first[6] && !pairs.contains([first[6], $0]) })
        let whyNot = try await database.output("explain", "ete", first[6], stranger)
        #expect(
            whyNot.fields.allSatisfy { $0[2] == "receiver" && $0[3] != "-" } && !whyNot.lines.isEmpty,
            "\(whyNot)")

        let proof = try await database.output("round", "show", "ete", "--proof")
        #expect(
            proof.fields[0][6..<9].allSatisfy { $0.wholeMatch(of: #/[0-9a-f]{64}/#) != nil }, "\(proof)")
        let verified = try await database.output("round", "verify", "ete", in: .fr)
        #expect(verified.fields.allSatisfy { $0[1] == "yes" } && verified.lines.count > 9, "\(verified)")
        #expect(verified.err.hasPrefix("Vérifié\u{202F}: "))
    }

    @Test("The same input gives the same digests in another round and another database")
    func reproducible() async throws {
        let one = try await Scratch.like(.round)
        let other = try await Scratch.like(.sample)
        for words in [["create"], ["open"], ["run", "--on", "2027-01-15"]] {
            let outcome = try await other.home.run(
                ["round", words[0], "printemps"] + words.dropFirst(),
                environment: ["ENTRAIDE_DATABASE": other.conninfo])
            #expect(outcome.status == 0, "\(outcome)")
        }
        let proof = try await one.output("round", "show", "printemps", "--proof").out
        #expect(try await other.output("round", "show", "printemps", "--proof").out == proof)
        #expect(try await other.output("round", "run", "printemps", "--on", "2027-01-15").status == 0)
        #expect(try await other.output("round", "show", "printemps", "--proof").out == proof)
    }

    @Test("Mutual help is told in rings, by the run, the lines, the explanation and the verification")
    func mutualHelp() async throws {
        let database = try await Scratch.like(.entraide)
        for (slug, offer, need) in [
            ("anis", "couture", "video"), ("basilic", "video", "couture"),
            ("cerise", "soudure-metal", "podcast-radio"),
            ("datte", "site-web", "soudure-metal"), ("epine", "podcast-radio", "site-web"),
        ] {
            // Basilic knows more than suits anis best.
            let level = slug == "basilic" ? 4 : 3
            try await database.output(
                "community", "register", "--file", "-",
                input: """
                    {"community":"\(slug)","name":"\(slug) (fictif)","kind":"fablab","consent":{"matching":true},\
                    "offers":[{"skill":"\(offer)","level":\(level)}],"needs":[{"skill":"\(need)"}]}

                    """)
        }
        try await database.output(
            "community", "register", "--file", "-",
            input: """
                {"community":"xeres","name":"xeres (fictif)","kind":"fablab","consent":{"matching":true},\
                "offers":[{"skill":"video"}]}

                """)
        for (word, value, status, code) in [
            ("--mutual", "circles", 65, "unknown-code"), ("--bonus-mutual", "5", 64, "bad-option"),
        ] as [(String, String, Int32, String)] {
            let refused = try await database.run("round", "create", "ete", word, value)
            #expect(refused.status == status && refused.err.contains("[\(code)]"), "\(refused)")
        }
        let refused = try await database.run(
            "round", "create", "ete", "--mutual", "pairs", "--bonus-mutual=-1")
        #expect(refused.status == 65 && refused.err.contains("[out-of-range]"), "\(refused)")

        try await database.output("round", "create", "ete", "--mutual", "rings", "--bonus-mutual", "150000")
        try await database.output("round", "open", "ete")
        let french = try await database.output("round", "run", "ete", "--on", "2027-01-15", in: .fr)
        #expect(
            french.err.contains("Entraide mutuelle\u{202F}: paires réciproques 1, boucles de trois 1."),
            "\(french)")
        #expect(french.err.contains("Sans la rechercher\u{202F}: paires réciproques 0, score"), "\(french)")
        #expect(!french.err.contains("À titre de comparaison"), "\(french)")
        let english = try await database.output("round", "run", "ete", "--on", "2027-01-15")
        #expect(english.err.contains("Mutual help: two-way pairs 1, rings of three 1."), "\(english)")
        #expect(english.err.contains("It costs 0."), "\(english)")

        let matches = try await database.output("match", "list", "--round", "ete")
        #expect(
            matches.fields.map { "\($0[4]) \($0[8])" }.sorted() == [
                "anis ete/ring-1", "basilic ete/ring-1", "cerise ete/ring-2", "datte ete/ring-2",
                "epine ete/ring-2",
            ], "\(matches)")
        let told = try await database.output("explain", "ete", "datte", "cerise", "-o", "table", in: .fr)
        #expect(
            told.out.hasSuffix(
                "\u{202F}; boucle de trois 2\u{202F}: cerise aide datte, datte aide epine, epine aide cerise\n"
            ),
            "\(told)")
        let proof = try await database.output("round", "show", "ete", "--proof")
        #expect(proof.fields[0].suffix(4) == ["-", "market", "1", "1"], "\(proof)")
        let verified = try await database.output("round", "verify", "ete", in: .fr)
        #expect(verified.err.contains("Vérifié\u{202F}: aucune répartition ne fait mieux"), "\(verified)")
    }

    @Test(
        "Coverage first, what fairness cost, and the nearest change: in lines, and in sentences of both languages"
    )
    func fairness() async throws {
        let database = try await Scratch.like(.entraide)
        func profile(_ slug: String, _ more: String) -> String {
            #"{"community":"\#(slug)","name":"\#(slug)","kind":"fablab","consent":{"matching":true},"# + more
                + "}\n"
        }
        for line in [
            profile("seule", #""modes":["on-site"],"needs":[{"skill":"couture"}]"#),
            profile("helped", #""needs":[{"skill":"video"}]"#),
            profile("giver", #""offers":[{"skill":"couture"},{"skill":"video"}]"#),
        ] {
            try await database.output("community", "register", "--file", "-", input: line)
        }
        let refused = try await database.run("round", "create", "ete", "--coverage", "none")
        #expect(refused.status == 65 && refused.err.contains("[unknown-code]"), "\(refused)")
        try await database.output("round", "create", "ete", "--coverage", "first")
        try await database.output("round", "open", "ete")
        let english = try await database.output("round", "run", "ete", "--on", "2027-01-15")
        #expect(
            english.err.contains("Communities helped: 1; verified: no other choice of matches helps more."),
            "\(english)")
        #expect(
            english.err.contains("communities helped: 1. Fairness costs 0.0\u{A0}% of the score."),
            "\(english)")
        let french = try await database.output("round", "run", "ete", "--on", "2027-01-15", in: .fr)
        #expect(french.err.contains("aucune répartition n’en aide davantage."), "\(french)")
        #expect(french.err.contains("L’équité coûte 0,0\u{202F}% du score"), "\(french)")

        let lines = try await database.output("explain", "ete", "seule")
        #expect(lines.lines.count == 1 && lines.fields[0][3] != "-", "\(lines)")
        #expect(lines.out.contains("change=accept-remote with=giver/couture gain="), "\(lines)")
        let told = try await database.output("explain", "ete", "seule", "-o", "table", in: .fr)
        #expect(
            told.out.contains(
                "En acceptant l’entraide à distance pour le besoin couture, seule aurait une piste"),
            "\(told)")
        #expect(told.lines.count == 2, "\(told)")
        let said = try await database.output("explain", "ete", "seule", "-o", "table")
        #expect(
            said.out.contains(
                "By accepting help at a distance for the need couture, seule would have a candidate"),
            "\(said)")
        let helped = try await database.output("explain", "ete", "helped")
        #expect(!helped.out.contains("change="), "\(helped)")
    }

    @Test("A round in the wrong state is refused with 73 and stays as it is")
    func states() async throws {
        let database = try await Scratch.like(.round)
        try await database.output("round", "create", "brouillon")
        for (verb, round, code) in [
            ("publish", "brouillon", "wrong-state"), ("run", "brouillon", "wrong-state"),
            ("withdraw", "brouillon", "wrong-state"), ("verify", "brouillon", "round-not-run"),
            ("open", "printemps", "wrong-state"), ("run", "printemps", "wrong-state"),
            ("publish", "printemps", "wrong-state"),
        ] {
            let before = try await database.trace()
            for tongue in Tongue.allCases {
                let outcome = try await database.run("round", verb, round, in: tongue)
                #expect(outcome.status == 73 && outcome.out.isEmpty, "\(verb) \(outcome)")
                #expect(
                    outcome.err.hasSuffix("[\(code)]\n") && outcome.err.contains(round), "\(verb) \(outcome)")
            }
            #expect(try await database.trace() == before)
        }
        let early = try await database.run("round", "publish", "brouillon", in: .fr)
        #expect(early.err.contains("d’abord\u{202F}: entraide round open brouillon"), "\(early)")
        #expect(try await database.run("round", "show", "brouillon", "--proof").status == 73)
        try await database.output("round", "withdraw", "printemps")
        try await database.output("round", "run", "printemps", "--on", "2027-01-16")
        let again = try await database.output("round", "publish", "printemps")
        #expect(again.fields[0][2] == "published" && again.fields[0][4] == "2027-01-16")
        try await database.output("round", "cancel", "brouillon")
        let reopened = try await database.run("round", "open", "brouillon")
        #expect(reopened.status == 73 && reopened.err.contains("[wrong-state]"), "\(reopened)")
    }

    @Test("A published round is cancelled only when that is said twice")
    func cancelPublished() async throws {
        let database = try await Scratch.like(.round)
        let before = try await database.trace()
        for (tongue, words) in [
            (
                Tongue.fr,
                "la session printemps est publiée\u{202F}; l’annuler est définitif et les partenaires ne la verront plus\u{202F}: --yes (withdraw la retire seulement) [usage]"
            ),
            (
                .en,
                "round printemps is published; cancelling it is final, and partners will see it no more: --yes (withdraw only takes it back) [usage]"
            ),
        ] {
            let refused = try await database.run("round", "cancel", "printemps", in: tongue)
            #expect(refused.status == 64 && refused.out.isEmpty, "\(refused)")
            #expect(refused.err.contains(words), "\(refused)")
        }
        let seen = try await database.output("round", "cancel", "printemps", "--dry-run")
        #expect(seen.fields[0][2] == "cancelled", "\(seen)")
        #expect(try await database.trace() == before)
        let done = try await database.output("round", "cancel", "printemps", "--yes")
        #expect(done.fields[0][2] == "cancelled", "\(done)")
        // One that nobody was shown needs no second word.
        try await database.output("round", "create", "ete")
        try await database.output("round", "cancel", "ete")
    }

    @Test("Two runs at once leave one whole result, and the loser says so")
    func race() async throws {
        let database = try await Scratch.like(.sample)
        try await database.output("round", "create", "ete")
        try await database.output("round", "open", "ete")
        async let left = database.run("round", "run", "ete", "--on", "2027-01-15")
        async let right = database.run("round", "run", "ete", "--on", "2027-01-15")
        let statuses = try await [left, right].map(\.status)
        #expect(statuses.contains(0) && statuses.allSatisfy { $0 == 0 || $0 == 73 }, "\(statuses)")
        let verified = try await database.run("round", "verify", "ete")
        #expect(verified.status == 0, "\(verified)")
    }
}
