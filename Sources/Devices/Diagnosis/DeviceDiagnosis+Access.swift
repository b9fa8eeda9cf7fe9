import USB

extension DeviceDiagnosis {
    /// The group that the udev rules give devices to.
    private static let group = "countertop"
    static let triggering = "sudo udevadm control --reload && sudo udevadm trigger"

    /// Whether the device may be opened, and the first step that is missing where it may not.
    static func access(_ facts: DeviceFacts) -> [DeviceFinding] {
        let access = facts.access
        // An edge of another user that has it needs no right of this one.
        let severity: DeviceFinding.Severity = facts.edge.isUsing ? .note : .fault
        if let failure = facts.info.openFailure { return [unopened(facts, failure, severity)] }
        if access.isRoot, facts.info.canOpen != false { return accessOfTheEdge(facts) }
        guard facts.info.canOpen == false else { return [] }
        guard !access.isRoot else { return [keptAway("It may not be opened, not even by root.", severity)] }
        guard let edgeGroup = access.edgeGroup else {
            return [
                DeviceFinding(
                    .groupMissing, severity,
                    "It may not be opened, and the group \(group) that it should belong to is not there.",
                    fix: "sudo groupadd --system \(group)")
            ]
        }
        guard let node = facts.surroundings.node, node.group == edgeGroup, node.mode & 0o060 == 0o060 else {
            return [notGiven(facts, "It may not be opened", severity)]
        }
        guard access.groups.contains(edgeGroup) else {
            let user = access.user.isEmpty ? "USER" : access.user
            return [
                DeviceFinding(
                    .notMember, severity, "It may not be opened: \(user) is not in the group \(group).",
                    fix: "sudo usermod -aG \(group) \(user)\nThen log in anew.")
            ]
        }
        return [
            keptAway("It may not be opened, although rule, group and membership are as they should be.", severity)
        ]
    }

    /// Root may open everything, so that trying tells nothing: what counts is whether the edge may, which is of the group.
    private static func accessOfTheEdge(_ facts: DeviceFacts) -> [DeviceFinding] {
        guard !facts.edge.isUsing, let edgeGroup = facts.access.edgeGroup, let node = facts.surroundings.node,
            node.group != edgeGroup || node.mode & 0o060 != 0o060
        else { return [] }
        return [notGiven(facts, "The edge may not open it", .fault)]
    }

    private static func keptAway(_ what: String, _ severity: DeviceFinding.Severity) -> DeviceFinding {
        DeviceFinding(
            .noRight, severity, what,
            fix: "Look for a container or a service's DeviceAllow= that keeps /dev/bus/usb away.")
    }

    /// Writes the rules that this program carries in itself, and applies them.
    package static let installing = """
        countertop udev-rules | sudo tee /etc/udev/rules.d/\(UdevRules.fileName) > /dev/null
        \(triggering)
        """

    /// A line for a rule file of one's own, which does what the rules do for a device that they name.
    static func ownRule(_ device: USBDevice) -> String {
        let (vendor, product) = (device.identity.prefix(4), device.identity.suffix(4))
        return """
            Put this line into /etc/udev/rules.d/61-countertop-store.rules:
            SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ATTR{idVendor}=="\(vendor)", ATTR{idProduct}=="\(product)", \
            GROUP="\(group)", MODE="0660", ATTR{power/control}="on"
            \(triggering)
            """
    }

    /// It may be opened, and does not open: a device that sleeps answers like this (open gives an I/O error or a stall).
    private static func unopened(
        _ facts: DeviceFacts, _ failure: String, _ severity: DeviceFinding.Severity
    ) -> DeviceFinding {
        let mayOpen = "It may be opened, and opening it fails. \(failure)"
        guard facts.surroundings.powerControl == "auto" else {
            return DeviceFinding(
                .openFails, severity, mayOpen,
                fix: "Plug it in again. If it stays so, try another port and another cable.")
        }
        let path = facts.info.device.path
        return DeviceFinding(
            .openFails, severity, "\(mayOpen) The kernel may have sent it to sleep, which looks like this.",
            fix: "echo on | sudo tee /sys/bus/usb/devices/\(path)/power/control\nThen plug it in again.")
    }

