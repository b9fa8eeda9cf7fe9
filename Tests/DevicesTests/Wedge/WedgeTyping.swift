@testable import Devices

/// A scanner that types, one millisecond from report to report.
struct WedgeTyping {
    var decoder: WedgeDecoder
    var now = ContinuousClock.Instant.now

    init(_ settings: WedgeSettings = WedgeSettings(), descriptor: [UInt8] = HIDFixtures.labKeyboard) throws {
        decoder = try WedgeDecoder(descriptor: HIDReportDescriptor(descriptor), settings: settings)
    }

    init(layout: String, variant: String = "") throws {
        var settings = WedgeSettings()
        settings.layout = layout
        settings.variant = variant
        try self.init(settings)
    }

    /// Sends a report of a boot keyboard.
    @discardableResult
    mutating func report(_ keys: [UInt8], with modifiers: WedgeModifiers = []) -> WedgeOutcome {
        let places = keys + [UInt8](repeating: 0, count: 6 - keys.count)
        return send([modifiers.rawValue, 0] + places)
    }

    @discardableResult
    mutating func send(_ report: [UInt8]) -> WedgeOutcome {
        now += .milliseconds(1)
        return decoder.decode(report: report, at: now)
    }

    /// Presses a key and lets it go.
    /// - Returns: what its going down meant.
    @discardableResult
    mutating func press(_ key: UInt8, with modifiers: WedgeModifiers = []) -> WedgeOutcome {
        let outcome = report([key], with: modifiers)
        report([])
        return outcome
    }

    /// Types text as a scanner set to "us" does.
    mutating func type(_ text: String) {
        for character in text {
            if let place = USKeyboard.plain.firstIndex(of: character) {
                press(USKeyboard.usages[place])
            } else if let place = USKeyboard.shifted.firstIndex(of: character) {
                press(USKeyboard.usages[place], with: .leftShift)
            }
        }
    }

    /// Types a number on the numeric keypad with Alt held.
    mutating func typeAlt(_ digits: String) {
        report([], with: .leftAlt)
        for digit in digits.compactMap(\.wholeNumberValue) {
            report([UInt8(digit == 0 ? 0x62 : 0x58 + digit)], with: .leftAlt)
            report([], with: .leftAlt)
        }
        report([])
    }

    mutating func enter() -> WedgeOutcome { press(0x28) }

    /// Ends the scan with Enter.
    /// - Returns: its text; `nil` when there was no scan.
    mutating func text() -> String? {
        guard case .scan(let scan) = enter() else { return nil }
        return String(decoding: scan.data, as: UTF8.self)
    }
}
