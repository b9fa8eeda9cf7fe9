import Devices
import USB

/// A device, in words for a technician.
struct DeviceText {
    private let info: DeviceInfo

    init(_ info: DeviceInfo) {
        self.info = info
    }

    var lines: [String] {
        let device = info.device
        let names = [device.manufacturer, device.product].compactMap { $0 }.joined(separator: " ")
        var lines = ["\(device.path)  \(device.identity)  \(names.isEmpty ? "(no name)" : names)"]
        if let serial = device.serial { lines.append("  serial      \(serial)") }
        if !info.mode.isEmpty { lines.append("  mode        \(info.mode)") }
        lines += info.interfaces.map { interface in
            "  interface \(interface.number) \(interface.usage), "
                + (interface.driver.map { "bound to \($0)" } ?? "bound to no driver")
        }
        if let canOpen = info.canOpen { lines.append("  may open    \(canOpen ? "yes" : "no")") }
        lines.append("  \(info.stateWords)")
        let explanation = info.explanation.split(separator: "\n").map { "    \($0)" }
        return lines + explanation
    }
}
