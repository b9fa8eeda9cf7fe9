/// Turns the reports of a scanner that poses as a keyboard into scans.
///
/// The report descriptor says where the keys are, so boot keyboards, report ids and bitmaps of all keys need no case of
/// their own. The layout comes from xkb-data. Locks are the keyboard's own: Caps Lock off and Num Lock on until the scanner
/// itself types their keys. It is a value without clock: whoever holds it calls ``expire(at:)`` when ``deadline`` passes.
package struct WedgeDecoder: Sendable {
    package let descriptor: HIDReportDescriptor
    package let settings: WedgeSettings
    let keymap: WedgeKeymap
    private let limits: WedgeLimits
    /// The readers of the reports that carry keys, and the place of each report id in them; 255 where there is none.
    private var readers: [WedgeKeyReader] = []
    private var places = [UInt8](repeating: 255, count: 256)
    /// The bytes of the keys that stand for one, by usage; -1 for the others.
    private var functionBytes = [Int16](repeating: -1, count: 256)
    private var state = WedgeKeymap.State()
    private var assembly: WedgeAssembly
    private var dead: WedgeDeadKey?
    private var altCode = WedgeAltCode()
    /// Scans that ended while another outcome was being given. One report ends three at most: there are three such keys.
    private var waiting: [(scan: WedgeScan, since: ContinuousClock.Instant)] = []
    /// Scans that were given up, because a part of them was missing or they were too long.
    package private(set) var abandonedScans = 0
    /// Why the last scan that was given up was.
    private var loss: WedgeIgnored?

    /// - Throws: ``DevicesError`` `.notAKeyboard` with the reason, or `.layoutUnknown`.
    package init(
        descriptor: HIDReportDescriptor, settings: WedgeSettings, limits: WedgeLimits = .standard
    ) throws(DevicesError) {
        self.descriptor = descriptor
        self.settings = settings
        self.limits = limits
        assembly = WedgeAssembly(settings: settings, limits: limits)
        let found = descriptor.reports(.input).map { report in
            (id: report.key.id, layout: WedgeKeyLayout(report, of: descriptor, limits: limits))
        }
        guard found.contains(where: \.layout.hasText) else { throw Self.rejection(of: descriptor) }
        for (id, layout) in found.filter({ !$0.layout.isEmpty }).prefix(limits.reportsMax) {
            places[Int(id)] = UInt8(readers.count)
            readers.append(WedgeKeyReader(layout: layout))
        }
        keymap = try WedgeKeymap.named(settings.layout, variant: settings.variant)
        for (usage, byte) in settings.functionKeys { functionBytes[Int(usage)] = Int16(byte) }
    }

    /// Reads one report as it came from the endpoint, its id included where the device uses ids.
    ///
    /// A scan whose ``deadline`` has passed is given before the report is heeded, and what the report ends besides follows
    /// by ``expire(at:)``.
    package mutating func decode(report: [UInt8], at now: ContinuousClock.Instant) -> WedgeOutcome {
        guard let place = place(of: report) else { return .ignored(reason(against: report)) }
        let overdue = expire(at: now)
        guard readers[place].take(report) else { return overdue.map { .scan($0) } ?? .ignored(.rollOver) }
        follow(modifiers(), at: now)
        var outcome: WedgeOutcome?
        for index in readers[place].fresh.indices {
            let ended = press(readers[place].fresh[index], at: now)
            keep(ended, at: now, for: &outcome)
        }
        if let overdue {
            if case .scan(let scan) = outcome { waiting.append((scan, now)) }
            return .scan(overdue)
        }
        return outcome ?? (assembly.lastKey == nil ? .ignored(.noKey) : .more)
    }

    /// When ``expire(at:)`` has something to do; `nil` when no scan is under way.
    package var deadline: ContinuousClock.Instant? {
        waiting.first?.since ?? assembly.lastKey.map { $0 + settings.silence }
    }

    /// Ends a scan after which nothing was typed for ``WedgeSettings/silence``.
    /// - Returns: the scan; `nil` when none is due, and when it was given up.
    package mutating func expire(at now: ContinuousClock.Instant) -> WedgeScan? {
        if !waiting.isEmpty { return waiting.removeFirst().scan }
        guard let last = assembly.lastKey, now - last >= settings.silence else { return nil }
        return if case .scan(let scan) = finish(bySilence: true) { scan } else { nil }
    }

    /// - Returns: why a scan was given up since this was asked last; `nil` when none was.
    package mutating func takeLoss() -> WedgeIgnored? { loss.take() }

    /// Forgets the scan under way, the keys that are down, and the locks: the device was unplugged or reset.
    package mutating func reset() {
        for index in readers.indices { readers[index].reset() }
        state = WedgeKeymap.State()
        assembly.clear()
        dead = nil
        altCode = WedgeAltCode()
        waiting = []
    }

    /// The first scan of a report is its outcome, and later ones wait; that a scan was given up outweighs an empty one.
    private mutating func keep(
        _ ended: WedgeOutcome?, at now: ContinuousClock.Instant, for outcome: inout WedgeOutcome?
    ) {
        switch (ended, outcome) {
        case (nil, _): break
        case (.scan(let scan), .scan): waiting.append((scan, now))
        case (.scan, _): outcome = ended
        case (_, .scan): break
        default: outcome = outcome ?? ended
        }
    }

    /// Where a report's keys are; `nil` when it carries none.
    func layout(of report: [UInt8]) -> WedgeKeyLayout? {
        place(of: report).map { readers[$0].layout }
    }

    private func place(of report: [UInt8]) -> Int? {
        guard let first = report.first else { return nil }
        let place = Int(places[descriptor.usesReportIDs ? Int(first) : 0])
        return place < readers.count ? place : nil
    }

    private func reason(against report: [UInt8]) -> WedgeIgnored {
        guard let first = report.first else { return .emptyReport }
        let id = descriptor.usesReportIDs ? first : 0
        return descriptor.report(.input, id: id) == nil ? .unknownReport(id: id) : .otherReport(id: id)
    }

    private func modifiers() -> WedgeModifiers {
        if readers.count == 1 { return readers[0].held.modifiers }
        return readers.reduce(into: WedgeModifiers()) { $0.formUnion($1.held.modifiers) }
    }
}

