package import USB

/// Looks at a device without taking anything from anybody: what the kernel has read and bound, and whether the device's
/// node can be opened. Call it on the bus's thread.
package enum DeviceSurvey {
    package static func look(
        at device: USBDevice, on bus: any USBBus, _ configuration: DeviceConfiguration
    ) -> DeviceInfo {
        let isNamed = configuration.rule(for: device) != nil
        let displayPlan = configuration.displayRule(for: device).flatMap { LinePlan(device, $0) }
        let plan = displayPlan ?? LinePlan(device, configuration)
        let isWedge = isNamed || plan != nil || DeviceTable.isKnownScanner(device)
        let interfaces = device.configuration.interfaces.filter { $0.alternateSetting == 0 }
        let findings = interfaces.map { finding(of: $0, device, bus) }
        var info = DeviceInfo(
            device: device, role: displayPlan == nil ? role(findings, isWedge: isWedge) : .display, state: .notClaimed,
            mode: plan?.mode ?? DeviceTable.mode(of: device),
            interfaces: zip(interfaces, findings).map { interface, finding in
                DeviceInterface(
                    number: interface.number, driver: bus.kernelDriver(of: device, interface: interface.number),
                    usage: plan?.uses(interface) == true
                        ? plan?.usage ?? "" : finding?.usage ?? interface.classUsage)
            })
        info.capabilities = configuration.capabilities(of: device)
        if let fault = device.fault {
            info.state = .failed
            info.explanation = fault
            return info
        }
        let isUnfit =
            plan == nil
            && (configuration.displayRule(for: device) != nil || configuration.serialRule(for: device) != nil)
        info.explanation = isUnfit ? AttachedDevice.unfitLine : explanation(info, isWedge: isWedge)
        do {
            try bus.open(device).close()
            info.canOpen = true
        } catch {
            info.canOpen = false
            info.openFailure = (error as? USBError).flatMap { $0.code == .accessDenied ? nil : $0.message }
            // What nobody would open needs no right.
            guard info.role != .other else { return info }
            info.explanation = ((error as? USBError)?.message ?? "\(error)") + "\n" + info.explanation
        }
        return info
    }

    private static func finding(of interface: USBInterface, _ device: USBDevice, _ bus: any USBBus) -> InterfaceFinding?
    {
        guard interface.isHID, let bytes = bus.reportDescriptor(of: device, interface: interface.number) else {
            return nil
        }
        return (try? HIDReportDescriptor(bytes)).map { InterfaceFinding($0) }
    }

    private static func role(_ findings: [InterfaceFinding?], isWedge: Bool) -> DeviceRole {
        for case .scanner in findings { return .scanner }
        for case .display in findings { return .display }
        return isWedge ? .scanner : .other
    }

    private static func explanation(_ info: DeviceInfo, isWedge: Bool) -> String {
        if info.interfaces.contains(where: { $0.driver == "usbfs" }) {
            return "A program has claimed it: the edge, if it runs."
        }
        switch info.role {
        case .scanner: return AttachedDevice.unreadMode(info.device) ?? "The edge will use it as a scanner."
        case .display: return "The edge will use it as a customer display."
        case .other:
            if !isWedge, LinePlan.mayBeLine(info.device) { return AttachedDevice.unknownLine(info.device) }
            guard !isWedge, info.interfaces.contains(where: { $0.usage == "keyboard" }) else {
                return "It is no scanner and no display that is known."
            }
            return AttachedDevice.unknownKeyboard(info.device)
        }
    }
}
