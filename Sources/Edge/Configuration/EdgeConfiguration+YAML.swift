import Cards
import Customers
import Devices
import Foundation
import Transport

extension EdgeConfiguration {
    /// Reads the configuration file.
    /// - Throws: ``EdgeError`` with the line and column of what is wrong.
    package static func read(path: String) throws -> EdgeConfiguration {
        try parse(yaml: text(of: path), file: path).withKeyPath()
    }

    /// - Throws: ``EdgeError`` `configurationUnreadable`.
    static func text(of path: String) throws -> String {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw EdgeError(
                .configurationUnreadable,
                "The configuration \(path) cannot be read. Check that it is there and that this user may read it.",
                cause: SystemCause.words(error))
        }
        guard let yaml = String(data: data, encoding: .utf8) else {
            throw EdgeError(.configurationUnreadable, "The configuration \(path) is not UTF-8. Save it as UTF-8.")
        }
        return yaml
    }

    /// - Parameter file: the file's name, for messages.
    package static func parse(yaml: String, file: String) throws -> EdgeConfiguration {
        try EdgeConfiguration(ConfigurationReader(yaml: yaml, file: file))
    }

    /// - Throws: ``EdgeError`` of the first fault.
    init(_ root: ConfigurationReader) throws {
        try root.allowOnly([
            "store", "state", "key", "listen", "network", "metrics", "lanes", "scans", "unbound_devices_join",
            "keyboards",
            "wedge",
            "scanners", "serial_scanners", "serial_displays", "display", "usb", "feeds", "systems", "cards",
            "identifiers", "retention", "sample_store",
        ])
        self = .installed
        try apply(root)
        positions = root.positions
    }

    /// With the key's path as the service manager hands it over, where it does.
    func withKeyPath() -> EdgeConfiguration {
        var configuration = self
        configuration.keyPath = EdgeKey.path(
            configured: keyPath, environment: ProcessInfo.processInfo.environment)
        return configuration
    }

    private mutating func apply(_ root: ConfigurationReader) throws {
        try root.section("store").map { try store.apply($0) }
        statePath = try root.filePath("state") ?? statePath
        keyPath = try root.filePath("key") ?? keyPath
        let listenSection = try root.section("listen")
        try listenSection.map { try listen.apply($0) }
        network = try root.section("network").map { try Network($0) }
        if let network { try separate(network, listenSection) }
        metrics = try root.section("metrics").map { try Metrics($0) }
        if let sections = try root.sections("lanes") { lanes = try EdgeConfiguration.lanes(sections, root: root) }
        if let section = try root.section("scans") { scans = try Scans(section) }
        if let section = try root.section("retention") { retention = try Retention(section) }
        unboundDevicesJoin = try root.flag("unbound_devices_join") ?? unboundDevicesJoin
        if let section = try root.section("wedge") { devices.wedge = try WedgeSettings(section, device: false) }
        if let sections = try root.sections("keyboards") {
            devices.keyboards = try sections.map { try KeyboardRule($0) }
        }
        if let sections = try root.sections("scanners") {
            devices.scanners = try sections.map { try ScannerRule($0) }
        }
        if let sections = try root.sections("serial_scanners") {
            devices.serialScanners = try sections.map { try SerialRule($0) }
        }
        if let sections = try root.sections("serial_displays") {
            devices.serialDisplays = try sections.map { try DisplayRule($0) }
        }
        try root.section("display").map { try apply(display: $0) }
        ports = try root.value("usb", known: Ports.known) { Ports(rawValue: $0) } ?? ports
        if let sections = try root.sections("feeds") {
            feeds = try EdgeConfiguration.feeds(sections, company: store.company, root: root)
        }
        if let sections = try root.sections("systems") {
            systems = try EdgeConfiguration.systems(sections, company: store.company, feeds: feeds, root: root)
        }
        if let section = try root.section("cards") {
            cards = try CardSettings(section, store: store.name, language: language.code, statePath: statePath)
        }
        if let sections = try root.sections("identifiers") {
            identifiers = try IdentifierPattern.all(sections, root: root)
        }
        sampleStore = try root.flag("sample_store") ?? sampleStore
    }

    private static func lanes(
        _ sections: [ConfigurationReader], root: ConfigurationReader
    ) throws -> [LaneBinding] {
        var names: Set<String> = []
        var owners: [DeviceSelector: String] = [:]
        let lanes = try sections.map { section in
            try section.allowOnly(["name", "devices", "armed"])
            let name = try section.neededText(
                "name", "'\(section.place)' needs a name: 1 to 32 letters, digits and dashes."
            ) { EdgeConfiguration.isLaneName($0) }
            guard names.insert(name).inserted else {
                throw section.mistake("Lane '\(name)' is named twice. Give each lane a name of its own.")
            }
            let devices = try section.list("devices") { text throws(ListFault) in
                try selector(text, lane: name, &owners)
            }
            let known = Arming.allCases.map(\.rawValue).joined(separator: " or ")
            let arming = try section.value("armed", known: known) { Arming(rawValue: $0) }
            return LaneBinding(name: name, devices: devices ?? [], arming: arming ?? .always)
        }
        guard !lanes.isEmpty else {
            throw root.mistake("'lanes' is empty. Name at least one lane.", atValueOf: "lanes")
        }
        return lanes
    }

    private static func selector(
        _ text: String, lane: String, _ owners: inout [DeviceSelector: String]
    ) throws(ListFault) -> DeviceSelector {
        guard let selector = DeviceSelector(text) else {
            throw ListFault(
                words: "'\(text)' names no device. Write a port path (1-4.2), vendor:product (05f9:2203) or "
                    + "serial:NUMBER, as `countertop debug list` shows them.")
        }
        if let owner = owners.updateValue(lane, forKey: selector) {
            throw ListFault(
                words: "'\(text)' is named by lane '\(owner)' already, and a device serves one lane. Name it once; "
                    + "tell two devices of a model apart by their port path (1-4.2) or serial:NUMBER.")
        }
        return selector
    }

    static func isLaneName(_ name: String) -> Bool {
        (1...32).contains(name.utf8.count)
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    }
}

