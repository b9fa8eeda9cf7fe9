import Foundation
import Systems
import Testing

@testable import Edge

@Suite struct SystemConfigurationTests {
    private func parse(_ systems: String, store: String = "company: nordmat") throws -> EdgeConfiguration {
        try EdgeConfiguration.parse(yaml: "store: {\(store)}\nsystems:\n" + systems, file: "store.yaml")
    }

    private static let solteq = "{name: cloud, kind: solteq, client_id: c, client_secret: /etc/c, allow: [name]}"

    private static let custobar =
        "{name: club, kind: custobar, url: 'https://c.example/api', key: /etc/k, allow: [name]}"

    private static func vipps(telling name: String) -> String {
        "{name: vipps, kind: vipps, client_id: c, client_secret: /etc/c, subscription_key: /etc/s, "
            + "merchant_serial_number: \"1\", tell: [\(name)]}"
    }

    @Test("A system's settings are read by the rules of its kind, and what is left out holds by its default")
    func read() throws {
        let system = try parse(
            """
              - name: cloud
                kind: solteq
                client_id: nordmat
                client_secret: solteq-secret
                allow: [name, customer_card]
                groups: [members]
                paths: {customers: /members/v1-ext/all}
                fields: {phone: [mobile, home]}
            """
        ).systems[0]
        #expect(system.name == "cloud" && system.kind == "solteq" && system.isEnabled)
        #expect(system.text("url") == "https://api.solteqpos.com")
        #expect(system.text("paths.customers") == "/members/v1-ext/all")
        #expect(system.text("paths.token") == "/connect/token")
        #expect(system.texts("fields.phone") == ["mobile", "home"])
        #expect(system.texts("fields.name") == ["firstName", "lastName"])
        #expect(system.allowed("allow") == [.name, .customerCard])
    }

    @Test("A table's names are read however they are quoted")
    func tables() throws {
        for names in ["{\"1\": \"11\", self-2: \"12\"}", "{1: \"11\", \"self-2\": 12}"] {
            let system = try parse(
                "  - {name: p, kind: poster, token: /t, allow: [name], orders: {spot: \"4\", tablets: \(names)}}"
            ).systems[0]
            #expect(system.table("orders.tablets") == ["1": "11", "self-2": "12"] && system.text("orders.spot") == "4")
        }
    }

    @Test(
        "A setting that cannot be used is named by its line and column",
        arguments: [
            ("- {name: a, kind: nosuch}", "store.yaml:3:21: 'systems[1].kind' cannot be 'nosuch'. It must be "),
            ("- {name: a}", "store.yaml:3:5: 'systems[1]' needs a kind"),
            ("- {name: a, kind: solteq, allow: [name]}", "store.yaml:3:5: 'systems[1]' needs client_id: "),
            (
                "- {name: a, kind: solteq, client_id: c, client_secret: /s, allow: [ssn]}",
                "store.yaml:3:70: 'ssn' is nothing that can be kept."
            ),
            (
                "- {name: a, kind: solteq, client_id: c, client_secret: /s, allow: [name], paths: {custmers: /}}",
                "store.yaml:3:85: 'systems[1].paths.custmers' is no setting. Known here: token, customers."
            ),
            (
                "- {name: a, kind: solteq, client_id: c, client_secret: /s, allow: [name], url: 'http://api.example'}",
                "store.yaml:3:82: 'systems[1].url' cannot be 'http://api.example'."
            ),
            (
                "- {name: a, kind: solteq, client_id: c, client_secret: /s, allow: [name], cardu: {enabled: true}}",
                "store.yaml:3:94: Cardu's customers are made in Cardu alone."
            ),
            (
                "- {name: a, kind: solteq, company: other, client_id: c, client_secret: /s, allow: [name]}",
                "store.yaml:3:38: System 'a' is of company 'other'"
            ),
            ("- \(solteq)\n  - \(solteq)", "'cloud' is the name of another system or feed."),
            (
                "- \(solteq)\n  - \(vipps(telling: "cloud"))",
                "'tell' names 'cloud', which takes no new customers. No system of this store does."
            ),
            (
                "- \(custobar)\n  - \(vipps(telling: "other"))",
                "'tell' names 'other', which takes no new customers. These do: club."
            ),
            (
                "- {name: p, kind: poster, token: /t, allow: [name], orders: {spot: \"1\"}}",
                "Orders need both: spot, and tablets with the register of each lane."
            ),
            (
                "- {name: p, kind: poster, token: /t, allow: [name], relay: {url: 'https://relay.example/n'}}",
                "A relay needs a key"
            ),
            (
                "- \(solteq)\n  - \(solteq.replacing("cloud", with: "second"))",
                "A company has one system of kind solteq, and another one is configured already."
            ),
        ])
    func mistakes(_ systems: String, _ message: String) {
        let error = #expect(throws: EdgeError.self) { try parse("  " + systems) }
        #expect(error?.code == .configurationInvalid)
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test("Two companies that share an account are told, and two stores of one company may")
    func shared() throws {
        let directory = try TemporaryDirectory()
        for (name, secret) in [("a", "s3cr3t"), ("b", "s3cr3t"), ("c", "0ther")] {
            try Data(secret.utf8).write(to: URL(fileURLWithPath: directory.file(name)))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: directory.file(name))
        }
        func store(_ company: String, _ secret: String) throws -> (file: String, configuration: EdgeConfiguration) {
            let system =
                "  - {name: cloud, kind: solteq, client_id: c, client_secret: \(directory.file(secret)), allow: [name]}"
            return ("\(company)-\(secret).yaml", try parse(system, store: "company: \(company)"))
        }
        let words = SharedCredentials.find([
            try store("nordmat", "a"), try store("nordmat", "b"), try store("other", "b"), try store("third", "c"),
        ])
        #expect(words.count == 1)
        #expect(
            words.first?.contains("other-b.yaml: client_secret of system cloud is the account of company nordmat")
                == true)
        #expect(words.first?.contains("s3cr3t") == false)
    }
}
