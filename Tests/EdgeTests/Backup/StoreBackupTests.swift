import Cards
import CountertopClient
import Customers
import Foundation
import Storage
import Testing

@testable import Edge

@Suite("Backup and replacement")
struct StoreBackupTests {
    @Test("A new box takes the old one's place: its tills and its identity, and its scans are numbered in a new epoch")
    func replacement() async throws {
        let box = try Box()
        let (epoch, authority) = try await box.run { rig in
            try await rig.withTill { edge in
                let position = try await edge.lanes.enter(lane: "1", code: "CU00000KARINORDAS")
                // While the edge runs.
                let manifest = try box.backUp()
                #expect(manifest.files.contains { $0.name == "state/tills.db" })
                #expect(manifest.files.contains { $0.name == "key" && $0.bytes > 0 })
                return (position.epoch, try box.authority())
            }
        }
        let other = try Box()
        let told = try StoreRestoring(
            box.archive, configurationPath: other.configurationPath, keepsConfiguration: true
        ).run()
        #expect(told.last?.contains("new epoch") == true)
        try await other.run { rig in
            #expect(try other.authority() == authority)
            try await rig.withTill { edge in
                let next = try await edge.lanes.enter(lane: "1", code: "CU00000KARINORDAS")
                #expect(next.epoch > epoch)
            }
        }
    }

    @Test("The backup is its owner's alone, and is not written over another file")
    func owner() async throws {
        let box = try Box()
        try await box.run { _ in _ = try box.backUp() }
        #expect(FileFacts(box.archive)?.mode == 0o600)
        #expect(throws: EdgeError.self) { try box.backUp() }
        let left = try FileManager.default.contentsOfDirectory(atPath: box.directory.path)
        #expect(!left.contains { $0.contains(".new-") || $0.contains(".part-") }, "\(left)")
    }

    @Test("Nothing is put back while an edge runs")
    func running() async throws {
        let box = try Box()
        try await box.run { _ in
            _ = try box.backUp()
            let error = #expect(throws: EdgeError.self) { try box.restore() }
            #expect(error?.message.contains("Stop it first") == true)
        }
    }

    @Test("A backup that is not whole is refused, and nothing is changed")
    func broken() async throws {
        let box = try Box()
        try await box.run { _ in _ = try box.backUp() }
        var bytes = try Data(contentsOf: URL(fileURLWithPath: box.archive))
        bytes = bytes.prefix(bytes.count / 2)
        try bytes.write(to: URL(fileURLWithPath: box.archive))
        #expect(throws: EdgeError.self) { try box.restore() }
        let left = try FileManager.default.contentsOfDirectory(atPath: box.directory.path)
        #expect(!left.contains { $0.contains(".before-") }, "\(left)")
    }

    @Test("Without the key it says so before anything is changed")
    func withoutKey() async throws {
        let box = try Box()
        try await box.run { _ in _ = try box.backUp(holdsKey: false) }
        try FileManager.default.removeItem(atPath: box.configuration.keyPath)
        let error = #expect(throws: EdgeError.self) { try box.restore() }
        #expect(error?.message.contains("without the key") == true)
    }

    @Test(
        "A key that stands among the state is there afterwards, with and without one in the backup",
        arguments: [true, false])
    func keyInState(inBackup holdsKey: Bool) async throws {
        let box = try Box(hasKeyInState: true)
        try await box.run { _ in _ = try box.backUp(holdsKey: holdsKey) }
        let key = try Data(contentsOf: URL(fileURLWithPath: box.configuration.keyPath))
        _ = try box.restore()
        #expect(try Data(contentsOf: URL(fileURLWithPath: box.configuration.keyPath)) == key)
        let kari = try await box.run { rig in
            try await rig.withTill { try await $0.customers.resolve(code: SampleStore.kariCard).customer }
        }
        #expect(kari != nil)
    }

