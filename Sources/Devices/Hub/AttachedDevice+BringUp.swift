import USB

extension AttachedDevice {
    /// Finds out what the device is and makes it ready; a device that fails is tried again for as long as it is there.
    func bringUp() async {
        if let fault = device.fault {
            return update {
                $0.state = .failed
                $0.explanation = fault
            }
        }
        while !isGone {
            do throws(DeviceFault) {
                try await attempt()
                return
            } catch {
                guard !isGone else { return }
                closePort()
                update {
                    $0.state = error.isUnknown ? .notClaimed : .failed
                    $0.explanation = error.explanation
                    $0.canOpen = error.canOpen ?? $0.canOpen
                }
            }
            guard await pause(limits.reopenWait) else { return }
        }
    }

    private func attempt() async throws(DeviceFault) {
        isUnreadable = false
        if let displayPlan {
            try await useDisplay(displayPlan)
        } else if let linePlan {
            try await use(linePlan)
        } else {
            try await useReports()
        }
        guard !isGone else { return }
        guard !lines.isEmpty || display != nil else {
            guard isUnreadable, wedgeSettings != nil else { return leaveAlone() }
            throw DeviceFault(
                "Its report descriptor cannot be read. Plug it in again; if that does not help, reset it as its manual says."
            )
        }
        await setUp()
        guard !isGone else { return }
        for index in lines.indices { startReading(index) }
        let role: DeviceRole = lines.isEmpty ? .display : .scanner
        update {
            $0.role = role
            $0.state = .ready
            $0.explanation = ""
            $0.mode = usedMode ?? $0.mode
            $0.capabilities.signals = usableSignals
            $0.readyAfter = $0.readyAfter ?? arrivedAt.duration(to: .now)
            $0.displaySize = display?.writer.size
            $0.displayPages = display?.writer.pages ?? []
            $0.displayAbilities = display?.writer.abilities ?? []
        }
        orders.wish(.begin)
        if asksRevision { orders.wish(.askRevision) }
        sendOrders()
        if let wantedScreen { show(wantedScreen) }
    }

    /// Looks at the HID interfaces and takes what gives scans or shows text.
    private func useReports() async throws(DeviceFault) {
        var found: [(interface: USBInterface, finding: InterfaceFinding)] = []
        for interface in device.configuration.interfaces where mayLook(at: interface) {
            guard let finding = try await find(interface) else { continue }
            name(interface, finding.usage)
            found.append((interface, finding))
        }
        try await use(found)
    }

    /// Mice are never looked at, and keyboards only when this one is a scanner.
    private func mayLook(at interface: USBInterface) -> Bool {
        guard interface.isHID, interface.alternateSetting == 0, !interface.isBootMouse else { return false }
        return !interface.isBootKeyboard || wedgeSettings != nil
    }

    private func name(_ interface: USBInterface, _ usage: String) {
        update { info in
            guard let index = info.interfaces.firstIndex(where: { $0.number == interface.number }) else { return }
            info.interfaces[index].usage = usage
        }
    }

    private var usedMode: String? {
        if let plan = linePlan ?? displayPlan { return plan.mode }
        guard let line = lines.first(where: { !$0.isRival }) else { return nil }
        return (line.wedge == nil ? InterfaceMode.hidPOS : .hidKeyboard).rawValue
    }

    /// Gives back what was taken to look at it, and says why nothing is done with it.
    private func leaveAlone() {
        closePort()
        let explanation = explanationOfLeaving
        update {
            $0.role = DeviceTable.entry(for: device)?.role ?? .other
            $0.state = .notClaimed
            $0.explanation = explanation
            // Drivers are bound after a device was told of.
            for index in $0.interfaces.indices where $0.interfaces[index].driver == nil {
                $0.interfaces[index].driver = bus.kernelDriver(of: device, interface: $0.interfaces[index].number)
            }
        }
    }

    private var explanationOfLeaving: String {
        let entry = DeviceTable.entry(for: device)
        if let explanation = Self.unreadMode(device) { return explanation }
        if wedgeSettings == nil, info.interfaces.contains(where: { $0.usage == "keyboard" }) {
            return Self.unknownKeyboard(device)
        }
        if configuration.displayRule(for: device) != nil || configuration.serialRule(for: device) != nil {
            return Self.unfitLine
        }
        if entry == nil, LinePlan.mayBeLine(device) { return Self.unknownLine(device) }
        return switch entry?.role {
        case .scanner:
            "It is known as a scanner, and none of its interfaces gives scans. \(DeviceTable.modeAdvice(for: device))"
        case .display: "It is known as a customer display that does not follow the HID standard (page 14)."
        default: "It is no scanner and no display."
        }
    }

    /// What is said of a scanner in a mode that is not read; `nil` of every other device.
    static func unreadMode(_ device: USBDevice) -> String? {
        guard let entry = DeviceTable.entry(for: device), entry.role == .scanner, let mode = entry.mode, !mode.isRead
        else { return nil }
        return "It is a scanner in the mode \(mode.rawValue), which is not read. \(DeviceTable.modeAdvice(for: device))"
    }

    /// What is said of a keyboard that nobody knows as a scanner, with the lines that would make it one.
    static func unknownKeyboard(_ device: USBDevice) -> String {
        """
        It is a keyboard that is not known as a scanner, so it is left alone. If it is a scanner, add to the configuration:
        keyboards:
          - device: "\(device.identity)"
        """
    }

    /// What is said of a device that the configuration names and whose interfaces are not those of such a line.
    static let unfitLine = """
        The configuration names it as a serial line, and it has not the interfaces of one. Leave the chip out of its entry, or \
        name the right one.
        """

    /// What is said of a serial line of which nobody knows what is behind it, with the lines that would make it a scanner or
    /// a display.
    static func unknownLine(_ device: USBDevice) -> String {
        """
        It is a serial line that nobody has named as a scanner's, so it is left alone. If a scanner is behind it, add to the \
        configuration:
        serial_scanners:
          - device: "\(device.identity)"
        If a customer display is behind it, this:
        serial_displays:
          - {device: "\(device.identity)", dialect: epson}
        """
    }
}
