import Foundation
import Systems
import Testing

@testable import Edge

@Suite("Files and secrets that a configuration names")
struct NamedSecretTests {
    private static let secret = "a81f3c9e4b7d20565f1e"

    private func parse(_ yaml: String) throws -> EdgeConfiguration {
        try EdgeConfiguration.parse(yaml: yaml, file: "store.yaml")
    }

    @Test(
        "A secret typed in the place of its file's path is refused where it stands, and not repeated",
        arguments: [
            ("systems:\n  - {name: c, kind: solteq, client_id: c, client_secret: $, allow: [name]}", ":2:58"),
            ("systems:\n  - {name: c, kind: solteq, client_id: c, client_secret: 'x+$==', allow: [name]}", ":2:58"),
            ("feeds:\n  - {name: a, url: 'https://s.example', token: $, allow: [name]}", ":2:48"),
            ("cards:\n  links: https://c.example\n  sms: {url: 'https://s.example', token: $}", ":3:42"),
            ("cards: {links: 'https://c.example', email: {host: h, from: a@b.example, password: $}}", ":1:83"),
            ("cards: {links: 'https://c.example', google: {issuer: i, class: c, account: a, key: $}}", ":1:84"),
            ("feeds:\n  - {name: a, url: 'https://shop:$@s.example', allow: [name]}", ":2:20"),
        ])
    func typed(_ yaml: String, _ place: String) {
        let error = #expect(throws: EdgeError.self) { try parse(yaml.replacing("$", with: Self.secret)) }
        #expect(error?.message.hasPrefix("store.yaml\(place): ") == true, "\(error?.message ?? "")")
        #expect(error?.message.contains(Self.secret) == false, "\(error?.message ?? "")")
    }

    @Test(
        "Names of credentials that somebody chose are taken",
        arguments: ["custobar-key", "vipps.key2", "Store7_poster"])
    func names(_ name: String) throws {
        let yaml = "systems: [{name: c, kind: solteq, client_id: c, client_secret: \(name), allow: [name]}]"
        let configuration = try parse(yaml)
        #expect(configuration.systems[0].text("client_secret") == name)
        // Nobody knows whether it is handed over, and it may be a secret all the same.
        let notes = configuration.credentialNotes
        #expect(notes.count == 1 && notes[0].hasPrefix("store.yaml:1:64: note: "), "\(notes)")
        #expect(configuration.fileFaults().isEmpty)
    }

    @Test("A credential that the service is not handed is a mistake, and one that it is handed is none")
    func handedOver() throws {
        let directory = try TemporaryDirectory()
        let system = directory.file("etc/systemd/system")
        try FileManager.default.createDirectory(
            atPath: system + "/countertop.service.d", withIntermediateDirectories: true)
        #expect(UnitCredentials(root: directory.path) == nil)
        try "[Service]\nLoadCredential=key:/etc/countertop/key\n".write(
            toFile: system + "/countertop.service", atomically: true, encoding: .utf8)
        let yaml = "systems: [{name: c, kind: solteq, client_id: c, client_secret: cloud, allow: [name]}]"
        let configuration = try parse(yaml)
        let faults = configuration.fileFaults(handedOver: UnitCredentials(root: directory.path))
        #expect(faults.count == 1 && faults[0].hasPrefix("store.yaml:1:64: No credential of this name"), "\(faults)")
        try "[Service]\nLoadCredentialEncrypted = cloud:/etc/cloud.cred\n".write(
            toFile: system + "/countertop.service.d/more.conf", atomically: true, encoding: .utf8)
        let more = UnitCredentials(root: directory.path)
        #expect(configuration.fileFaults(handedOver: more).isEmpty)
    }

    @Test("What a feed reads and is not there is said with its line, and is no mistake, for it may come")
    func feeds() throws {
        let directory = try TemporaryDirectory()
        let configuration = try parse(
            """
            feeds:
              - {name: a, file: \(directory.file("a.csv")), allow: [name]}
              - name: b
                folder: \(directory.file("b"))
                allow: [name]
              - {name: c, command: [\(directory.file("c"))], allow: [name]}
            """)
        let notes = configuration.feedNotes()
        #expect(notes.count == 3, "\(notes)")
        #expect(notes[0].hasPrefix("store.yaml:2:21: note: \(directory.file("a.csv")) is not there."), "\(notes)")
        #expect(notes[1].hasPrefix("store.yaml:4:13: note: "), "\(notes)")
        #expect(notes[2].hasPrefix("store.yaml:6:24: note: "), "\(notes)")
        #expect(configuration.fileFaults().isEmpty)
        try Data().write(to: URL(fileURLWithPath: directory.file("a.csv")))
        try Data().write(to: URL(fileURLWithPath: directory.file("b")))
        try Data().write(to: URL(fileURLWithPath: directory.file("c")))
        let others = configuration.feedNotes()
        #expect(others.map { $0.contains("is no folder") } == [true, false], "\(others)")
        #expect(others.last?.contains("no program that can be run") == true, "\(others)")
        let hidden = try parse("feeds: [{name: a, file: /home/kari/a.csv, allow: [name]}]")
        #expect(hidden.feedNotes(isService: true).first?.contains("does not see") == true)
    }

    @Test("A password's file that is not there is a mistake with its line")
    func missing() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("secret")
        let yaml =
            "systems:\n  - name: c\n    kind: solteq\n    client_id: c\n    client_secret: \(path)\n    allow: [name]\n"
        let faults = try parse(yaml).fileFaults()
        #expect(faults.count == 1 && faults[0].hasPrefix("store.yaml:5:20: "), "\(faults)")
    }
}
