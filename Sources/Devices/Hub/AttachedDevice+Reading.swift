import Foundation
import USB

extension AttachedDevice {
    func startReading(_ index: Int) {
        guard !isGone, !isResetting, let port, lines.indices.contains(index), !lines[index].isReading else { return }
        lines[index].isReading = true
        port.startReading(endpoint: lines[index].endpoint, transferBytes: lines[index].transferBytes) {
            [weak self] completion in
            self?.assumeIsolated { $0.take(completion, from: index) }
        }
    }

    private func take(_ completion: USBCompletion, from index: Int) {
        guard lines.indices.contains(index) else { return }
        guard case .completed(let report) = completion else { return recover(from: completion, index) }
        lines[index].recovery.reportCame()
        let now = ContinuousClock.now
        guard lines[index].dialect == nil else { return hear(report, from: index, at: now) }
        guard !isTracing else { return trace(report, from: index, at: now) }
        publish(lines[index].decode(report, at: now), from: index)
        followUp(index)
        if lines.indices.contains(index), lines[index].timer == nil { watchDeadline(index) }
    }

    func scan(_ label: Label, _ aim: AIMIdentifier?, from index: Int) -> DeviceScan? {
        guard lines[index].isHeard, orders.isArmed else { return nil }
        // What it has read it can read.
        if info.capabilities.reads2D == nil, label.symbology.isMatrix { update { $0.capabilities.reads2D = true } }
        return DeviceScan(
            path: device.path, interface: lines[index].interface.number, label: label, aim: aim?.description ?? "",
            readAt: Date())
    }

    func publish(_ outcome: ScannerLine.Outcome, from index: Int) {
        switch outcome {
        case .scan(let label, let aim): if let scan = given(label, aim, from: index) { onEvent(.scan(scan)) }
        case .spoiled: tellSpoiled(index)
        case .more, .ignored: break
        }
    }

    /// What is left to be said when the outcome of a report is told.
    private func followUp(_ index: Int) {
        guard lines.indices.contains(index) else { return }
        if let answer = lines[index].pos?.takeRevision() { update { $0.revision = Self.revision(answer) } }
        guard let loss = lines[index].takeLoss(), isWanted(index) else { return }
        complain("A scan was dropped: \(loss). Scan again; if it comes often, check the scanner's settings.")
        perform(.beep(.error))
    }

    /// Whether somebody waits for what a line gives.
    private func isWanted(_ index: Int) -> Bool {
        lines[index].isHeard && (!lines[index].isRival || isSilenceTold) && orders.isArmed
    }

    /// The person who holds the label hears that it has to be read again.
    func tellSpoiled(_ index: Int) {
        guard isWanted(index) else { return }
        complain(
            "A scan was dropped, because the bus lost a part of it. Scan again; if it comes often, change the cable.")
        perform(.beep(.error))
    }

    private func trace(_ report: [UInt8], from index: Int, at now: ContinuousClock.Instant) {
        let fields = lines[index].describe(report)
        var (outcome, sentence) = lines[index].explain(report, at: now)
        var scanned: DeviceScan?
        if case .scan(let label, let aim) = outcome {
            scanned = given(label, aim, from: index)
            if heldScan != nil, lines[index].isRival {
                sentence += ", given if HID POS does not give it as well"
            } else if !lines[index].isHeard {
                sentence += ", passed over because the scanner gives it as HID POS as well"
            } else if scanned == nil {
                sentence += ", \(DeviceReport.disarmedWords)"
            }
        }
        let line = lines[index].interface.number
        onEvent(
            .report(
                DeviceReport(
                    path: device.path, interface: line, bytes: report, fields: fields, outcome: sentence,
                    scan: scanned, sinceLast: lines[index].sinceLastTold(now))))
        if let scanned { onEvent(.scan(scanned)) }
        if case .spoiled = outcome { tellSpoiled(index) }
        followUp(index)
        if lines.indices.contains(index), lines[index].timer == nil { watchDeadline(index) }
    }

