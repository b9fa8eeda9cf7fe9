import ArgumentParser
import CountertopClient
import Edge
import Foundation
import Glibc
import Testing

@testable import countertop

@Suite("What the doctor makes of an installation")
struct ExaminationTests {
    @Test("An installation that is as it should be has nothing wrong")
    func healthy() {
        let examination = Examination(.healthy)
        let bad = examination.findings.filter { $0.severity > .fine }
        #expect(bad.map(\.check) == ["devices"], "No device is plugged in there, and nothing else is amiss.")
    }

    /// What is changed of a healthy installation, what is found, and what the command begins with.
    struct Case: Sendable, CustomTestStringConvertible {
        let check: String
        let severity: Diagnosis.Severity
        let command: String?
        let change: @Sendable (inout Installation) -> Void

        var testDescription: String { "\(check): \(command ?? "no command")" }
    }

    static let cases: [Case] = [
        Case(check: "configuration", severity: .wrong, command: "sudoedit /etc/countertop") {
            $0.configurationFaults = ["store.yaml:3:1: 'lnaes' is no setting."]
        },
        Case(check: "configuration", severity: .wrong, command: "countertop config check /etc/countertop") {
            $0.fileFaults = ["store.yaml:5:20: The credential file /etc/c cannot be read."]
        },
        Case(check: "configuration", severity: .warning, command: "countertop config check /etc/countertop") {
            $0.feedNotes = ["store.yaml:9:11: note: /srv/members.csv is not there."]
        },
        Case(check: "service", severity: .wrong, command: "journalctl -u countertop") { $0.service = "failed" },
        Case(check: "service", severity: .wrong, command: "sudo systemctl enable --now") { $0.service = "inactive" },
        Case(check: "service", severity: .unknown, command: nil) { $0.service = nil },
        Case(check: "groups", severity: .wrong, command: "sudo groupadd --system countertop-till") {
            $0.missingGroups = ["countertop-till"]
        },
        Case(check: "udev rules", severity: .wrong, command: "countertop udev-rules | sudo tee") { $0.ruleFiles = [] },
        Case(check: "clock", severity: .wrong, command: "sudo timedatectl") {
            $0.now = Date(timeIntervalSince1970: 0)
        },
        Case(check: "clock", severity: .warning, command: "sudo apt install systemd-timesyncd") {
            $0.isClockSynchronised = false
        },
        Case(check: "disk", severity: .warning, command: "sudo journalctl --vacuum") {
            $0.disk?.freeBytes = 400_000_000
        },
        Case(check: "disk", severity: .wrong, command: "sudo journalctl --vacuum") { $0.disk?.freeBytes = 1_000 },
        Case(check: "disk", severity: .wrong, command: "sudo dmesg") { $0.disk?.isReadOnly = true },
        Case(check: "state", severity: .wrong, command: "sudo chmod 700") { $0.state?.mode = 0o755 },
        Case(check: "state", severity: .wrong, command: "sudo apt install ./countertop_") { $0.files[0].schema = 99 },
        Case(check: "files", severity: .wrong, command: "sudo dmesg") {
            $0.files[0].integrity = .damaged("journal.db is damaged.")
        },
        Case(check: "files", severity: .unknown, command: "sudo sqlite3 -readonly /var/lib/countertop/journal.db") {
            $0.files[0].integrity = .late
        },
        Case(check: "files", severity: .fine, command: nil) { $0.files[0].integrity = .whole },
        Case(check: "key", severity: .wrong, command: "sudo chmod 600") { $0.key?.mode = 0o644 },
        Case(check: "key", severity: .wrong, command: nil) { $0.key = nil },
        Case(check: "key", severity: .wrong, command: nil) { $0.keyOpens = false },
        Case(check: "key", severity: .wrong, command: nil) { $0.keyFault = "The key file does not hold a key." },
        Case(check: "certificates", severity: .wrong, command: "sudo countertop restore") {
            $0.missingIdentity = ["edge-key.pem"]
        },
        Case(check: "ports", severity: .wrong, command: "sudo systemctl restart") { $0.ports[0].isAnswered = false },
        Case(check: "ports", severity: .wrong, command: "sudo ss -ltnp") { $0.status = nil },
        Case(check: "discovery", severity: .warning, command: "sudo apt install avahi-daemon") {
            $0.isAvahiRunning = nil
        },
        Case(check: "discovery", severity: .warning, command: "sudo systemctl enable --now avahi") {
            $0.isAvahiRunning = false
        },
        Case(
            check: "discovery", severity: .warning,
            command: "sudo cp /usr/share/countertop/avahi/countertop.service /etc/avahi/services/countertop.service"
        ) { $0.announcement = nil },
        Case(check: "discovery", severity: .warning, command: "sed 's/7433/8443/' /usr/share/countertop/avahi") {
            $0.tillPort = 8443
        },
        Case(check: "discovery", severity: .warning, command: "sudo rm /etc/avahi/services/countertop.service") {
            $0.isOnNetwork = false
        },
        Case(check: "udev rules", severity: .warning, command: "sudo rm /etc/udev/rules.d/60-countertop.rules") {
            $0.ruleFiles?.insert("/etc/udev/rules.d/60-countertop.rules", at: 0)
        },
        Case(check: "edge", severity: .unknown, command: "sudo countertop doctor") {
            $0.status = nil
            $0.isRefused = true
        },
        Case(check: "ports", severity: .fine, command: nil) {
            $0.status = nil
            $0.isRefused = true
        },
        Case(check: "state", severity: .unknown, command: "sudo countertop doctor") { $0.files[0].isHidden = true },
        Case(check: "places", severity: .wrong, command: "sudo install -d -m 700 -o countertop") {
            $0.places = places("state: /data/countertop")
        },
        Case(check: "edge", severity: .wrong, command: "journalctl -u countertop") { $0.status = nil },
        Case(check: "edge", severity: .warning, command: "df -h") {
            $0.status?.findings = [Finding(reason: "JOURNAL_UNWRITABLE", message: "The disk is full.")]
        },
        Case(check: "edge", severity: .warning, command: "sudo countertop key retire") {
            $0.status?.findings = [Finding(reason: "KEY_RETIRABLE", message: "Nothing needs the key before.")]
        },
        Case(check: "edge", severity: .fine, command: "sudo countertop status --watch") {
            $0.status?.findings = [Finding(reason: "KEY_CHANGING", message: "The store's key was changed.")]
        },
        Case(check: "edge", severity: .wrong, command: "df -h") {
            $0.status?.findings = [Finding(reason: "REPLICA_UNREADABLE", message: "Nobody is recognised.")]
        },
        Case(check: "sources", severity: .warning, command: "sudo countertop config check /etc/countertop") {
            $0.status?.findings = [Finding(reason: "SOURCE_FILE_MISSING", message: "/srv/members.csv is not there.")]
        },
        Case(check: "sources", severity: .warning, command: "sudo countertop customers feeds") {
            $0.status?.findings = [Finding(reason: "SOURCE_DOWN", message: "The feed does not answer.")]
        },
        Case(check: "sources", severity: .warning, command: "sudo countertop customers feeds") {
            $0.status?.replica?.ageMs = 3 * 86_400_000
        },
        Case(check: "systems", severity: .warning, command: "sudo countertop systems check poster") {
            $0.status?.systems = [OutsideSystem(name: "poster", state: .failing, failure: "it refuses the token")]
        },
        Case(check: "systems", severity: .warning, command: "sudo countertop outbox list") {
            $0.status?.outboxSystems = [OutboxSystem(name: "poster", served: true, down: true, failure: "it times out")]
        },
    ]

