import USB

extension AttachedDevice {
    /// Claims the interfaces of a scanner's line.
    func use(_ plan: LinePlan) async throws(DeviceFault) {
        for interface in plan.interfaces { try await claim(interface) }
        let line = ScannerLine(plan: plan, isZebra: DeviceTable.isZebra(device), limits: limits)
        orders = ScannerOrders(controls: line.dialect?.controls)
        controlInterface = plan.interface
        lines.append(line)
        orders.arm(wantsArmed)
    }

    /// Opens the line.
    func setUp(_ plan: LinePlan) async {
        var isRefused = false
        for step in plan.carrier.setUp(plan.settings.line, interface: plan.control.number, of: device) {
            switch step {
            case .control(let setup, let data, let isNeeded):
                let end = await control(setup, data: data)
                if case .completed = end { continue }
                isRefused = isRefused || isNeeded
            case .write(let bytes): _ = await write(bytes, to: plan)
            case .clearHalt: await clearHalt(of: plan.input)
            }
        }
        if isRefused {
            complain(
                """
                The line could not be set to \(plan.settings.line.description), so scans may come garbled or not at all. \
                Check the chip that the configuration names, or try another cable.
                """)
        }
    }

    /// Takes what came on a line.
    func hear(_ transfer: [UInt8], from index: Int, at now: ContinuousClock.Instant) {
        let outcomes = lines[index].hear(transfer, at: now)
        if isTracing { trace(transfer, outcomes, from: index) }
        follow(outcomes, from: index)
        watchSooner(index)
    }

    /// The deadline of a line came.
    func lineWaited(_ index: Int) {
        let outcomes = lines[index].wait(until: .now)
        if isTracing, !outcomes.isEmpty { trace([], outcomes, from: index) }
        follow(outcomes, from: index)
        watchSooner(index)
    }

    private func follow(_ outcomes: [LineOutcome], from index: Int) {
        for outcome in outcomes {
            guard lines.indices.contains(index) else { return }
            switch outcome {
            case .scan(let scan):
                let label = scan.label(isZebra: lines[index].isZebra)
                publish(lines[index].whole(label, scan.identifier), from: index)
            case .send(let bytes, let endsOrder): send(bytes, from: index, endsOrder: endsOrder)
            case .told(let isFollowed): lineOrderEnded(isFollowed, isBusy: isResetting)
            case .answer(let answer): update { $0.revision = Self.revision(answer) }
            case .ignored(let reason):
                guard reason.spoilsScan else { continue }
                // The rest of the label may follow, and has its terminator.
                if reason == .unterminated { lines[index].reportLost(at: .now) }
                complain(
                    "A scan was dropped: \(reason.description). Scan again; if it comes often, check the settings.")
                if orders.isArmed { perform(.beep(.error)) }
            }
        }
    }

    /// Tells the scanner of a line something.
    func order(_ bytes: [UInt8]) {
        guard let index = lines.firstIndex(where: { $0.dialect != nil }),
            let outcomes = lines[index].dialect?.order(bytes, at: .now)
        else { return }
        follow(outcomes, from: index)
        watchSooner(index)
    }

    /// - Parameter isBusy: whether the device is being reset or opened anew.
    private func lineOrderEnded(_ succeeded: Bool, isBusy: Bool) {
        orderEnded(succeeded)
        if !isBusy { sendOrders() }
    }

    private func send(_ bytes: [UInt8], from index: Int, endsOrder: Bool) {
        guard let plan = lines[index].plan else { return }
        write(bytes, to: plan) { [weak self] completion in
            self?.assumeIsolated { device in
                guard device.lines.first?.plan != nil else { return }
                if device.lines.indices.contains(index) {
                    device.lines[index].dialect?.sent(bytes, isTaken: completion.isCompleted, at: .now)
                }
                let isBusy = device.followWrite(completion, to: plan.output?.address)
                if endsOrder { device.lineOrderEnded(completion.isCompleted, isBusy: isBusy) }
            }
        }
    }

    func write(_ bytes: [UInt8], to plan: LinePlan, completion: @escaping @Sendable (USBCompletion) -> Void) {
        switch plan.writing(bytes) {
        case .endpoint(let address):
            port?.write(endpoint: address, data: bytes, timeout: limits.answerWait, completion: completion)
        case .control(let setup):
            port?.control(setup, data: bytes, timeout: limits.answerWait, completion: completion)
        case .impossible: _ = thread.execute { completion(.failed) }
        }
    }

    /// Keeps the timer at the earliest deadline: what is awaited of a line differs from moment to moment.
    private func watchSooner(_ index: Int) {
        guard lines.indices.contains(index), let deadline = lines[index].deadline else { return }
        if lines[index].timer != nil, let set = lines[index].timerDeadline, set <= deadline { return }
        lines[index].timer?.cancel()
        lines[index].timer = nil
        watchDeadline(index)
    }

    private static let revisionCharactersMax = 200

    /// Text for people: one line, without control characters.
    static func revision(_ answer: [UInt8]) -> String {
        let words = String(decoding: answer.map { $0 < 0x20 || $0 >= 0x7F ? 0x20 : $0 }, as: UTF8.self)
            .split(separator: " ")
        return String(words.joined(separator: " ").prefix(revisionCharactersMax))
    }
}

extension AttachedDevice {
    private func trace(_ transfer: [UInt8], _ outcomes: [LineOutcome], from index: Int) {
        let fields = lines[index].describe(transfer: transfer)
        // A bridge without news sends its status many times a second.
        guard !fields.isEmpty || !outcomes.isEmpty else { return }
        let words = outcomes.map { outcome in
            switch outcome {
            case .scan: orders.isArmed ? "a scan" : "a scan, \(DeviceReport.disarmedWords)"
            case .send(let bytes, _): "answered with \(bytes.hexadecimal)"
            case .told(let isFollowed): isFollowed ? "the order is done" : "the order is not followed"
            case .answer: "an answer"
            case .ignored(let reason): reason.description
            }
        }
        onEvent(
            .report(
                DeviceReport(
                    path: device.path, interface: lines[index].interface.number, bytes: transfer, fields: fields,
                    outcome: words.isEmpty ? "more follows" : words.joined(separator: "; "),
                    sinceLast: lines[index].sinceLastTold(.now))))
    }
}
