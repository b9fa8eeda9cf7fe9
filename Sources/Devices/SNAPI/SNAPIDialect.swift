/// Zebra's SNAPI, the host's side, as far as it was reverse engineered (go-zebra-scanner): HID reports, of which every one
/// with a label or a part of one is acknowledged.
package struct SNAPIDialect: Sendable {
    enum Report {
        static let acknowledge: UInt8 = 0x01
        static let aim: UInt8 = 0x02
        static let beep: UInt8 = 0x04
        static let scanEnable: UInt8 = 0x06
        static let trigger: UInt8 = 0x0A
        static let status: UInt8 = 0x21
        static let scan: UInt8 = 0x22
        static let largeScan: UInt8 = 0x26
    }

    /// What the scanner says of an order, and the host of a label.
    enum Status {
        static let ok: UInt8 = 1
        static let error: UInt8 = 2
    }

    /// A part of a label.
    private struct Fragment: Equatable {
        let count: Int
        let index: Int
        let code: UInt16
        let data: [UInt8]
    }

    private let limits: SerialLimits
    private var assembly: FragmentAssembly
    /// The last part of the label under way.
    private var last: Fragment?
    /// The last part of the label that ended last, and until when it may come again because the scanner does not know that it
    /// was taken.
    private var untold: (fragment: Fragment, until: ContinuousClock.Instant)?
    /// The report of an order that the scanner has not answered yet, and until when it may.
    private var pending: (report: UInt8, deadline: ContinuousClock.Instant)?

    package init(limits: SerialLimits = .standard) {
        self.limits = limits
        assembly = FragmentAssembly(limits: limits)
    }
}

extension SNAPIDialect: ScannerDialect {
    var controls: (any ScannerControls)? { Self.words }

    var provesWholeness: Bool { true }

    /// - Parameter bytes: one report, its id in front.
    package mutating func take(_ bytes: [UInt8], at now: ContinuousClock.Instant) -> [LineOutcome] {
        let outcomes = expire(at: now)
        guard let id = bytes.first else { return outcomes }
        switch id {
        case Report.scan, Report.largeScan:
            guard let fragment = Self.fragment(bytes) else {
                forget()
                return outcomes + [.ignored(.fragmentsMissing), Self.acknowledgement(id, Status.error)]
            }
            return outcomes + [Self.acknowledgement(id, Status.ok)] + take(fragment, at: now)
        case Report.status: return outcomes + answered(bytes)
        default: return outcomes + [.ignored(.other(id))]
        }
    }

    package mutating func order(_ bytes: [UInt8], at now: ContinuousClock.Instant) -> [LineOutcome] {
        guard let report = bytes.first else { return [.told(isFollowed: false)] }
        pending = (report, now + limits.acknowledgementWait)
        return [.send(bytes, endsOrder: false)]
    }

    /// A scanner that knows that its label was taken sends it again only when somebody reads it again.
    package mutating func sent(_ bytes: [UInt8], isTaken: Bool, at now: ContinuousClock.Instant) {
        guard bytes.first == Report.acknowledge, let untold else { return }
        self.untold = isTaken ? nil : (untold.fragment, now + limits.acknowledgementWait)
    }

    package var deadline: ContinuousClock.Instant? {
        [assembly.deadline, pending?.deadline].compactMap { $0 }.min()
    }

    package mutating func expire(at now: ContinuousClock.Instant) -> [LineOutcome] {
        var outcomes: [LineOutcome] = []
        if assembly.expire(at: now) {
            forget()
            outcomes.append(.ignored(.fragmentsMissing))
        }
        if let pending, pending.deadline <= now {
            self.pending = nil
            outcomes += [.ignored(.unanswered), .told(isFollowed: false)]
        }
        return outcomes
    }

    package mutating func reset() {
        forget()
        pending = nil
    }

    private mutating func forget() {
        assembly.reset()
        last = nil
        untold = nil
    }

    private mutating func take(_ fragment: Fragment, at now: ContinuousClock.Instant) -> [LineOutcome] {
        if let last, fragment == last, !assembly.isEmpty { return [.ignored(.repeated)] }
        if let untold, untold.fragment == fragment, now < untold.until, assembly.isEmpty {
            return [.ignored(.repeated)]
        }
        untold = nil
        // A label's first packet ends whatever was under way.
        let isCut = fragment.index == 0 && !assembly.isEmpty
        if isCut { forget() }
        let expected = last.map { $0.index + 1 } ?? 0
        guard fragment.index == expected, last.map({ $0.count == fragment.count }) ?? true else {
            forget()
            return [.ignored(.fragmentsMissing)]
        }
        let isLast = fragment.index == fragment.count - 1
        last = isLast ? nil : fragment
        let outcome = assembly.take(fragment.data, code: fragment.code, isLast: isLast, at: now)
        if case .ignored = outcome { forget() }
        if case .scan = outcome { untold = (fragment, now + limits.acknowledgementWait) }
        return (isCut ? [.ignored(.fragmentsMissing)] : []) + (outcome.map { [$0] } ?? [])
    }

    private mutating func answered(_ bytes: [UInt8]) -> [LineOutcome] {
        guard bytes.count >= 3 else { return [.ignored(.other(Report.status))] }
        let status = bytes[2] & 0x0F
        let isAwaited = pending?.report == bytes[1]
        if isAwaited { pending = nil }
        let reason = LineOutcome.ignored(status == Status.ok ? .other(Report.status) : .refused(status))
        return isAwaited ? [reason, .told(isFollowed: status == Status.ok)] : [reason]
    }

    /// - Returns: `nil` for a report that ends before its data does, or counts wrongly.
    private static func fragment(_ bytes: [UInt8]) -> Fragment? {
        let isLarge = bytes[0] == Report.largeScan
        let head = isLarge ? 8 : 6
        guard bytes.count >= head else { return nil }
        let count = isLarge ? Int(bytes[1]) << 8 | Int(bytes[2]) : Int(bytes[1])
        let index = isLarge ? Int(bytes[3]) << 8 | Int(bytes[4]) : Int(bytes[2])
        let length = Int(bytes[head - 3])
        guard index < count, head + length <= bytes.count else { return nil }
        return Fragment(
            count: count, index: index, code: UInt16(bytes[head - 2]) | UInt16(bytes[head - 1]) << 8,
            data: Array(bytes[head..<(head + length)]))
    }

    private static func acknowledgement(_ report: UInt8, _ status: UInt8) -> LineOutcome {
        .send([Report.acknowledge, report, status, 0], endsOrder: false)
    }
}