    @Test("Each thing that can be amiss is found, with what mends it", arguments: cases)
    func amiss(_ amiss: Case) throws {
        var installation = Installation.healthy
        amiss.change(&installation)
        let found = Examination(installation).findings.filter {
            $0.check == amiss.check && $0.severity == amiss.severity
        }
        let finding = try #require(found.first, "\(amiss.check)")
        #expect(!finding.message.isEmpty)
        if let command = amiss.command {
            #expect(finding.command?.hasPrefix(command) == true, "\(finding.command ?? "none")")
        } else {
            #expect(finding.command == nil)
        }
    }

    @Test("Every fault of the configuration is a finding of its own")
    func faults() {
        var installation = Installation.healthy
        installation.configurationFaults = ["store.yaml:3:1: one.", "store.yaml:7:1: another."]
        let found = Examination(installation).findings.filter { $0.check == "configuration" }
        #expect(found.map(\.severity) == [.wrong, .wrong])
    }

    @Test("Of a store that was named, each command of this program's names it alike, and none is the service's")
    func given() throws {
        let config = "/srv/two stores/store.yaml"
        // Its places are told to the service alone, of whose configuration they are.
        for one in Self.cases where one.check != "places" {
            var installation = Installation.healthy
            installation.configurationPath = config
            installation.given = GivenPlace(config: config, edge: "/run/two/edge.sock")
            one.change(&installation)
            for line in Examination(installation).findings.compactMap(\.command).flatMap({ $0.split(separator: "\n") })
            where !line.hasPrefix("#") {
                #expect(!line.contains("systemctl restart countertop") && !line.contains("-u countertop"), "\(line)")
                for command in line.components(separatedBy: " && ").map({ $0.replacing("sudo ", with: "") })
                where command.hasPrefix("countertop ") && !command.contains("key create") && !command.contains("udev") {
                    #expect(command.contains("'\(config)'"), "\(command)")
                    let isOfFile = ["config check", "run", "restore"].contains { command.hasPrefix("countertop \($0)") }
                    #expect(isOfFile || command.hasSuffix(" --edge /run/two/edge.sock"), "\(command)")
                }
            }
        }
    }

