import EntraideCore
import Testing

@Suite("Where the database is")
struct DatabaseLocationTests {
    private func resolve(
        _ option: String? = nil, _ environment: [String: String] = [:], as userID: UInt32 = 1000
    ) throws -> DatabaseLocation {
        try DatabaseLocation.resolve(option: option, environment: environment, userID: userID)
    }

    @Test("The option wins over the environment, and an empty one counts as none")
    func option() throws {
        let environment = ["ENTRAIDE_DATABASE": "dbname=env", "ENTRAIDE_HOME": "/srv/e"]
        #expect(try resolve("dbname=opt", environment) == .given(conninfo: "dbname=opt"))
        #expect(try resolve(nil, environment) == .given(conninfo: "dbname=env"))
        #expect(
            try resolve("", ["ENTRAIDE_DATABASE": "", "ENTRAIDE_HOME": "/srv/e/"])
                == .embedded(home: "/srv/e"))
    }

    @Test("Without either it is a private cluster: under /var/lib for root, under the user's data otherwise")
    func embedded() throws {
        let home = ["HOME": "/home/ada"]
        #expect(try resolve(nil, home, as: 0) == .embedded(home: "/var/lib/entraide"))
        #expect(try resolve(nil, home) == .embedded(home: "/home/ada/.local/share/entraide"))
        let data = home.merging(["XDG_DATA_HOME": "/data"]) { $1 }
        #expect(try resolve(nil, data) == .embedded(home: "/data/entraide"))
        let relative = home.merging(["XDG_DATA_HOME": "data"]) { $1 }
        #expect(try resolve(nil, relative) == .embedded(home: "/home/ada/.local/share/entraide"))
        let chosen = data.merging(["ENTRAIDE_HOME": "/srv/e"]) { $1 }
        #expect(try resolve(nil, chosen, as: 0) == .embedded(home: "/srv/e"))
    }

    @Test("A relative home, or none at all, is refused")
    func refused() {
        #expect(throws: EntraideError(.homeNotUsable, ["path": "here"])) {
            try resolve(nil, ["ENTRAIDE_HOME": "here"])
        }
        #expect(throws: EntraideError(.homeNotUsable, ["path": "~"])) { try resolve() }
    }

    @Test("A password is not shown")
    func redacted() {
        let uri = DatabaseLocation.given(conninfo: "postgres://ada:s3cret@db.example/entraide")
        #expect(!uri.redacted.contains("s3cret"))
        #expect(uri.redacted.contains("db.example"))
    }
}
