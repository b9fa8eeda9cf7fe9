import USB

extension AttachedDevice {
    func perform(_ command: DeviceCommand) {
        switch command {
        case .beep(let feedback):
            orders.beep(feedback)
            sendOrders()
        case .arm, .disarm:
            wantsArmed = command == .arm
            orders.arm(wantsArmed)
            sendOrders()
        case .show(let lines):
            wantedLines = lines
            show(lines)
        }
    }

    /// Sends what the scanner is still to be told.
    func sendOrders() {
        guard info.state == .ready, let controlInterface, let report = orders.next() else { return }
        send(report, to: controlInterface) { device, completion in
            guard device.controlInterface == controlInterface else { return }
            device.orders.ended()
            device.clearHalt(after: completion, of: controlInterface)
            device.sendOrders()
        }
    }

    func show(_ lines: [String]) {
        display?.writer.show(lines)
        writeDisplay()
    }

    private func writeDisplay() {
        guard info.state == .ready, let interface = display?.interface, display?.timer == nil,
            let report = display?.writer.next()
        else { return }
        send(report, to: interface) { device, completion in
            device.displayAnswered(completion)
        }
    }

    private func displayAnswered(_ completion: USBCompletion) {
        guard let interface = display?.interface, display?.writer.isWriting == true else { return }
        clearHalt(after: completion, of: interface)
        var succeeded = false
        if case .completed = completion { succeeded = true }
        switch display?.writer.ended(succeeded) {
        case .tryLater:
            display?.timer = thread.schedule(after: limits.displayWait) { [weak self] in
                self?.assumeIsolated {
                    $0.display?.timer = nil
                    $0.writeDisplay()
                }
            }
        case .giveUp:
            guard display?.isComplained == false else { return }
            display?.isComplained = true
            complain("The display takes no text. Plug it in again; if that does not help, try another port.")
        case .goOn:
            display?.isComplained = false
            writeDisplay()
        case nil: break
        }
    }

    /// Output reports go to the interrupt OUT endpoint where there is one, everything else by SET_REPORT (HID 1.11,
    /// section 4.4).
    private func send(
        _ report: HIDOutgoingReport, to interface: USBInterface,
        completion: @escaping @Sendable (isolated AttachedDevice, USBCompletion) -> Void
    ) {
        let ended: @Sendable (USBCompletion) -> Void = { [weak self] end in
            self?.assumeIsolated { completion($0, end) }
        }
        if report.key.kind == .output, let endpoint = interface.interruptEndpoint(isIn: false) {
            port?.write(endpoint: endpoint, data: report.bytes, timeout: limits.answerWait, completion: ended)
        } else {
            port?.control(
                .setReport(report, interface: interface.number), data: report.bytes, timeout: limits.answerWait,
                completion: ended)
        }
    }

    /// A stalled endpoint takes nothing until its halt is cleared. If that fails, so will the next write, and its end
    /// counts.
    private func clearHalt(after completion: USBCompletion, of interface: USBInterface) {
        guard completion == .stalled, let endpoint = interface.interruptEndpoint(isIn: false) else { return }
        port?.clearHalt(endpoint: endpoint) { _ in }
    }
}