    @Test("Another key than that of the files is said to be another one, by the backup and by what puts it back")
    func otherKey() async throws {
        let box = try Box()
        try await box.run { _ in _ = try box.backUp(holdsKey: false) }
        let key = box.configuration.keyPath
        let kept = try String(contentsOfFile: key, encoding: .utf8)
        try FileManager.default.removeItem(atPath: key)
        // As a fresh installation has made one.
        try EdgeKey.create(at: key)
        let error = #expect(throws: EdgeError.self) { try box.restore() }
        #expect(error?.message.contains("is another one") == true)
        let left = try FileManager.default.contentsOfDirectory(atPath: box.directory.path)
        #expect(!left.contains { $0.contains(".before-") }, "\(left)")
        try FileManager.default.removeItem(atPath: box.archive)
        let refused = #expect(throws: EdgeError.self) { try box.backUp() }
        #expect(refused?.message.contains("is not the key under which") == true)
        try kept.write(toFile: key, atomically: true, encoding: .utf8)
        chmod(key, 0o600)
        _ = try box.backUp()
    }

    @Test("The store's own cards, its members and the passwords of the configuration come along")
    func cardsAndMembers() async throws {
        let box = try Box(hasCards: true)
        let member = Member(
            subject: "sub-1", customer: "c-1", record: nil, permissions: [], enrolledAt: Date(timeIntervalSince1970: 1))
        let code = try await box.run { rig in
            let members = try box.members()
            try members.keep(member, of: "vipps")
            members.close()
            return try await rig.withTill { till in
                let kari = try await till.customers.resolve(code: SampleStore.kariCard).customer?.id ?? ""
                let card = try await till.cards.issue(customer: kari, by: .none)
                let manifest = try box.backUp()
                #expect(manifest.missing == [box.directory.file("mail.password")])
                #expect(manifest.schemas.keys.sorted() == ["cards.db", "journal.db", "members.db", "tills.db"])
                return card.code
            }
        }
        let other = try Box(hasCards: true, beside: box)
        let linkKey = try Data(contentsOf: URL(fileURLWithPath: box.configuration.statePath + "/cards.key"))
        for name in ["sms.token", "key"] { try FileManager.default.removeItem(atPath: box.directory.file(name)) }
        let told = try StoreRestoring(
            box.archive, configurationPath: other.configurationPath, keepsConfiguration: true
        ).run()
        #expect(told.contains { $0.contains("to be brought") && $0.contains("mail.password") }, "\(told)")
        #expect(try String(contentsOfFile: box.directory.file("sms.token"), encoding: .utf8) == "t0ken")
        #expect(FileFacts(box.directory.file("sms.token"))?.mode == 0o600)
        #expect(try Data(contentsOf: URL(fileURLWithPath: other.configuration.statePath + "/cards.key")) == linkKey)
        let members = try other.members()
        #expect(try members.members(customer: "c-1") == [member])
        members.close()
        try await other.run { rig in
            try await rig.withTill { till in
                let scanned = try await till.customers.resolve(code: code)
                #expect(scanned.kind != .unknown)
            }
        }
    }

    @Test("A till that renewed its certificate after the backup comes in, and who was revoked since is told of")
    func renewedSince() async throws {
        let box = try Box()
        let (first, renewed) = try await box.run { store in
            let rig = NetworkRig(store: store)
            let first = try await rig.pair().credentials
            _ = try await rig.withPaired(first) { try await $0.health.check() }
            _ = try box.backUp()
            // Certificates tell seconds.
            let second = Date().timeIntervalSince1970.rounded(.down)
            while Date().timeIntervalSince1970.rounded(.down) == second { await Task.yield() }
            let renewed = try await rig.withPaired(first) { try await $0.pairing.renew() }
            _ = try await rig.withPaired(renewed) { try await $0.health.check() }
            return (first, renewed)
        }
        let told = try box.restore()
        #expect(told.contains { $0.contains("revoke and erase them again") }, "\(told)")
        try await box.run { store in
            let rig = NetworkRig(store: store)
            let refusals = [
                await refusal { try await rig.withPaired(renewed) { _ = try await $0.health.check() } },
                await refusal { try await rig.withPaired(renewed) { _ = try await $0.health.check() } },
                await refusal { try await rig.withPaired(first) { _ = try await $0.health.check() } },
            ]
            #expect(refusals == ["", "", "CERTIFICATE_SUPERSEDED"])
            #expect(store.log.text.contains("was taken up"))
        }
    }

