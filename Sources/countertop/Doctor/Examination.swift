import CountertopClient
import Devices
import Edge
import Foundation
import USB

/// The rules of `countertop doctor`: what the facts of an installation mean, and what to do.
struct Examination {
    /// Less than this on the disk of the state, and the next days will fill it.
    static let diskFreeBytesMin: UInt64 = 500_000_000
    /// What was never before this program was written, so that a clock which says so is wrong.
    static let earliestTime = Date(timeIntervalSince1970: 1_767_225_600)
    /// How old the local copy may be before somebody should know.
    static let replicaAgeMax: Duration = .seconds(2 * 86_400)

    private(set) var findings: [Diagnosis] = []
    let facts: Installation

    init(_ facts: Installation) {
        self.facts = facts
        configuration()
        service()
        places()
        groups()
        rules()
        devices()
        clock()
        disk()
        state()
        integrity()
        key()
        certificates()
        ports()
        discovery()
        edge()
        sources()
        systems()
    }

    /// The worst of all.
    var severity: Diagnosis.Severity { findings.map(\.severity).max() ?? .fine }

    /// What starts the edge again.
    var restart: String {
        facts.given.isInstalled
            ? "sudo systemctl restart countertop"
            : "\(ending)\n\(run)"
    }

    /// What starts an edge that is not the service's.
    var run: String { "countertop run\(facts.given.configuration)" }

    /// How an edge ends that is not the service's; a shell passes over it.
    var ending: String { "# End the edge first: Ctrl-C where it was started." }

    /// What shows the edge's log.
    /// - Parameter options: of journalctl.
    func log(_ options: String) -> String {
        facts.given.isInstalled
            ? "journalctl -u countertop \(options)" : "# The edge's log is where it was started: \(run)"
    }

    /// A command of this program's for root, of the store that was named.
    func sudo(_ verb: String) -> String { "sudo \(facts.given.command(verb))" }

    mutating func add(
        _ check: String, _ severity: Diagnosis.Severity, _ message: String, _ command: String? = nil
    ) {
        findings.append(Diagnosis(check, severity, message, command: command))
    }

    private mutating func configuration() {
        let path = GivenPlace.quoted(facts.configurationPath)
        let check = "countertop config check \(path)"
        for fault in facts.configurationFaults {
            add(
                "configuration", .wrong, "\(fault) An edge does not start with it.", "sudoedit \(path) && sudo \(check)"
            )
        }
        for fault in facts.fileFaults { add("configuration", .wrong, fault, check) }
        for note in facts.feedNotes { add("configuration", .warning, note, check) }
        guard facts.configurationFaults.isEmpty, facts.fileFaults.isEmpty, facts.feedNotes.isEmpty else { return }
        add("configuration", .fine, "\(facts.configurationPath) can be read.")
    }

    private mutating func service() {
        guard facts.given.isInstalled else {
            return add(
                "service", .fine, "The service of this machine runs by another configuration, and is not looked at.")
        }
        switch facts.service {
        case nil: add("service", .unknown, "systemd does not run here, so nobody starts the edge again when it ends.")
        case "active": add("service", .fine, "The service runs.")
        case "not-found":
            add(
                "service", .warning, "The package is not installed, so nothing starts the edge with the machine.",
                "sudo apt install ./countertop_*.deb")
        case "failed":
            add("service", .wrong, "The service failed. Its last lines say why.", "journalctl -u countertop -n 50")
        case "activating":
            add(
                "service", .warning, "The service is starting, or starts again and again. Its last lines say why.",
                "journalctl -u countertop -n 50")
        default:
            add(
                "service", .wrong, "The service is stopped: no till is served and no scanner is read.",
                "sudo systemctl enable --now countertop")
        }
    }

    private mutating func places() {
        guard let places = facts.places else { return }
        for words in places.differences { add("places", .wrong, words, places.command) }
        if places.differences.isEmpty { add("places", .fine, "Key, state and socket are where the service has them.") }
    }

    private mutating func groups() {
        guard let missing = facts.missingGroups else {
            return add("groups", .unknown, "The groups of this machine could not be read.")
        }
        guard !missing.isEmpty else {
            return add("groups", .fine, "The groups countertop and countertop-till are there.")
        }
        add(
            "groups", .wrong,
            "Without \(missing.joined(separator: " and ")) nobody but root may open devices or use the socket.",
            missing.map { "sudo groupadd --system \($0)" }.joined(separator: " && "))
    }

    private mutating func rules() {
        guard let files = facts.ruleFiles else {
            return add("udev rules", .unknown, "The folders of udev's rules could not be read.")
        }
        let own = files.first { $0.hasPrefix("/etc/") && $0.hasSuffix("/\(UdevRules.fileName)") }
        if let own, files.contains(where: { !$0.hasPrefix("/etc/") }) {
            return add(
                "udev rules", .warning,
                "\(own) takes the place of the package's rules, and stays as it is when the package is upgraded.",
                "sudo rm \(own) && sudo udevadm control --reload && sudo udevadm trigger")
        }
        guard files.isEmpty else {
            return add("udev rules", .fine, "\(files.joined(separator: ", ")) gives scanners and displays to the edge.")
        }
        add(
            "udev rules", .wrong,
            "No rule gives scanners and displays to the group countertop, so the edge cannot open them.",
            DeviceDiagnosis.installing.split(separator: "\n").joined(separator: " && "))
    }

