package import USB

/// The udev rules that give scanners and displays to the edge's group: made from ``DeviceTable``, so that the two are one.
package enum UdevRules {
    /// The file's name, in udev/ and in /etc/udev/rules.d.
    package static let fileName = "60-countertop.rules"

    /// Whether the rules give a device to the group.
    package static func name(_ device: USBDevice) -> Bool {
        let number = UInt32(device.vendorID) << 16 | UInt32(device.productID)
        let isHID = device.configuration.interfaces.contains(where: \.isHID)
        if isHID, makers.contains(device.vendorID) || DeviceTable.grantedDisplays.contains(number) { return true }
        guard let entry = DeviceTable.entry(for: device) else { return false }
        return entry.role == .scanner && mayBeLine(entry) || isHID
    }

    /// The text of the file.
    package static let text: String = {
        let makers = DeviceTable.scannerMakers
        let foreign = DeviceTable.listed.filter { number, entry in
            entry.role == .scanner && !makers.contains { $0.vendor == number.vendor }
        }
        let chips = foreign.filter { $0.value.mode == .hidKeyboard }.keys
        let products = foreign.filter { $0.value.mode == nil }.keys
        let lines = DeviceTable.listed.filter { $0.value.role == .scanner && mayBeLine($0.value) }.keys
        let displays = DeviceTable.listed.filter { $0.value.role == .display }.keys
        return [
            opening,
            "# Vendor ids of companies that make scanners: \(makers.map(\.name).joined(separator: ", ")).".wrapped,
            rules("COUNTERTOP_ID", makers.map { $0.vendor.digits + ":*" }, "scanner"),
            "",
            "# Scanners of companies that make much else, by product.",
            rules("COUNTERTOP_ID", products.patterns, "scanner"),
            "",
            keyboardWords,
            rules("COUNTERTOP_ID", chips.patterns, "scanner"),
            "",
            lineWords,
            rules("COUNTERTOP_LINE", lines.patterns + DeviceTable.linePatterns, "scanner"),
            "",
            "# Customer displays: by product, and all of \(DeviceTable.displayMakers.map(\.name).joined(separator: ", ")).",
            rules(
                "COUNTERTOP_ID",
                (Array(displays) + DeviceTable.grantedDisplays).patterns
                    + DeviceTable.displayMakers.map { $0.vendor.digits + ":*" }, "display"),
            closing,
        ].joined(separator: "\n")
    }()

    private static let makers = Set((DeviceTable.scannerMakers + DeviceTable.displayMakers).map(\.vendor))

    /// Whether a scanner may come without a HID interface.
    private static func mayBeLine(_ entry: DeviceTable.Entry) -> Bool {
        entry.mode == .serial || entry.mode == .vendorSerial || entry.mode == nil
    }

    private static let patternsOfRuleMax = 9

    private static func rules(_ variable: String, _ patterns: [String], _ role: String) -> String {
        stride(from: 0, to: patterns.count, by: patternsOfRuleMax).map { first in
            let some = patterns[first..<min(first + patternsOfRuleMax, patterns.count)].joined(separator: "|")
            return "ENV{\(variable)}==\"\(some)\", \\\n    ENV{COUNTERTOP_ROLE}=\"\(role)\""
        }.joined(separator: "\n")
    }
}

extension UInt32 {
    /// The vendor of a listed number.
    fileprivate var vendor: UInt16 { UInt16(truncatingIfNeeded: self >> 16) }
}

extension UInt16 {
    fileprivate var digits: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}

extension Sequence<UInt32> {
    /// The numbers in order, as udev compares them.
    fileprivate var patterns: [String] {
        sorted().map { "\($0.vendor.digits):\(UInt16(truncatingIfNeeded: $0).digits)" }
    }
}

extension String {
    /// A comment in lines of at most 120 characters.
    fileprivate var wrapped: String {
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ") {
            if line.count + word.count >= 120 {
                lines.append(line)
                line = "#"
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        return (lines + [line]).joined(separator: "\n")
    }
}