    @Test("On a stick that knows no links the backup takes its place all the same, and never another file's")
    func withoutLinks() throws {
        let directory = try TemporaryDirectory()
        let (draft, target) = (directory.file("draft"), directory.file("backup"))
        // FAT answers link(2) with EPERM.
        let link: (String, String) -> Int32 = { _, _ in
            errno = EPERM
            return -1
        }
        try "new".write(toFile: draft, atomically: true, encoding: .utf8)
        #expect(Archive.place(draft, at: target, link: link))
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "new")
        #expect(access(draft, F_OK) != 0)
        try "newer".write(toFile: draft, atomically: true, encoding: .utf8)
        #expect(!Archive.place(draft, at: target, link: link))
        #expect(!Archive.place(draft, at: target))
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "new")
        #expect(!Archive.place(directory.file("nothing"), at: directory.file("other"), link: link))
        #expect(access(directory.file("other"), F_OK) != 0, "A file of nothing is left")
    }

    @Test(
        "A backup names no file outside of the places that backups have",
        arguments: ["files/../etc/passwd", "files//etc/passwd", "files/etc/./x", "files", "/etc/passwd", "state/../x"])
    func names(_ name: String) {
        #expect(!BackupManifest.isKnown(name))
    }

    @Test("Another configuration says where everything goes: it stays, and nothing that it does not name is touched")
    func elsewhere() async throws {
        let box = try Box(hasCards: true)
        try await box.run { _ in _ = try box.backUp() }
        let before = try box.directory.contents()
        let other = try Box()
        let yaml = try String(contentsOfFile: other.configurationPath, encoding: .utf8)
        let told = try StoreRestoring(
            box.archive, configurationPath: other.configurationPath, keepsConfiguration: true
        ).run()
        #expect(try box.directory.contents() == before)
        #expect(try String(contentsOfFile: other.configurationPath, encoding: .utf8) == yaml)
        #expect(FileFacts(other.configuration.statePath + "/journal.db") != nil)
        let token = box.directory.file("sms.token")
        #expect(told.contains { $0.hasPrefix("\(token) was left in the backup") }, "\(told)")
    }

    @Test(
        "A configuration that is to say where everything goes and is not there is asked for before anything is changed")
    func nowhere() async throws {
        let box = try Box()
        try await box.run { _ in _ = try box.backUp() }
        let before = try box.directory.contents()
        let error = #expect(throws: EdgeError.self) {
            try StoreRestoring(
                box.archive, configurationPath: box.directory.file("none/other.yaml"), keepsConfiguration: true
            ).run()
        }
        #expect(error?.message.contains("Nothing was changed") == true)
        #expect(try box.directory.contents() == before)
        // What it says to type prints the backup's own.
        let command = error?.message.split(separator: ": ").last.map(String.init) ?? ""
        #expect(command.hasPrefix("tar "))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        #expect(printed == FileManager.default.contents(atPath: box.configurationPath))
    }

    @Test("On a box that has no folder for the configuration yet, it is made, and said so")
    func bareBox() async throws {
        let box = try Box()
        try await box.run { _ in _ = try box.backUp() }
        let path = box.directory.file("etc/countertop/countertop.yaml")
        let told = try StoreRestoring(box.archive, configurationPath: path, keepsConfiguration: false).run()
        #expect(told.first == "\(box.directory.file("etc/countertop")) was not there, and was made.", "\(told)")
        #expect(
            FileManager.default.contents(atPath: path) == FileManager.default.contents(atPath: box.configurationPath))
    }

    @Test("A backup that is refused makes no folder on a box that has none")
    func refusedOnABareBox() async throws {
        let box = try Box()
        try Data("no backup".utf8).write(to: URL(fileURLWithPath: box.archive))
        let before = try box.directory.contents()
        let path = box.directory.file("etc/countertop/countertop.yaml")
        #expect(throws: EdgeError.self) {
            try StoreRestoring(box.archive, configurationPath: path, keepsConfiguration: false).run()
        }
        #expect(try box.directory.contents() == before)
    }

    @Test("What is there is kept under another name")
    func kept() async throws {
        let box = try Box()
        try await box.run { _ in _ = try box.backUp() }
        _ = try box.restore()
        let left = try FileManager.default.contentsOfDirectory(atPath: box.directory.path)
        #expect(left.contains { $0.hasPrefix("state.before-") }, "\(left)")
        #expect(FileFacts(box.configuration.statePath)?.mode == 0o700)
        #expect(FileFacts(box.configuration.statePath + "/journal.db")?.mode == 0o600)
    }
}

