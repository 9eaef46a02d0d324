import Foundation
import Testing

@Suite("Making the private database", .serialized)
struct InitTests {
    @Test("Two inits at once make one database, a third finds it ready, and a killed server is no obstacle")
    func twoInits() async throws {
        let home = try Home.fresh()
        let missing = try await home.run(["skill", "list"])
        #expect(missing.status == 78 && missing.err.contains("[database-missing]"), "\(missing)")
        #expect(try await home.run(["database", "status"]).status == 78)

        async let left = home.run(["init"])
        async let right = home.run(["init"], in: .fr)
        let both = try await [left, right]
        for outcome in both { #expect(outcome.status == 0, "\(outcome)") }
        let skills = try await home.run(["skill", "list"])
        #expect(skills.lines.count == Set(skills.fields.map { $0[0] }).count && skills.lines.count > 90)

        let again = try await home.run(["init"])
        #expect(again.status == 0 && again.out.isEmpty && again.err.contains("nothing to do"), "\(again)")
        #expect(try await home.run(["skill", "list"]).out == skills.out)

        let registered = try await home.run(["community", "register", "a", "--name", "A", "--kind", "fablab"])
        #expect(registered.status == 0, "\(registered)")
        let server = home.serverID
        try #require(server > 1 && kill(server, SIGKILL) == 0)
        while kill(server, 0) == 0 { try await Task.sleep(for: .milliseconds(5)) }
        let list = try await home.run(["community", "list"])
        #expect(list.status == 0 && list.fields.map { $0[0] } == ["a"], "\(list)")
        #expect(home.serverID != server)

        #expect(try await home.run(["database", "stop"]).status == 0)
        let stopped = try await home.run(["database", "status"])
        #expect(stopped.status == 1 && stopped.out == "stopped\n", "\(stopped)")
        #expect(try await home.run(["database", "stop"]).status == 0)
        #expect(try await home.run(["community", "list"]).out == list.out)
        let running = try await home.run(["database", "status"])
        #expect(running.status == 0 && running.out == "running\t\(home.serverID)\n", "\(running)")

        let doctor = try await home.run(["doctor"], in: .fr)
        #expect(doctor.status == 0, "\(doctor)")
        #expect(doctor.fields.allSatisfy { $0[1] == "yes" } && doctor.fields.count > 3, "\(doctor)")
        #expect(try await home.run(["database", "stop"]).status == 0)
    }

    @Test("An ordinary user makes a database in their own folder and registers a community")
    func ordinaryUser() async throws {
        let folder = try TestFolder.shared.newName("u")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        var home = Home(path: "\(folder)/.local/share/entraide")
        home.environment = ["HOME": folder, "ENTRAIDE_HOME": ""]
        if geteuid() == 0 {
            let nobody = try #require(getpwnam("nobody")).pointee
            try #require(chown(folder, nobody.pw_uid, nobody.pw_gid) == 0)
            home.prefix = [
                "setpriv", "--reuid=\(nobody.pw_uid)", "--regid=\(nobody.pw_gid)", "--clear-groups", "--",
            ]
            // The build may stand where only root goes.
            let program = try TestFolder.shared.newName("entraide")
            try FileManager.default.copyItem(atPath: Entraide.path, toPath: program)
            home.environment["PROGRAM"] = program
        }
        let made = try await home.run(["init"], in: .fr)
        #expect(made.status == 0, "\(made)")
        let registered = try await home.run(
            [
                "community", "register", "atelier", "--name", "L’Atelier", "--kind", "third-place", "--offer",
                "couture",
            ])
        #expect(registered.status == 0, "\(registered)")
        #expect(
            try await home.run(["community", "list", "--offers", "couture"]).fields.map { $0[0] } == [
                "atelier"
            ])
        #expect(FileManager.default.fileExists(atPath: "\(home.path)/cluster/PG_VERSION"))
        let rights = try FileManager.default.attributesOfItem(atPath: "\(home.path)/run")[.posixPermissions]
        #expect(rights as? Int == 0o700)
        #expect(try await home.run(["database", "stop"]).status == 0)
    }

    @Test("A home that cannot be one is refused with 78, and nothing is made")
    func badHomes() async throws {
        let file = try TestFolder.shared.file("home", "")
        let long = try TestFolder.shared.newName(String(repeating: "h", count: 100))
        for (path, code) in [
            (file, "home-not-usable"), ("relative/home", "home-not-usable"), (long, "home-path-too-long"),
        ] {
            let outcome = try await Home(path: path).run(["init"])
            #expect(outcome.status == 78 && outcome.err.contains("[\(code)]"), "\(outcome)")
        }
        #expect(!FileManager.default.fileExists(atPath: long))
    }
}