    /// Sets a timer to the deadline of the scan under way. It looks again when it goes off, so it is not set anew for
    /// every report.
    func watchDeadline(_ index: Int) {
        guard lines.indices.contains(index), let deadline = lines[index].deadline else { return }
        lines[index].timerDeadline = deadline
        let wait = max(ContinuousClock.now.duration(to: deadline), .zero)
        lines[index].timer = thread.schedule(after: wait) { [weak self] in
            self?.assumeIsolated { $0.deadlineCame(index) }
        }
    }

    private func deadlineCame(_ index: Int) {
        guard lines.indices.contains(index) else { return }
        lines[index].timer = nil
        guard lines[index].dialect == nil else { return lineWaited(index) }
        publish(lines[index].expire(at: .now), from: index)
        followUp(index)
        watchDeadline(index)
    }
}

extension AttachedDevice {
    private func recover(from completion: USBCompletion, _ index: Int) {
        lines[index].isReading = false
        // A stall loses nothing; after everything else a report may be missing.
        if completion != .stalled { lines[index].reportLost(at: .now) }
        // The reset ended it, and is followed by a new reading.
        guard !isResetting else { return }
        switch lines[index].recovery.next(after: completion, at: .now) {
        case .restart: startReading(index)
        case .restartLater(let wait): restart(index, after: wait)
        case .clearHalt: clearHalt(index)
        case .reset: reset()
        case .fail(let what):
            fail(
                """
                The device \(what). It is tried again every \(limits.reopenWait.components.seconds) s, and at once when it \
                is plugged in again. If that does not help, try another cable or port.
                """)
        case .end: standBy()
        }
    }

    private func restart(_ index: Int, after wait: Duration) {
        let timer = thread.schedule(after: wait) { [weak self] in
            self?.assumeIsolated { $0.startReading(index) }
        }
        if timer == nil { startReading(index) }
    }

    private func clearHalt(_ index: Int) {
        port?.clearHalt(endpoint: lines[index].endpoint) { [weak self] fault in
            self?.assumeIsolated { device in
                guard device.lines.indices.contains(index) else { return }
                if fault == nil { device.startReading(index) } else { device.recover(from: .failed, index) }
            }
        }
    }

    func reset() {
        isResetting = true
        port?.reset { [weak self] fault in
            self?.assumeIsolated { $0.wasReset(fault) }
        }
    }

    private func wasReset(_ fault: USBError?) {
        isResetting = false
        switch fault?.code {
        case nil: break
        // The device comes back as a new arrival, or does not.
        case .notFound, .gone: return standBy()
        default: return fail("The device does not work as it should, and cannot be reset. Plug it in again.")
        }
        for index in lines.indices { lines[index].reset() }
        dropOrders()
        orders.forget()
        display?.writer.forget()
        Task { await setUpAgain() }
    }

    private func setUpAgain() async {
        guard !isSettingUp else { return }
        isSettingUp = true
        await setUp()
        isSettingUp = false
        for index in lines.indices { startReading(index) }
        orders.wish(.begin)
        sendOrders()
        if let wantedScreen { show(wantedScreen) }
    }

    /// The device says that it is gone: the bus will tell so, or it was a false word and the device is opened anew.
    private func standBy() {
        reopen("It stopped answering, as one does that is unplugged. It is opened again if it is there.")
    }

    /// Gives the device back and opens it anew.
    func reopen(_ explanation: String) {
        closePort()
        update {
            $0.state = .opening
            $0.explanation = explanation
        }
        Task {
            guard await pause(limits.openWaitMax) else { return }
            await bringUp()
        }
    }

    /// Gives the device up for a while.
    private func fail(_ explanation: String) {
        closePort()
        update {
            $0.state = .failed
            $0.explanation = explanation
        }
        Task {
            guard await pause(limits.reopenWait) else { return }
            await bringUp()
        }
    }
}