extension WedgeDecoder {
    /// The left Alt key ends a number when it comes up.
    private mutating func follow(_ modifiers: WedgeModifiers, at now: ContinuousClock.Instant) {
        if state.modifiers.contains(.leftAlt), !modifiers.contains(.leftAlt) { endAltCode() }
        state.modifiers = modifiers
    }

    /// - Returns: how the scan ended, `nil` when the key did not end it.
    private mutating func press(_ usage: UInt8, at now: ContinuousClock.Instant) -> WedgeOutcome? {
        switch usage {
        case WedgeKey.capsLock:
            state.capsLock.toggle()
            return nil
        case WedgeKey.numLock:
            state.numLock.toggle()
            return nil
        case WedgeKey.enter, WedgeKey.keypadEnter, WedgeKey.tab:
            if isTerminator(usage) { return finish(bySilence: false) }
        default: break
        }
        assembly.touch(at: now)
        type(usage)
        return nil
    }

    private func isTerminator(_ usage: UInt8) -> Bool {
        settings.terminators.contains(usage == WedgeKey.tab ? .tab : .enter)
            && state.modifiers.isDisjoint(with: .controls) && functionBytes[Int(usage)] < 0
    }

    private mutating func type(_ usage: UInt8) {
        if functionBytes[Int(usage)] >= 0 { return append(byte: UInt8(truncatingIfNeeded: functionBytes[Int(usage)])) }
        if state.modifiers.contains(.leftAlt) {
            if WedgeKey.keypadDigits.contains(usage) { altCode.append(keypad: usage, limits: limits) }
            return
        }
        if usage == WedgeKey.closingBracket, settings.ctrlBracketIsGS, !state.modifiers.isDisjoint(with: .controls) {
            return append(byte: 0x1D)
        }
        let character = keymap.character(of: usage, in: state)
        if let scalar = character.scalar {
            dead == nil ? assembly.append(scalar) : appendAccented(scalar)
        } else if let keysym = character.deadKeysym {
            endDeadKey()
            dead = keymap.deadKey(keysym)
        }
    }

    private mutating func append(byte: UInt8) {
        endDeadKey()
        assembly.append(byte: byte)
    }

    private mutating func appendAccented(_ scalar: Unicode.Scalar) {
        guard let accent = dead.take() else { return }
        if scalar == " " { return assembly.append(accent.spacing) }
        if let composed = accent.composed(with: scalar) { return assembly.append(composed) }
        // As on Windows: both, where they do not make one.
        assembly.append(accent.spacing)
        assembly.append(scalar)
    }

    private mutating func endDeadKey() {
        if let accent = dead.take() { assembly.append(accent.spacing) }
    }

    private mutating func endAltCode() {
        guard altCode.digits > 0 else { return }
        let code = altCode
        altCode = WedgeAltCode()
        endDeadKey()
        guard let bytes = code.bytes(settings.altCodes, limits: limits) else { return assembly.spoil(.altCodeUnknown) }
        for byte in bytes { assembly.append(byte: byte) }
    }

    private mutating func finish(bySilence: Bool) -> WedgeOutcome {
        endAltCode()
        endDeadKey()
        let outcome = assembly.finish(bySilence: bySilence)
        if case .ignored(let reason) = outcome, reason.spoilsScan {
            abandonedScans += 1
            loss = reason
        }
        return outcome
    }
}
