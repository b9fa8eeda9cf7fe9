import CountertopClient
import Devices
import Edge
import Foundation
import Glibc
import Transport
import USB

/// Finds the facts of this machine's installation out. It changes nothing, and takes no device from anybody.
struct InstallationLook {
    /// How long the edge, systemd and a port have to answer.
    private static let wait: Duration = .seconds(3)
    private static let ruleFolders = [
        "/etc/udev/rules.d", "/run/udev/rules.d", "/usr/lib/udev/rules.d", "/lib/udev/rules.d",
    ]
    private static let identityParts = ["authority-key.pem", "authority.pem", "edge-key.pem"]

    /// How long each of the store's files may take to be read through, in seconds.
    private static let integritySeconds = 20

    /// What the edge's ports on the network are for.
    static let tills = "tills"

    let place: StorePlace

    func facts() async -> Installation {
        var facts = Installation()
        let configurationPath = place.store.config
        facts.configurationPath = configurationPath
        facts.given = place.given
        facts.isRoot = geteuid() == 0
        let reading = ConfigurationReading(path: configurationPath)
        facts.configurationFaults = reading.faults.map(\.description)
        if let read = reading.configuration {
            let isService = UnitPlaces.govern(configurationPath)
            facts.fileFaults = read.fileFaults(handedOver: isService ? UnitCredentials() : nil)
            facts.feedNotes = read.feedNotes(isService: isService)
        }
        let configuration = reading.configuration ?? .installed
        facts.ruleFiles = Self.rules()
        facts.missingGroups = ["countertop", "countertop-till"].filter { getgrnam($0) == nil }
        facts.service = Self.service("countertop")
        facts.isClockSynchronised = Self.isClockSynchronised()
        lookAtState(configuration, &facts)
        await ask(configuration, &facts)
        if !facts.isEdgeThere { Self.readThrough(&facts) }
        facts.devices = configuration.ports == .virtual ? nil : await devices(configuration)
        lookAtNetwork(configuration, &facts)
        return facts
    }

    private func lookAtState(_ configuration: EdgeConfiguration, _ facts: inout Installation) {
        facts.statePath = configuration.statePath
        facts.keyPath = configuration.keyPath
        facts.state = Self.file(configuration.statePath)
        facts.key = Self.file(configuration.keyPath)
        facts.keyFault = facts.key.flatMap { _ in EdgeKey.fault(at: configuration.keyPath) }
        facts.keyOpens = EdgeKey.opens(state: configuration.statePath, with: configuration.keyPath)
        if UnitPlaces.govern(place.store.config) { facts.places = UnitPlaces(configuration) }
        facts.files = StateFile.all.map { file in
            let path = "\(configuration.statePath)/\(file.name)"
            return Installation.StateFileFacts(
                name: file.name, schema: StateFile.schema(of: path), schemaKnown: file.schemaVersion,
                contents: file.contents, isHidden: access(path, R_OK) != 0 && errno == EACCES,
                isRebuildable: file.isRebuildable)
        }
        var space = statvfs()
        var path = configuration.statePath
        while statvfs(path, &space) != 0, path.count > 1 { path = (path as NSString).deletingLastPathComponent }
        facts.disk = Installation.Disk(
            freeBytes: UInt64(space.f_bavail) * UInt64(space.f_frsize),
            totalBytes: UInt64(space.f_blocks) * UInt64(space.f_frsize), isReadOnly: space.f_flag & UInt(ST_RDONLY) != 0
        )
    }

    /// An edge that runs looks after its files itself, and has them open.
    private static func readThrough(_ facts: inout Installation) {
        for (index, file) in StateFile.all.enumerated() where facts.files[index].schema != nil {
            facts.files[index].integrity = file.integrity(in: facts.statePath, seconds: integritySeconds)
        }
    }

    private func ask(_ configuration: EdgeConfiguration, _ facts: inout Installation) async {
        guard let address = address(configuration) else {
            facts.statusFault = "the configuration names no address for programs of this machine"
            return
        }
        do {
            facts.status = try await CountertopClient.withConnection(to: address, client: "countertop-doctor") { edge in
                try await edge.operations.status(deadline: Self.wait)
            }
        } catch {
            let known = error as? CountertopError
            facts.statusFault = known?.message ?? SystemCause.words(error)
            facts.isRefused = ["LOCAL_USER_UNKNOWN", "ROLE_INSUFFICIENT"].contains(known?.reason)
            if case .unix(let path) = address, !SocketAccess(path).isOpenable { facts.isRefused = true }
        }
    }