extension EdgeConfiguration.Ports {
    static var known: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension EdgeConfiguration.Store {
    fileprivate mutating func apply(_ section: ConfigurationReader) throws {
        try section.allowOnly(["name", "region", "company", "zone"])
        name = try section.name("name", "what customers call the store") ?? name
        region =
            try section.value("region", known: "one of \(PhoneRegion.all.map(\.name).joined(separator: ", "))") {
                text in
                PhoneRegion(text)?.name
            } ?? region
        company = try section.name("company", "whose customers the store has") ?? company
        zone = try section.value("zone", known: "a time zone, such as Europe/Oslo") { TimeZone(identifier: $0) }?
            .identifier
    }
}

extension EdgeConfiguration.Listen {
    fileprivate mutating func apply(_ section: ConfigurationReader) throws {
        try section.allowOnly(["host", "port", "unix"])
        host = try section.string("host") ?? host
        port = try section.integer("port", in: 0...65535) ?? port
        // Empty is none.
        if try section.string("unix") == "" {
            unixPath = ""
        } else {
            unixPath = try section.filePath("unix", bytesMax: Self.unixPathBytesMax) ?? unixPath
        }
        guard isLoopback else {
            throw section.mistake(
                "'\(section.place).host' is \(host), but what listens there asks nobody who they are. Leave 127.0.0.1, and add "
                    + "\"network: {}\" for tills on the network: they are paired, and talk over TLS.")
        }
    }

    /// What fits into `sun_path` with its NUL (unix(7)).
    private static let unixPathBytesMax = 107

    /// Whether only programs of the same machine can connect.
    package var isLoopback: Bool { Self.isLoopback(host) }

    /// Whether a host is this machine.
    package static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || isLoopbackNumber(host)
    }

    /// 127.0.0.0/8, by numbers alone: a name that begins with 127 may be anybody's.
    private static func isLoopbackNumber(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

extension EdgeConfiguration {
    /// What an installed edge does when its file does not say otherwise.
    package static var installed: EdgeConfiguration {
        EdgeConfiguration(
            store: Store(name: "our store", region: "NO", company: "store"),
            statePath: "/var/lib/countertop",
            keyPath: "/etc/countertop/key",
            listen: Listen(
                host: "127.0.0.1", isTCPOn: true, port: 7433, unixPath: "/run/countertop/edge.sock"),
            network: nil,
            metrics: nil,
            lanes: [LaneBinding(name: "1", devices: [])],
            unboundDevicesJoin: true,
            devices: DeviceConfiguration(),
            language: .english,
            ownTexts: [:],
            ports: .real,
            feeds: [],
            cards: nil,
            sampleStore: false)
    }

    /// What `countertop try` runs on: two lanes, the sample store, and virtual devices for what is not plugged in.
    package static func sample(statePath: String) -> EdgeConfiguration {
        var configuration = EdgeConfiguration.installed
        configuration.store.name = "Sample Store"
        configuration.store.company = "sample"
        configuration.statePath = statePath
        configuration.keyPath = statePath + "/key"
        configuration.listen.unixPath = statePath + "/edge.sock"
        configuration.lanes = [LaneBinding(name: "1", devices: []), LaneBinding(name: "2", devices: [])]
        configuration.ports = .automatic
        configuration.sampleStore = true
        return configuration
    }
}
