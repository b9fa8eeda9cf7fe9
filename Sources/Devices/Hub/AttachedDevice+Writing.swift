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
        case .tell(let signal):
            orders.wish(signal)
            if signal.holdsReading != nil { watchHold() }
            sendOrders()
        case .show(let screen):
            wantedScreen = screen
            show(screen)
        }
    }

    /// Whoever told the scanner to read nothing may be gone before it says otherwise.
    private func watchHold() {
        holdTimer?.cancel()
        holdTimer = nil
        guard orders.isHeld else { return }
        holdTimer = thread.schedule(after: limits.holdWait) { [weak self] in
            self?.assumeIsolated { device in
                device.holdTimer = nil
                device.perform(.tell(.allowRead))
            }
        }
    }

    /// Sends what the scanner is still to be told.
    func sendOrders() {
        guard info.state == .ready, let controlInterface, let message = orders.next() else { return }
        guard case .report(let report) = message else { return order(message.bytes) }
        send(report, to: controlInterface) { device, completion in
            guard device.controlInterface == controlInterface else { return }
            device.orderEnded(completion.isCompleted)
            guard !device.followWrite(completion, to: controlInterface.interruptEndpoint(isIn: false)) else { return }
            device.sendOrders()
        }
    }

    /// A message to the scanner has ended.
    func orderEnded(_ succeeded: Bool) {
        guard let signal = orders.ended(isTaken: succeeded) else { return }
        endOrders(.tell(signal), succeeded ? .done : .refused)
    }

    func show(_ screen: DisplayScreen) {
        display?.writer.show(screen, now: .now)
        writeDisplay()
    }

    private func writeDisplay() {
        guard info.state == .ready, let interface = display?.interface, display?.timer == nil,
            display?.writer.isWriting == false
        else { return }
        display?.writer.elapse(to: .now)
        guard let write = display?.writer.next() else {
            endShows(.done)
            return awaitTick()
        }
        send(write, to: interface) { device, completion in
            device.displayAnswered(completion)
        }
    }

    /// Goes on when a line runs on or blinks. A display that is slower than that is written what is due when it is done.
    private func awaitTick() {
        display?.ticker?.cancel()
        display?.ticker = nil
        let now = ContinuousClock.now
        guard let due = display?.writer.deadline(after: now) else { return }
        display?.ticker = thread.schedule(after: now.duration(to: due)) { [weak self] in
            self?.assumeIsolated {
                $0.display?.ticker = nil
                $0.writeDisplay()
            }
        }
    }

    private func displayAnswered(_ completion: USBCompletion) {
        guard let interface = display?.interface, display?.writer.isWriting == true else { return }
        let ending = display?.writer.ended(completion.isCompleted)
        let endpoint = display?.plan?.output?.address ?? interface.interruptEndpoint(isIn: false)
        guard !followWrite(completion, to: endpoint) else { return }
        switch ending {
        case .tryLater: tryDisplayLater()
        case .giveUp:
            endShows(.refused)
            // One that refuses texts is not helped by the steps that help one that takes nothing.
            guard writeRecovery.isExhausted || completion == .stalled else {
                display?.writer.tryOn()
                return tryDisplayLater()
            }
            guard display?.isComplained == false else { return }
            display?.isComplained = true
            complain("The display takes no text. Plug it in again; if that does not help, try another port.")
        case .goOn:
            display?.isComplained = false
            writeDisplay()
        case nil: break
        }
    }

    private func tryDisplayLater() {
        display?.timer = thread.schedule(after: limits.displayWait) { [weak self] in
            self?.assumeIsolated {
                $0.display?.timer = nil
                $0.writeDisplay()
            }
        }
    }

    private func send(
        _ write: DisplayWrite, to interface: USBInterface,
        completion: @escaping @Sendable (isolated AttachedDevice, USBCompletion) -> Void
    ) {
        switch write {
        case .report(let report): send(report, to: interface, completion: completion)
        case .bytes(let bytes):
            guard let plan = display?.plan else { return }
            self.write(bytes, to: plan) { [weak self] end in self?.assumeIsolated { completion($0, end) } }
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
}

extension USBCompletion {
    /// Whether everything went through.
    var isCompleted: Bool {
        if case .completed = self { true } else { false }
    }
}