    /// Where the edge is to be asked: what was said is an address, as the arguments were checked.
    private func address(_ configuration: EdgeConfiguration) -> EdgeAddress? {
        (try? place.address(configuration)) ?? nil
    }

    private func lookAtNetwork(_ configuration: EdgeConfiguration, _ facts: inout Installation) {
        if let metrics = configuration.metrics, metrics.port != 0 {
            facts.ports.append(Self.port(metrics.port, "127.0.0.1", "figures and health"))
        }
        if configuration.listen.isTCPOn, configuration.listen.port != 0 {
            facts.ports.append(
                Self.port(configuration.listen.port, configuration.listen.host, "programs of this machine"))
        }
        lookAtDiscovery(&facts)
        guard let network = configuration.network else { return }
        facts.isOnNetwork = true
        let host = network.host.isEmpty ? "127.0.0.1" : network.host
        if network.port != 0 {
            facts.tillPort = network.port
            facts.ports.append(Self.port(network.port, host, Self.tills))
        }
        if !network.origins.isEmpty, network.webSocketPort != 0 {
            facts.ports.append(Self.port(network.webSocketPort, host, "\(Self.tills) in browsers"))
        }
        let folder = configuration.statePath + "/identity"
        if access(configuration.statePath, R_OK | X_OK) == 0 {
            // A folder that is not there yet is made at the first start.
            let parts = access(folder, F_OK) == 0 ? Self.identityParts : []
            facts.missingIdentity = parts.filter { access("\(folder)/\($0)", F_OK) != 0 }
        }
    }

    private func lookAtDiscovery(_ facts: inout Installation) {
        if access("/usr/sbin/avahi-daemon", F_OK) == 0 {
            facts.isAvahiRunning = Self.service("avahi-daemon") == "active"
        }
        let folder = "/etc/avahi/services"
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        facts.announcement =
            names.lazy.compactMap { name in
                (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)).flatMap {
                    Installation.Announcement(path: "\(folder)/\(name)", text: $0)
                }
            }.first
    }

    private static func rules() -> [String] {
        ruleFolders.flatMap { folder in
            ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
                .filter { $0.contains("countertop") && $0.hasSuffix(".rules") }.map { "\(folder)/\($0)" }
        }.filter { !$0.hasPrefix("/usr/lib/") || access("/lib/udev", F_OK) != 0 }.sorted()
    }

    private static func service(_ name: String) -> String? {
        guard access("/run/systemd/system", F_OK) == 0 else { return nil }
        let state = ProgramOutput.of(
            "/usr/bin/systemctl", ["show", "--value", "--property=LoadState,ActiveState", name])
        let words = state?.split(separator: "\n").map(String.init) ?? []
        guard words.count == 2 else { return nil }
        return words[0] == "not-found" ? "not-found" : words[1]
    }

    /// As systemd has it, whoever keeps it right.
    private static func isClockSynchronised() -> Bool? {
        if access("/run/systemd/timesync/synchronized", F_OK) == 0 { return true }
        let answer = ProgramOutput.of("/usr/bin/timedatectl", ["show", "--value", "--property=NTPSynchronized"])
        return answer.map { $0.hasPrefix("yes") }
    }

    private static func file(_ path: String) -> Installation.File? {
        FileFacts(path).map { facts in
            let owner = getpwuid(facts.user).map { String(cString: $0.pointee.pw_name) } ?? "\(facts.user)"
            return Installation.File(owner: owner, mode: facts.mode)
        }
    }

    private static func port(_ number: Int, _ host: String, _ purpose: String) -> Installation.Port {
        Installation.Port(number: number, purpose: purpose, isAnswered: PortProbe.isAnswered(host: host, port: number))
    }

    private func devices(_ configuration: EdgeConfiguration) async -> [DeviceFacts]? {
        let view = await EdgeView.ask(address(configuration))
        return try? await DeviceInspection(configuration: configuration, view: view).facts(only: nil)
    }
}

extension Installation.Announcement {
    /// - Returns: `nil` when the file announces something else.
    init?(path: String, text: String) {
        guard text.contains("_countertop._tcp") else { return nil }
        let port = text.firstMatch(of: /<port>\s*([0-9]{1,5})\s*<\/port>/).flatMap { Int($0.1) }
        self.init(path: path, port: port)
    }
}