/// A machine with an edge on the network, and its files.
private struct Box {
    let directory: TemporaryDirectory
    let configuration: EdgeConfiguration

    var configurationPath: String { directory.file("store.yaml") }
    var archive: String { directory.file("backup.tar.gz") }

    /// - Parameters:
    ///   - hasCards: whether the store issues cards; the gateway's token is there, and the mail's password is not.
    ///   - other: a machine on which the files that the configuration names have the same paths.
    init(hasCards: Bool = false, hasKeyInState: Bool = false, beside other: Box? = nil) throws {
        directory = try TemporaryDirectory()
        let named = other?.directory ?? directory
        let cards = """
            cards:
              links: https://cards.example
              sms: {url: "http://127.0.0.1:1/messages", token: \(named.file("sms.token"))}
              email: {host: 127.0.0.1, port: 1, security: none, from: a@b.example, password: \(named.file("mail.password"))}
            """
        let yaml = """
            store: {name: Storgata, region: "NO", company: sample}
            state: \(directory.file("state"))
            key: \(directory.file(hasKeyInState ? "state/key" : "key"))
            listen: {unix: \(directory.file("edge.sock"))}
            network: {host: 127.0.0.1, port: 0}
            usb: virtual
            sample_store: true
            \(hasCards ? cards : "")
            """
        try yaml.write(toFile: directory.file("store.yaml"), atomically: true, encoding: .utf8)
        configuration = try EdgeConfiguration.parse(yaml: yaml, file: "store.yaml")
        guard hasCards, other == nil else { return }
        try Data("t0ken".utf8).write(to: URL(fileURLWithPath: directory.file("sms.token")))
        chmod(directory.file("sms.token"), 0o600)
    }

    func members() throws -> MemberRegister {
        try MemberRegister(
            path: configuration.statePath + "/members.db",
            vault: Vault(key: try StoreKey.loadOrCreate(at: configuration.keyPath)), company: "sample")
    }

    func run<Result>(_ body: (StoreRig) async throws -> Result) async throws -> Result {
        try await StoreRig.with(directory: directory, { $0 = configuration }, body)
    }

    func backUp(holdsKey: Bool = true) throws -> BackupManifest {
        try StoreBackup(configuration, path: configurationPath, holdsKey: holdsKey, holdsCustomers: false)
            .write(to: archive)
    }

    func restore() throws -> [String] {
        try StoreRestoring(archive, configurationPath: configurationPath, keepsConfiguration: false).run()
    }

    func authority() throws -> String {
        try String(contentsOfFile: configuration.statePath + "/identity/authority.pem", encoding: .utf8)
    }
}