    /// Every reason that the edge's sources give a finding, beside those of calls.
    private static func reasons() throws -> Set<String> {
        let folder = Program.root.appending(path: "Sources/Edge")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var found: Set<String> = []
        for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            let pattern = /(?:reason: |note\(\s*)"([A-Z]+_[A-Z_]+)"/
            for match in text.matches(of: pattern) { found.insert(String(match.1)) }
        }
        return found
    }

    @Test("Each reason of the edge's has a command of its own that mends it or says more")
    func remedies() throws {
        let reasons = try Self.reasons()
        #expect(reasons.count > 12 && reasons.contains("SOURCE_MISSING"), "\(reasons)")
        let examination = Examination(.healthy)
        let unheard = examination.remedy("UNHEARD_OF").command
        for reason in reasons { #expect(examination.remedy(reason).command != unheard, "\(reason)") }
    }

    @Test("Each command of this program's that the doctor names is one that it has")
    func commands() throws {
        var lines: [String] = []
        for one in Self.cases {
            var installation = Installation.healthy
            one.change(&installation)
            lines += Examination(installation).findings.compactMap(\.command)
        }
        lines += try Self.reasons().map { Examination(.healthy).remedy($0).command }
        let commands = Set(
            lines.flatMap { $0.split(separator: "\n") }.flatMap { $0.components(separatedBy: " && ") }
                .map { $0.hasPrefix("sudo ") ? String($0.dropFirst(5)) : $0 }
                .filter { $0.hasPrefix("countertop ") }.map { $0.components(separatedBy: " | ")[0] })
        #expect(commands.count > 4, "\(commands)")
        for command in commands {
            let words = command.split(separator: " ").dropFirst().map(String.init)
            #expect(throws: Never.self, "\(command)") { try Countertop.parseAsRoot(words) }
        }
    }

    @Test("What the doctor says of an installed machine's files is so in the package")
    func packaged() throws {
        let build = try String(contentsOf: Program.root.appending(path: "packaging/build"), encoding: .utf8)
        #expect(build.contains(" \(Examination.announcing)\n"))
        let avahi = try String(
            contentsOf: Program.root.appending(path: "packaging/avahi/countertop.service"), encoding: .utf8)
        #expect(Installation.Announcement(path: "", text: avahi)?.port == Examination.announcedPort)
        let unit = try String(
            contentsOf: Program.root.appending(path: "packaging/systemd/countertop.service"), encoding: .utf8)
        #expect(unit.contains("LoadCredential=key:\(UnitPlaces.key)\n"))
        #expect(unit.contains("StateDirectory=\(UnitPlaces.state.split(separator: "/").last ?? "")\n"))
        #expect(unit.contains("RuntimeDirectory=\(UnitPlaces.runtime.split(separator: "/").last ?? "")\n"))
    }

    /// What the service would say to a configuration.
    private static func places(_ yaml: String) -> UnitPlaces? {
        (try? EdgeConfiguration.parse(yaml: yaml, file: "store.yaml")).map { UnitPlaces($0) }
    }

    @Test("Other places than the service's are told with the lines of its drop-in, and its own with none")
    func otherPlaces() throws {
        #expect(Self.places("store: {name: a}")?.command == nil)
        let key = try #require(Self.places("key: /srv/key"))
        #expect(key.lines == ["LoadCredential=key:/srv/key"] && key.differences.count == 1)
        let socket = try #require(Self.places("listen: {unix: /run/kassa/edge.sock}"))
        #expect(socket.lines == ["RuntimeDirectory=countertop kassa"])
        let home = try #require(Self.places("state: /home/anna/state"))
        #expect(home.command == nil && home.differences.first?.contains("does not see") == true)
    }

    @Test("While no edge runs, the store's files are read through, and one that is damaged is found")
    func integrity() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ct-doctor-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let config = folder.appending(path: "store.yaml").path
        try """
        state: \(folder.path)/state
        key: \(folder.path)/key
        listen: {port: 0, unix: \(folder.path)/edge.sock}
        usb: virtual
        sample_store: true
        """.write(toFile: config, atomically: true, encoding: .utf8)
        let edge = try RunningProgram(["run", "--config", config])
        await edge.waitFor(errors: "Ready.")
        edge.terminate()
        _ = await edge.status()
        func files() async throws -> [Diagnosis] {
            let done = try await Program.run(["doctor", "--config", config, "--json"])
            return try JSONDecoder().decode([Diagnosis].self, from: Data(done.output.utf8)).filter {
                $0.check == "files"
            }
        }
        #expect(try await files().map(\.severity) == [.fine])
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: "\(folder.path)/state/replica.db"))
        let bytes = try file.seekToEnd()
        try #require(bytes > 8_192)
        try file.seek(toOffset: 4_096)
        try file.write(contentsOf: Data(repeating: 0xAA, count: Int(bytes) - 4_096))
        try file.close()
        let found = try await files()
        #expect(found.map(\.severity) == [.wrong] && found[0].message.contains("replica.db"), "\(found)")
        #expect(found[0].message.contains("sources bring the customers again"))
    }

    @Test("A port is probed at its own address, and one that nobody has is not answered")
    func probe() throws {
        for (host, family) in [("127.0.0.1", AF_INET), ("::1", AF_INET6)] {
            let listener = socket(family, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(listener) }
            var hints = addrinfo()
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
            var list: UnsafeMutablePointer<addrinfo>?
            try #require(getaddrinfo(host, "0", &hints, &list) == 0)
            defer { freeaddrinfo(list) }
            let address = try #require(list?.pointee)
            guard bind(listener, address.ai_addr, address.ai_addrlen) == 0 else { continue }
            var bound = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let port = withUnsafeMutablePointer(to: &bound) { pointer in
                pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { inner in
                    inner.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(listener, $0, &length) }
                    return Int(UInt16(bigEndian: inner.pointee.sin_port))
                }
            }
            #expect(!PortProbe.isAnswered(host: host, port: port))
            try #require(listen(listener, 1) == 0)
            #expect(PortProbe.isAnswered(host: host, port: port))
        }
    }

    @Test("The worst finding is the examination's, and what cannot be told is no fault")
    func severity() {
        var installation = Installation.healthy
        installation.service = nil
        installation.devices = nil
        #expect(Examination(installation).severity == .unknown)
        installation.announcement = nil
        #expect(Examination(installation).severity == .warning)
        installation.key?.mode = 0o666
        #expect(Examination(installation).severity == .wrong)
    }
}

