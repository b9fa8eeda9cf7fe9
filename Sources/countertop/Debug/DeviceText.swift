import Devices
import USB

/// A device, in words for a technician.
struct DeviceText {
    private let info: DeviceInfo
    private let lane: String?

    /// - Parameter lane: the one it serves, as a running edge says.
    init(_ info: DeviceInfo, lane: String? = nil) {
        self.info = info
        self.lane = lane.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Where it is plugged in, what it is and what it calls itself.
    static func heading(_ device: USBDevice) -> String {
        let names = [device.manufacturer, device.product].compactMap { $0 }.joined(separator: " ")
        return "\(Ink.bold(device.path.description))  \(device.identity)  "
            + (names.isEmpty ? "(no name)" : Terminal.lines(names))
    }

    var lines: [String] {
        let device = info.device
        var lines = [Self.heading(device)]
        if let serial = device.serial { lines.append("  serial      \(Terminal.lines(serial))") }
        if !info.mode.isEmpty { lines.append("  mode        \(Terminal.lines(info.mode))") }
        if !info.revision.isEmpty { lines.append("  revision    \(Terminal.lines(info.revision))") }
        lines += info.interfaces.map { interface in
            "  interface \(interface.number) \(interface.usage), "
                + (interface.driver.map { "bound to \($0)" } ?? "bound to no driver")
        }
        if let canOpen = info.canOpen { lines.append("  may open    \(canOpen ? "yes" : "no")") }
        if let lane { lines.append("  lane        \(lane)") }
        if !abilities.isEmpty { lines.append("  can         \(abilities)") }
        lines.append("  \(info.stateWords)")
        if info.state != .ready { lines += driverless }
        let explanation = Terminal.lines(info.explanation).split(separator: "\n").map { "    \($0)" }
        return lines + explanation
    }

    /// What is known of what it can do.
    private var abilities: String {
        let capabilities = info.capabilities
        var words: [String] = []
        if let reads2D = capabilities.reads2D { words.append(reads2D ? "read 2D" : "read no 2D") }
        if let readsScreens = capabilities.readsScreens {
            words.append(readsScreens ? "read screens" : "read no screens")
        }
        words += capabilities.signals.filter { $0 != .begin && $0 != .askRevision }.map(\.words)
        return words.joined(separator: ", ")
    }

    private var driverless: [String] {
        let bare = DeviceDiagnosis.driverlessInterfaces(info)
        guard !bare.isEmpty else { return [] }
        let numbers = bare.map(String.init).joined(separator: " and ")
        return ["    Interface \(numbers) has no kernel driver: countertop give-back binds it again."]
    }
}

extension ScannerSignal {
    /// What it is, for people.
    var words: String {
        switch self {
        case .goodRead: "good-read beep"
        case .error: "error beep"
        case .notOnFile: "not-on-file beep"
        case .preventRead: "stop reading"
        case .allowRead: "read again"
        case .pullTrigger: "trigger"
        case .releaseTrigger: "trigger release"
        case .aim: "aim"
        case .stopAiming: "aim off"
        case .lightOn: "light"
        case .lightOff: "light off"
        case .begin: "begin"
        case .askRevision: "firmware"
        }
    }
}