    /// The node is not the group's: the rules are missing, do not name the device, or were not applied to it.
    /// - Parameter what: who may not open it, as the beginning of a sentence.
    private static func notGiven(
        _ facts: DeviceFacts, _ what: String, _ severity: DeviceFinding.Severity
    ) -> DeviceFinding {
        guard facts.access.ruleFile != nil else {
            return DeviceFinding(
                .ruleMissing, severity, "\(what): the udev rules are not installed.", fix: installing)
        }
        let device = facts.info.device
        guard UdevRules.name(device) else {
            return DeviceFinding(
                .ruleUnfit, severity, "\(what): the udev rules do not name it, since its number says nothing.",
                fix: ownRule(device))
        }
        return DeviceFinding(
            .ruleNotApplied, severity, "\(what): the udev rules are installed and were not applied to it.",
            fix: triggering)
    }

    /// Programs that are in the way.
    static func holders(_ facts: DeviceFacts) -> [DeviceFinding] {
        let isHeld = facts.info.interfaces.contains { $0.driver == "usbfs" }
        var findings: [DeviceFinding] = []
        if isHeld, !facts.edge.isUsing, let holder = holder(facts) { findings.append(holder) }
        let others = facts.holders.filter { facts.surroundings.otherNodes.contains($0.node) }
        if !others.isEmpty {
            let words = others.map { "\($0.program) (process \($0.process)) has \($0.node) open" }.joined(
                separator: ", ")
            findings.append(
                DeviceFinding(
                    .nodeInUse, .warning, "Another program listens to it as well: \(words).",
                    fix:
                        "Stop that program, or tell it to leave the device alone: two readers take labels from each other."
                ))
        }
        return findings
    }

    /// - Returns: `nil` when it is the edge, which was asked and tells itself what becomes of the device.
    private static func holder(_ facts: DeviceFacts) -> DeviceFinding? {
        let holders = facts.holders.filter { $0.node == facts.surroundings.node?.path }
        let strangers = holders.filter { $0.program != DeviceFacts.edgeProgram }
        guard let first = strangers.first else { return facts.edge.mayHold ? nil : unseenHolder(facts, holders.first) }
        let words = strangers.map { "\($0.program) (process \($0.process))" }.joined(separator: " and ")
        return DeviceFinding(
            .heldByProgram, .fault, "Another program has claimed it: \(words). The edge cannot read it meanwhile.",
            fix: "Stop it: sudo kill \(first.process), or, if it is a service, systemctl stop.")
    }

    /// No program is seen that could be told to stop: nobody at all, or a countertop.
    private static func unseenHolder(_ facts: DeviceFacts, _ own: USBHolder?) -> DeviceFinding {
        let path = facts.info.device.path
        if let own {
            return DeviceFinding(
                .heldByEdge, .warning,
                """
                A countertop (process \(own.process)) has claimed it, and did not answer where it was asked: an edge, or a \
                technician's verb in another window.
                """,
                fix: """
                    Ask an edge where it listens: sudo countertop debug explain \(path) --edge ADDRESS
                    End a verb of yours with Ctrl-C.
                    """)
        }
        if facts.edge == .unknown {
            return DeviceFinding(
                .heldByEdge, .warning,
                "A program has claimed it, perhaps the edge, which could not be asked.",
                fix: "sudo countertop debug explain \(path)")
        }
        return DeviceFinding(
            .heldByProgram, .fault,
            facts.seesEveryHolder
                ? "A program that has ended meanwhile has claimed it."
                : "A program that this user may not look at has claimed it.",
            fix: "See which one: sudo countertop debug explain \(path)")
    }
}