extension Installation {
    /// One that is as it should be, with nothing plugged in.
    fileprivate static var healthy: Installation {
        var installation = Installation()
        installation.isRoot = true
        installation.ruleFiles = ["/lib/udev/rules.d/60-countertop.rules"]
        installation.missingGroups = []
        installation.service = "active"
        installation.devices = []
        installation.isClockSynchronised = true
        installation.now = Examination.earliestTime + 1
        installation.disk = Disk(freeBytes: 60_000_000_000, totalBytes: 120_000_000_000, isReadOnly: false)
        installation.state = File(owner: "countertop", mode: 0o700)
        installation.files = [StateFileFacts(name: "journal.db", schema: 2, schemaKnown: 2, contents: "the scans")]
        installation.key = File(owner: "root", mode: 0o600)
        installation.isOnNetwork = true
        installation.missingIdentity = []
        installation.ports = [Port(number: 7433, purpose: "tills", isAnswered: true)]
        installation.isAvahiRunning = true
        installation.announcement = Announcement(path: Examination.announced, port: 7433)
        installation.tillPort = 7433
        installation.status = StatusAnswer(
            version: "0.1.0", store: "Storgata", state: .serving,
            replica: ReplicaStanding(customers: 1_200, ageMs: 60_000, complete: true))
        return installation
    }
}