    private mutating func devices() {
        guard let plugged = facts.devices else {
            return add("devices", .unknown, "The USB ports could not be looked at.")
        }
        let meant = plugged.filter { $0.info.role != .other }
        if meant.isEmpty {
            add(
                "devices", .warning, "No scanner and no customer display that is known is plugged in.",
                facts.given.command("debug list"))
        }
        for facts in meant { examine(facts) }
    }

    /// What a technician is told of a device, too.
    private mutating func examine(_ facts: DeviceFacts) {
        let device = facts.info.device
        let name = "The \(facts.info.role.rawValue) at \(device.path) (\(device.identity))"
        let findings = DeviceDiagnosis.findings(facts).filter { $0.severity != .note }
        for finding in findings {
            add(
                finding.code == .driverless ? "kernel drivers" : "devices",
                finding.severity == .fault ? .wrong : .warning, "\(name): \(finding.what)",
                finding.fix.isEmpty ? nil : finding.fix)
        }
        if findings.isEmpty { add("devices", .fine, "\(name) is as it should be.") }
    }

    private mutating func clock() {
        if facts.now < Self.earliestTime {
            return add(
                "clock", .wrong,
                "The clock stands at \(facts.now.formatted(.iso8601)), long ago: certificates are refused, and scans bear wrong "
                    + "times.", "sudo timedatectl set-ntp true && timedatectl")
        }
        guard let isSynchronised = facts.isClockSynchronised else {
            return add("clock", .unknown, "Whether the clock is kept right could not be told.")
        }
        guard isSynchronised else {
            return add(
                "clock", .warning,
                "Nobody keeps the clock right. Once it is off by minutes, tills and systems refuse certificates.",
                "sudo apt install systemd-timesyncd && sudo timedatectl set-ntp true")
        }
        add("clock", .fine, "The clock is kept right.")
    }

    private mutating func disk() {
        guard let disk = facts.disk else {
            return add("disk", .unknown, "The disk of \(facts.statePath) could not be looked at.")
        }
        if disk.isReadOnly {
            return add(
                "disk", .wrong,
                "The disk of \(facts.statePath) cannot be written: scans go on, and are not written down.",
                "sudo dmesg --level=err | tail -n 20 && sudo mount -o remount,rw \"$(findmnt -n -o TARGET --target "
                    + "\(facts.statePath))\"")
        }
        let free = StatusText.size(disk.freeBytes)
        if disk.freeBytes < Self.diskFreeBytesMin {
            return add(
                "disk", disk.freeBytes < Self.diskFreeBytesMin / 50 ? .wrong : .warning,
                "Only \(free) are free on the disk of \(facts.statePath). When it is full, scans are not written down.",
                "sudo journalctl --vacuum-size=100M && sudo apt clean")
        }
        add("disk", .fine, "\(free) are free on the disk of \(facts.statePath).")
    }

    private mutating func state() {
        guard let state = facts.state else {
            guard facts.given.isInstalled else {
                return add("state", .warning, "\(facts.statePath) is not there yet: the first start makes it.", run)
            }
            return facts.isRoot || facts.status != nil
                ? add(
                    "state", facts.status == nil ? .wrong : .unknown, "\(facts.statePath) is not there.",
                    "sudo systemd-tmpfiles --create countertop.conf")
                : add(
                    "state", .unknown, "\(facts.statePath) may not be looked at by this user.", sudo("doctor")
                )
        }
        if state.mode & 0o077 != 0 {
            add(
                "state", .wrong, "Others than the edge may look into \(facts.statePath).",
                "sudo chmod 700 \(facts.statePath)")
        }
        let hidden = facts.files.filter(\.isHidden).map(\.name)
        if !hidden.isEmpty {
            add(
                "state", .unknown, "\(hidden.joined(separator: ", ")) may not be looked at by this user.",
                sudo("doctor"))
        }
        for file in facts.files where !file.isHidden {
            guard let schema = file.schema else {
                add("state", .fine, "\(file.name) is not there: it is made when it is needed.")
                continue
            }
            guard schema > file.schemaKnown else { continue }
            add(
                "state", .wrong,
                "\(file.name) was written by a newer version (schema \(schema), this one knows \(file.schemaKnown)). It holds "
                    + "\(file.contents), so it is left as it is and the edge does not start. Install the newer package again.",
                "sudo apt install ./countertop_*.deb")
        }
        if hidden.isEmpty, facts.files.allSatisfy({ ($0.schema ?? 0) <= $0.schemaKnown }) {
            add("state", .fine, "The files of \(facts.statePath) are of schemas that this version reads.")
        }
    }

