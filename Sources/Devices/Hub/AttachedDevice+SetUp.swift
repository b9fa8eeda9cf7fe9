import USB

extension AttachedDevice {
    /// Claims the interfaces that give scans or show text, and gives the others back.
    func use(_ found: [(interface: USBInterface, finding: InterfaceFinding)]) async throws(DeviceFault) {
        let offersPOS = found.contains { if case .scanner = $0.finding { true } else { false } }
        for (interface, finding) in found {
            switch finding {
            case .scanner(let descriptor):
                try await useScanner(interface, descriptor, wedge: nil, isRival: false)
            case .keyboard(let descriptor):
                guard let wedgeSettings else { continue }
                try await useScanner(interface, descriptor, wedge: wedgeSettings, isRival: offersPOS)
            case .display(let descriptor): try await useDisplay(interface, descriptor)
            case .other: continue
            }
        }
    }

    private func useScanner(
        _ interface: USBInterface, _ descriptor: HIDReportDescriptor, wedge: WedgeSettings?, isRival: Bool
    ) async throws(DeviceFault) {
        guard let endpoint = interface.interruptEndpoint(isIn: true) else { return giveBack(interface) }
        let descriptor = try await claimed(interface, descriptor)
        do throws(DevicesError) {
            lines.append(
                try ScannerLine(
                    interface: interface, endpoint: endpoint, descriptor: descriptor, wedge: wedge, isRival: isRival,
                    isZebra: DeviceTable.isZebra(device), limits: limits))
        } catch {
            throw DeviceFault(error.message)
        }
        let feedback = HIDPOSFeedback(descriptor: descriptor)
        let isHoneywell = wedge == nil && DeviceTable.isHoneywell(device)
        let controls: (any ScannerControls)? = isHoneywell ? HoneywellPOSControls(feedback: feedback) : feedback
        if let controls, controlInterface == nil {
            orders = ScannerOrders(controls: controls)
            controlInterface = interface
        }
        orders.arm(wantsArmed)
    }

    private func useDisplay(_ interface: USBInterface, _ descriptor: HIDReportDescriptor) async throws(DeviceFault) {
        guard display == nil else { return giveBack(interface) }
        let descriptor = try await claimed(interface, descriptor)
        do throws(DevicesError) {
            let encoder = try HIDDisplayEncoder(descriptor: descriptor)
            let writer = DisplayWriter(
                encoder: encoder, size: configuration.displaySize ?? .standard, triesMax: limits.displayTriesMax)
            display = DisplayLine(interface: interface, encoder: encoder, writer: writer)
        } catch {
            throw DeviceFault(error.message)
        }
    }

    /// Claims the interfaces of a display's line.
    func useDisplay(_ plan: LinePlan) async throws(DeviceFault) {
        guard let rule = configuration.displayRule(for: device) else { return }
        for interface in plan.interfaces { try await claim(interface) }
        let encoder = SerialDisplayEncoder(dialect: rule.dialect, brightness: rule.brightness)
        let writer = DisplayWriter(encoder: encoder, size: rule.size, triesMax: limits.displayTriesMax)
        display = DisplayLine(interface: plan.interface, plan: plan, encoder: nil, writer: writer)
    }

    /// Claims an interface that only the kernel was asked about, and reads its descriptor once more: the kernel mends
    /// some.
    private func claimed(
        _ interface: USBInterface, _ descriptor: HIDReportDescriptor
    ) async throws(DeviceFault) -> HIDReportDescriptor {
        guard !claims.contains(interface.number) else { return descriptor }
        try await claim(interface)
        return await readDescriptor(of: interface) ?? descriptor
    }

    /// Tells the device what it has to know after power came or it was reset.
    func setUp() async {
        for line in lines {
            if let plan = line.plan { await setUp(plan) }
            let number = line.interface.number
            // What a device does not know of these it refuses, and works all the same.
            if line.plan == nil, line.interface.interfaceSubclass == 1 {
                _ = await control(.setReportProtocol(interface: number))
            }
            if line.wedge != nil { _ = await control(.setIdle(interface: number)) }
            if DeviceTable.isHoneywell(device), let report = line.descriptor?.switchToPOS {
                _ = await control(.setReport(report, interface: number), data: report.bytes)
            }
        }
        if let plan = display?.plan { await setUp(plan) }
        await askDisplaySize()
    }

    private func askDisplaySize() async {
        guard let display, let encoder = display.encoder, let key = encoder.sizeRequest else { return }
        let setup = USBSetup.getReport(
            key, interface: display.interface.number, length: encoder.sizeAnswerBytes)
        guard case .completed(let bytes) = await control(setup), let size = encoder.size(from: bytes) else { return }
        self.display?.writer = DisplayWriter(encoder: encoder, size: size, triesMax: limits.displayTriesMax)
    }
}

extension HIDReportDescriptor {
    /// Honeywell and Youjie: feature report FE with 1 makes the interface send HID POS reports.
    fileprivate var switchToPOS: HIDOutgoingReport? {
        guard let report = report(.feature, id: 0xFE), report.byteCount >= 2 else { return nil }
        var bytes = report.blank()
        bytes[1] = 1
        return HIDOutgoingReport(key: report.key, bytes: bytes)
    }
}
