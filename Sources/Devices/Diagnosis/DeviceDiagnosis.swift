import USB

/// Judges a device: facts in, findings out. It opens nothing, reads nothing and knows no clock.
package enum DeviceDiagnosis {
    /// - Returns: what is to be known of the device, the worst first.
    package static func findings(_ facts: DeviceFacts) -> [DeviceFinding] {
        guard facts.isPlugged else { return sorted([notPlugged] + place(facts) + reading(facts) + use(facts)) }
        if let fault = facts.info.device.fault {
            return [DeviceFinding(.descriptorUnreadable, .fault, fault, fix: "Plug it in again, or into another port.")]
        }
        var findings = mode(facts) + collections(facts)
        guard facts.info.role != .other || isNamed(facts) else {
            guard isUnread(facts) else { return strangers(facts) + findings }
            return sorted([unread] + findings + access(facts) + holders(facts) + drivers(facts))
        }
        findings += access(facts) + holders(facts) + drivers(facts) + power(facts) + place(facts) + reading(facts)
        return sorted(findings + use(facts))
    }

    private static func sorted(_ findings: [DeviceFinding]) -> [DeviceFinding] {
        findings.enumerated().sorted { ($0.element.severity, $0.offset) < ($1.element.severity, $1.offset) }
            .map(\.element)
    }

    /// Whether somebody has said that it is a scanner or a display.
    private static func isNamed(_ facts: DeviceFacts) -> Bool {
        facts.wedge != nil || DeviceTable.entry(for: facts.info.device) != nil || facts.edge.isUsing
    }

    /// Whether the kernel has looked at none of the interfaces that tell a scanner by their report descriptor, since none of
    /// its drivers is there. A keyboard or a mouse tells itself what it is.
    private static func isUnread(_ facts: DeviceFacts) -> Bool {
        let hid = facts.info.device.configuration.interfaces.filter {
            $0.isHID && $0.alternateSetting == 0 && !$0.isBootKeyboard && !$0.isBootMouse
        }
        let bare = Set(facts.info.interfaces.filter { $0.driver == nil || $0.driver == "usbfs" }.map(\.number))
        return hid.contains { bare.contains($0.number) && facts.collections[$0.number] == nil }
    }

    private static let unread = DeviceFinding(
        .unread, .note,
        "It may be a scanner: the kernel has not read what its HID interface is for, and no list has its number.")

    private static let notPlugged = DeviceFinding(
        .notPlugged, .note,
        "No port of this machine has it. It is a virtual one of the edge's (usb: virtual or automatic), or was pulled just now."
    )

    /// A device that nobody knows as a scanner or a display.
    private static func strangers(_ facts: DeviceFacts) -> [DeviceFinding] {
        let device = facts.info.device
        if facts.info.explanation == AttachedDevice.unfitLine {
            return [
                DeviceFinding(
                    .unfitLine, .fault,
                    "The configuration names it as a serial line, and it has not the interfaces of one.",
                    fix: "Leave the chip out of its entry, or name the right one.")
            ]
        }
        if facts.info.interfaces.contains(where: { $0.usage == "keyboard" }) {
            return [
                DeviceFinding(
                    .unknownKeyboard, .note, "It is a keyboard that is not known as a scanner, so it is left alone.",
                    fix: "If it is a scanner, add to the configuration:\nkeyboards:\n  - device: \"\(device.identity)\""
                )
            ]
        }
        guard LinePlan.mayBeLine(device) else {
            return [DeviceFinding(.otherDevice, .note, "It is no scanner and no display that is known.")]
        }
        return [
            DeviceFinding(
                .unknownLine, .note,
                "It is a serial line, and no number says what is behind it, so it is left alone.",
                fix: """
                    If a scanner is behind it, add to the configuration:
                    serial_scanners:
                      - device: "\(device.identity)"
                    If a customer display is, this:
                    serial_displays:
                      - {device: "\(device.identity)", dialect: epson}
                    """)
        ]
    }

    // MARK: What it is

    private static func mode(_ facts: DeviceFacts) -> [DeviceFinding] {
        let device = facts.info.device
        guard let entry = DeviceTable.entry(for: device), entry.role == .scanner, let mode = entry.mode else {
            return []
        }
        let product = device.identity.suffix(4)
        // A scanner of this number whose descriptor gives scans is read all the same.
        let givesScans = facts.info.interfaces.contains { $0.usage == "bar code scanner" }
        let isReadAnyway = facts.edge.isUsing || givesScans
        if !mode.isRead {
            guard !isReadAnyway else { return [] }
            return [
                DeviceFinding(
                    .wrongMode, .fault,
                    "Its product number \(product) says that the scanner is in the mode \(mode.rawValue), which is not read.",
                    fix: DeviceTable.modeAdvice(for: device))
            ]
        }
        guard mode == .hidKeyboard, facts.info.mode == mode.rawValue, !givesScans else { return [] }
        return [
            DeviceFinding(
                .keyboardMode, .note,
                """
                Its product number \(product) says that the scanner types as a keyboard. That works while its keyboard layout \
                and the configuration's are the same, and it does not tell the symbology.
                """,
                fix: DeviceTable.modeAdvice(for: device))
        ]
    }

    /// Collections that look like a scanner's and give no labels.
    private static func collections(_ facts: DeviceFacts) -> [DeviceFinding] {
        facts.collections.sorted { $0.key < $1.key }.flatMap { number, usages in
            usages.filter(isDecoy).map { usage in
                DeviceFinding(
                    .decoyCollection, .note,
                    """
                    Interface \(number) has a collection \(usage), which looks like a scanner's and gives no labels: \
                    keyboards have such channels for their own settings, and Honeywell's scanners one beside the real one. \
                    It is not opened.
                    """)
            }
        }
    }

    private static func isDecoy(_ usage: HIDUsage) -> Bool {
        usage.page == 0xFF8C
            || usage.page == HIDUsage.Scanner.page && !HIDUsage.Scanner.applications.contains(usage.id)
    }

    // MARK: What the kernel does

    private static func drivers(_ facts: DeviceFacts) -> [DeviceFinding] {
        let bare = driverlessInterfaces(facts.info)
        guard !bare.isEmpty, !facts.edge.isUsing else { return [] }
        let path = facts.info.device.path
        if facts.surroundings.isAuthorized == false {
            return [
                DeviceFinding(
                    .unauthorized, .fault,
                    "The kernel was told to keep it out (its attribute authorized is 0), as USBGuard and such tools do.",
                    fix: """
                        Let that tool allow it. Until it is plugged in again:
                        echo 1 | sudo tee /sys/bus/usb/devices/\(path)/authorized
                        """)
            ]
        }
        if facts.surroundings.isConfigured == false {
            return [
                DeviceFinding(
                    .unconfigured, .fault,
                    "The kernel has not switched it on: it has no configuration, as behind a hub that lacks the power for it.",
                    fix: """
                        Plug it into a port of the machine, or into a hub with a power supply. The kernel's reason: \
                        sudo dmesg
                        """)
            ]
        }
        let numbers = bare.map(String.init).joined(separator: " and ")
        return [
            DeviceFinding(
                .driverless, .warning,
                """
                Interface \(numbers) has no kernel driver. A program that held it may have been killed; or the driver is \
                missing, or did not take it.
                """,
                fix: """
                    sudo countertop give-back
                    If it stays so, plug it in again. The kernel says why: sudo dmesg | tail -n 30
                    """)
        ]
    }

    /// The interfaces that a kernel driver should be bound to and that nobody holds.
    package static func driverlessInterfaces(_ info: DeviceInfo) -> [UInt8] {
        let expected = info.device.configuration.interfaces.filter { $0.alternateSetting == 0 && $0.expectsDriver }
        let bare = Set(info.interfaces.filter { $0.driver == nil }.map(\.number))
        return expected.map(\.number).filter(bare.contains)
    }

    private static func power(_ facts: DeviceFacts) -> [DeviceFinding] {
        guard facts.surroundings.powerControl == "auto" else { return [] }
        let device = facts.info.device
        let lasting =
            !UdevRules.name(device) ? ownRule(device) : facts.access.ruleFile == nil ? installing : triggering
        return [
            DeviceFinding(
                .autosuspend, .warning,
                "The kernel may send it to sleep, and then it misses labels or never wakes up again.",
                fix: """
                    \(lasting)
                    Until then: echo on | sudo tee /sys/bus/usb/devices/\(device.path)/power/control
                    TLP and powertop turn it on again: take the device out of their settings.
                    """)
        ]
    }

    // MARK: Where it belongs

    private static func place(_ facts: DeviceFacts) -> [DeviceFinding] {
        var findings: [DeviceFinding] = []
        if let advice = facts.laneAdvice {
            let words = advice.split(separator: "\n", maxSplits: 1)
            let what = words.first.map { String($0.prefix(while: { $0 != "." })) + "." } ?? advice
            findings.append(DeviceFinding(.noLane, .fault, what, fix: String(advice.dropFirst(what.count)).trimmed))
        }
        if !facts.twins.isEmpty {
            let paths = facts.twins.map(\.description).joined(separator: " and ")
            let device = facts.info.device
            findings.append(
                DeviceFinding(
                    .twins, facts.isBoundByLikeness ? .warning : .note,
                    "It cannot be told apart from the one at \(paths): same model, and no serial number of its own.",
                    fix: "Name it in its lane by its port, and leave it in that port: devices: [\"\(device.path)\"]"))
        }
        return findings
    }

    /// What becomes of it. What the edge says of itself is always told, whatever else was found.
    private static func use(_ facts: DeviceFacts) -> [DeviceFinding] {
        switch facts.edge {
        case .knows(.failed, _, let explanation):
            return [DeviceFinding(.edgeFailed, .fault, "The edge cannot use it: \(explanation)")]
        case .knows(.ready, let lane, _): return inUse(facts, lane)
        case .knows(.opening, _, let explanation):
            return [
                DeviceFinding(
                    .edgeOpening, .warning, "The edge does not read it yet. \(explanation)",
                    fix: "Run this again in a few seconds.")
            ]
        case .knows(.notClaimed, _, let explanation):
            return [DeviceFinding(.edgeIgnores, .fault, "The edge leaves it alone. \(explanation)")]
        case .ignoring:
            return [
                DeviceFinding(
                    .edgeIgnores, .fault, "An edge runs, and does not know it: nobody reads it.",
                    fix: """
                        Run this again if it was plugged in just now. If it stays so, see that the edge's configuration says \
                        usb: real or automatic.
                        """)
            ]
        case .notRunning:
            let types = facts.info.interfaces.contains { $0.driver == "usbhid" && $0.usage == "keyboard" }
            return [
                DeviceFinding(
                    .edgeNotRunning, .warning,
                    "No edge runs, so nobody reads it."
                        + (types ? " What it scans is typed into whatever has the keyboard's focus." : ""),
                    fix: "sudo systemctl start countertop")
            ]
        case .unknown: return []
        }
    }

    private static func inUse(_ facts: DeviceFacts, _ lane: String) -> [DeviceFinding] {
        let place = lane.isEmpty ? "no lane" : "lane \(lane)"
        let role = facts.info.role == .other ? "" : " as a \(facts.info.role.rawValue)"
        let use = DeviceFinding(.inUse, .note, "The edge uses it\(role) of \(place).")
        guard facts.isArmed == false, facts.info.role == .scanner else { return [use] }
        return [
            use,
            DeviceFinding(
                .laneDisarmed, .note,
                "The lane is disarmed, so what the scanner reads is dropped until the till arms it, as the till decides."
            ),
        ]
    }
}

extension USBDevice {
    /// Whether the kernel has a driver for an interface.
    package func expectsDriver(interface number: UInt8) -> Bool {
        configuration.interfaces.contains { $0.number == number && $0.alternateSetting == 0 && $0.expectsDriver }
    }
}

extension USBInterface {
    /// Whether the kernel has a driver for every interface of this class: HID, and the two of CDC.
    package var expectsDriver: Bool { interfaceClass == 0x03 || interfaceClass == 0x02 || interfaceClass == 0x0A }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