    private mutating func integrity() {
        let looked = facts.files.filter { $0.integrity != nil }
        for file in looked {
            switch file.integrity {
            case .damaged(let words)?: damaged(file, words)
            case .late?:
                add(
                    "files", .unknown, "\(file.name) is large, and was not read through in the time that a look has.",
                    "sudo sqlite3 -readonly \(facts.statePath)/\(file.name) 'PRAGMA quick_check(1)'")
            case .unread?:
                add(
                    "files", .unknown, "\(file.name) could not be read through.",
                    "sudo dmesg --level=err | tail -n 20")
            case .whole?, nil: break
            }
        }
        if !looked.isEmpty, looked.allSatisfy({ $0.integrity == .whole }) {
            add("files", .fine, "\(looked.map(\.name).joined(separator: ", ")) are whole.")
        }
    }

    /// What becomes of a broken file when an edge starts, and what a person has to do before.
    private mutating func damaged(_ file: Installation.StateFileFacts, _ words: String) {
        let disk = "sudo dmesg --level=err | tail -n 20"
        if file.isRebuildable {
            return add(
                "files", .wrong,
                "\(words) The edge sets it aside when it starts, and its sources bring the customers again, but for those "
                    + "who were imported by hand.", disk)
        }
        guard file.name == "journal.db" else {
            return add(
                "files", .wrong,
                "\(words) It holds \(file.contents), and the edge does not start with it. Put it back from a "
                    + "backup.", "\(disk)\nsudo countertop restore BACKUP\(facts.given.configuration)")
        }
        add(
            "files", .wrong,
            "\(words) The edge sets it aside when it starts, and saves what can be read of it into a new one.", disk)
    }

    private mutating func key() {
        guard let key = facts.key else {
            guard facts.isRoot else {
                return add(
                    "key", .unknown, "\(facts.keyPath) may not be looked at by this user.", sudo("doctor"))
            }
            let isNew = facts.files.allSatisfy { $0.schema == nil }
            return add(
                "key", isNew ? .warning : .wrong,
                isNew
                    ? "\(facts.keyPath) is not there yet."
                    : "\(facts.keyPath) is missing, and what is in \(facts.statePath) cannot be read without it. Put it back from "
                        + "its copy.", isNew ? "sudo countertop key create \(facts.keyPath)" : nil)
        }
        guard key.mode & 0o077 == 0 else {
            return add(
                "key", .wrong,
                "Others may read \(facts.keyPath). Find out who could; what is sealed under it is no secret to them.",
                "sudo chmod 600 \(facts.keyPath)")
        }
        if let fault = facts.keyFault { return add("key", .wrong, fault, nil) }
        guard facts.keyOpens != false else {
            return add(
                "key", .wrong,
                "\(facts.keyPath) is not the key under which \(facts.statePath) is sealed, and the edge does not start with it. "
                    + "Put the right one back from its copy.", nil)
        }
        add("key", .fine, "\(facts.keyPath) is its owner's alone. Keep a copy where this machine is not.")
    }

    private mutating func certificates() {
        guard facts.isOnNetwork else {
            return add("certificates", .fine, "The edge is not on the network, so it needs none.")
        }
        guard facts.state != nil || !facts.isRoot else {
            return add("certificates", .fine, "The first start makes the edge's identity on the network.")
        }
        guard let missing = facts.missingIdentity else {
            return add(
                "certificates", .unknown, "\(facts.statePath)/identity may not be looked at by this user.",
                sudo("doctor"))
        }
        guard missing.isEmpty else {
            return add(
                "certificates", .wrong,
                "\(missing.joined(separator: ", ")) of \(facts.statePath)/identity \(missing.count == 1 ? "is" : "are") missing. Tills know the edge by it. Put what is missing "
                    + "back from a backup; only when every till may be paired anew, move the folder away.",
                "sudo countertop restore BACKUP\(facts.given.configuration)")
        }
        if let unrenewed = facts.status?.findings.first(where: { $0.reason == "CERTIFICATE_UNRENEWED" }) {
            return add("certificates", .wrong, unrenewed.message, restart)
        }
        add("certificates", .fine, "The edge's identity on the network is whole.")
    }

    private mutating func ports() {
        let isAway = facts.status?.findings.contains { $0.reason == "NETWORK_ADDRESS_MISSING" } ?? false
        for port in facts.ports where !isAway || !port.purpose.hasPrefix(InstallationLook.tills) {
            if facts.isEdgeThere, !port.isAnswered {
                add(
                    "ports", .wrong, "Nobody answers on port \(port.number) (\(port.purpose)), although the edge runs.",
                    restart)
            } else if !facts.isEdgeThere, port.isAnswered {
                add(
                    "ports", .wrong,
                    "Another program has port \(port.number) (\(port.purpose)), or an edge of another configuration.",
                    "sudo ss -ltnp 'sport = :\(port.number)'")
            } else {
                add(
                    "ports", .fine,
                    "Port \(port.number) (\(port.purpose)) is \(facts.isEdgeThere ? "answered" : "free").")
            }
        }
    }
}
