import EntraideCore
import Lines
import PostgresTestSupport
import Testing

@Suite("What is refused over HTTP, and how it is told", .world)
struct RefusalTests {
    @Test("Each refusal has its status, its code, and what would have been right")
    func refusals() async throws {
        let filters = "round,community,provider,receiver,skill,network,status"
        try await LiveEndpoint.with { endpoint in
            for (target, line) in [
                ("/v1", "404 not-found -"), ("/v2/rounds", "404 not-found -"),
                ("/v1/rounds/", "404 not-found -"),
                ("//", "404 not-found -"), ("/v1/matches.xml", "404 not-found -"),
                ("/healthz.txt", "404 not-found -"),
                ("/v1/communities/public-a/contact", "404 not-found -"),
                ("/v1/rounds/printemps", "404 unknown-round round=printemps"),
                ("/v1/communities/personne", "404 unknown-community community=personne"),
                ("/v1/matches/automne/99", "404 unknown-match match=automne/99"),
                ("/v1/matches?round=printemps", "404 unknown-round round=printemps"),
                ("/v1/matches?community=personne", "404 unknown-community community=personne"),
                ("/v1/rounds/Automne", "400 bad-slug value=Automne"),
                ("/v1/rounds/a%2Fb", "400 bad-slug value=a/b"),
                ("/v1/communities/a--b", "400 bad-slug value=a--b"),
                ("/v1/matches/automne/0", "400 bad-parameter expected=1,2,3 name=n"),
                ("/v1/matches/automne/01", "400 bad-parameter expected=1,2,3 name=n"),
                ("/v1/matches/automne/99999999999999999999", "400 bad-parameter expected=1,2,3 name=n"),
                ("/v1/rounds?page=2", "400 unknown-parameter allowed=limit,cursor,format,header name=page"),
                (
                    "/v1/matches?rounds=a",
                    "400 unknown-parameter allowed=\(filters),limit,cursor,format,header name=rounds"
                ),
                ("/v1/rounds/automne?limit=3", "400 unknown-parameter allowed=format,header name=limit"),
                ("/healthz?x", "400 unknown-parameter allowed=- name=x"),
                ("/?a%20b%3Dc", "400 unknown-parameter allowed=- name=a%20b%3Dc"),
                ("/v1/rounds?limit=1&limit=1", "400 bad-parameter expected=once name=limit"),
                ("/v1/rounds?limit=0", "400 bad-parameter expected=1-10000 name=limit"),
                ("/v1/rounds?limit=10001", "400 bad-parameter expected=1-10000 name=limit"),
                ("/v1/rounds?limit=%2B5", "400 bad-parameter expected=1-10000 name=limit"),
                ("/v1/rounds?limit=9223372036854775808", "400 bad-parameter expected=1-10000 name=limit"),
                ("/v1/rounds?cursor=abc", "400 bad-parameter expected=rel%3Dnext name=cursor"),
                ("/v1/rounds?cursor=cHJpbnRlbXBz", "400 bad-parameter expected=rel%3Dnext name=cursor"),
                ("/v1/communities?cursor=QQ", "400 bad-parameter expected=rel%3Dnext name=cursor"),
                ("/v1/matches?cursor=MS4wMQ", "400 bad-parameter expected=rel%3Dnext name=cursor"),
                ("/v1/rounds?format=xml", "400 bad-parameter expected=text,ndjson,csv name=format"),
                ("/v1/rounds?format=table", "400 bad-parameter expected=text,ndjson,csv name=format"),
                ("/v1/rounds?header=yes", "400 bad-parameter expected=true,false name=header"),
                ("/v1/communities?offers=3D", "400 bad-parameter expected=slug name=offers"),
                ("/v1/communities?offers=", "400 bad-parameter expected=slug name=offers"),
                ("/v1/communities?territory=a%20b", "400 bad-parameter expected=code name=territory"),
                ("/v1/skills?q=", "400 bad-parameter expected=1-100%20bytes name=q"),
                ("/v1/rounds/%C3", "400 bad-request -"), ("/v1/rounds?limit=%ff", "400 bad-request -"),
                ("/v1/rounds/%0a", "400 bad-request -"), ("/v1/skills?q=%00", "400 bad-request -"),
                ("/v1/skills?q=%E2%80%AE", "400 bad-request -"), ("/v1/rounds?a=%2", "400 bad-request -"),
                ("/v1/rounds#x", "400 bad-request -"),
            ] {
                let answer = try await endpoint.answer(target)
                let words = line.split(separator: " ")
                let detail = words[2...].joined(separator: " ")
                #expect(answer.text == "error\t\(words[0])\t\(words[1])\t\(detail)\n", "\(target)")
                #expect(
                    answer.status == Int(words[0]) && answer["content-type"] == "text/plain; charset=utf-8")
            }
            let kind = try await endpoint.answer("/v1/communities?kind=bar").text
            #expect(kind.hasPrefix("error\t400\tbad-parameter\texpected=fablab,third-place,"))
        }
    }

    @Test("A filter on a skill that does not exist names the three nearest")
    func unknownSkill() async throws {
        try await LiveEndpoint.with { endpoint in
            for target in [
                "/v1/communities?offers=impresion-3d", "/v1/communities?needs=impresion-3d",
                "/v1/matches?skill=impresion-3d",
            ] {
                let answer = try await endpoint.answer(target)
                #expect(answer.status == 400)
                let fields = answer.lines.first?.split(separator: "\t") ?? []
                #expect(fields.count == 4 && fields[2] == "unknown-skill")
                let nearest = fields.last?.split(separator: " ").first?.dropFirst("nearest=".count).split(
                    separator: ",")
                #expect(nearest?.count == 3 && nearest?.first == "impression-3d")
                #expect(fields.last?.hasSuffix(" skill=impresion-3d") == true)
            }
        }
    }

    @Test("A JSON client gets a problem document, its title in the reader's language")
    func problems() async throws {
        try await LiveEndpoint.with { endpoint in
            for (target, fields) in [
                ("/v1/rounds/printemps.ndjson", []), ("/v1/rounds/printemps?format=ndjson", []),
                ("/v1/rounds/printemps", ["Accept: application/x-ndjson"]),
                ("/v1/rounds/printemps", ["Accept: application/jsonl;q=0.5"]),
            ] {
                let english = try await endpoint.answer(target, fields)
                #expect(english.status == 404 && english["content-type"] == "application/problem+json")
                #expect(
                    english.text == """
                        {"type":"urn:entraide:error:unknown-round",\
                        "title":"no round 'printemps' can be read here; GET /v1/rounds lists them","status":404,"code":"unknown-round",\
                        "detail":"round=printemps"}

                        """)
                let french = try await endpoint.answer(target, fields + ["Accept-Language: fr"])
                #expect(
                    french["content-language"] == "fr" && french.text.contains("aucune session d’entraide"))
            }
            let csv = try await endpoint.answer("/v1/rounds/printemps.csv")
            #expect(csv["content-type"] == "text/plain; charset=utf-8" && csv.text.hasPrefix("error\t404"))
        }
    }

    @Test("People read in their language what a parameter takes; programs read the same as ever")
    func expectations() async throws {
        try await LiveEndpoint.with { endpoint in
            for (target, expected, fr, en) in [
                ("/v1/rounds?limit=1&limit=1", "once", "une seule fois", "once"),
                ("/v1/rounds?limit=0", "1-10000", "un nombre de 1 à 10000", "a number from 1 to 10000"),
                (
                    "/v1/rounds?cursor=abc", "rel%3Dnext", "l’adresse donnée par Link",
                    "the address that Link gives"
                ),
                ("/v1/skills?q=", "1-100%20bytes", "de 1 à 100 octets", "1 to 100 bytes"),
                ("/v1/matches/automne/0", "1,2,3", "un numéro, à partir de 1", "a number, from 1 on"),
                ("/v1/rounds?header=yes", "true,false", "true, false", "true, false"),
            ] {
                for (language, words) in [("fr", "attendu\u{202F}: \(fr)"), ("en", "expected: \(en)")] {
                    let answer = try await endpoint.answer(
                        target, ["Accept: application/x-ndjson", "Accept-Language: \(language)"])
                    #expect(answer.text.contains(words + "\","), "\(target) \(answer.text)")
                    #expect(answer.text.contains("\"detail\":\"expected=\(expected) "), "\(answer.text)")
                }
            }
        }
    }

    @Test("What is acceptable in no format of ours is 406, told as JSON to who asked for JSON")
    func notAcceptable() async throws {
        try await LiveEndpoint.with { endpoint in
            for (accept, type) in [
                ("image/png", "text/plain; charset=utf-8"), ("*/*;q=0", "text/plain; charset=utf-8"),
                ("application/json", "application/problem+json"),
                ("text/html;q=1, text/*;q=0", "text/plain; charset=utf-8"),
            ] {
                let answer = try await endpoint.answer("/v1/rounds", ["Accept: \(accept)"])
                #expect(answer.status == 406 && answer["content-type"] == type, "\(accept)")
            }
        }
    }

    @Test("Methods that would write are refused with those that are allowed, and OPTIONS tells them")
    func methods() async throws {
        try await LiveEndpoint.with { endpoint in
            for target in ["/", "/healthz", "/v1/matches", "/v1/communities/public-a"] {
                for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"] {
                    let answer = try await endpoint.answer(target, method: method)
                    #expect(
                        answer.status == 405 && answer["allow"] == "GET, HEAD, OPTIONS", "\(method) \(target)"
                    )
                    #expect(answer.text == "error\t405\tmethod-not-allowed\tallowed=GET,HEAD,OPTIONS\n")
                }
                let options = try await endpoint.answer(target, method: "OPTIONS")
                #expect(
                    options.status == 204 && options["allow"] == "GET, HEAD, OPTIONS" && options.rest.isEmpty)
            }
            #expect(try await endpoint.answer("*", method: "OPTIONS").status == 204)
            #expect(try await endpoint.answer("/nowhere", method: "OPTIONS").status == 404)
            #expect(try await endpoint.answer("/nowhere", method: "POST").status == 404)
            #expect(try await endpoint.answer("*").status == 400)
            #expect(try await endpoint.answer("http://example.org/v1/rounds").status == 200)
        }
    }
}
