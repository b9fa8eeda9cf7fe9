/// Puts the fragments of a scan together: a value without clock, which is told the time.
struct HIDPOSAssembly: Sendable {
    /// What one report carries of a scan.
    struct Fragment {
        let data: ArraySlice<UInt8>
        let aim: AIMIdentifier?
        let vendorCode: UInt8?
        /// Whether another report follows.
        let more: Bool
        /// Why the bytes cannot be trusted, which spoils the whole scan.
        let fault: HIDPOSIgnored?
    }

    private struct Pending {
        var data: [UInt8]
        let aim: AIMIdentifier?
        let vendorCode: UInt8?
        var reports: Int
        var fault: HIDPOSIgnored?
        var last: ContinuousClock.Instant
    }

    private let limits: HIDPOSLimits
    private var pending: Pending?
    /// Scans whose last report never came.
    private(set) var abandoned = 0
    /// Why the last label that began was not given.
    private var loss: HIDPOSIgnored?

    init(limits: HIDPOSLimits) {
        self.limits = limits
    }

    /// When the scan under way will be given up; `nil` when none is.
    var deadline: ContinuousClock.Instant? {
        pending.map { $0.last + limits.fragmentWait }
    }

    /// Gives up a scan whose next report is overdue.
    mutating func expire(at now: ContinuousClock.Instant) {
        if let deadline, deadline < now { abandon() }
    }

    mutating func abandon() {
        guard pending != nil else { return }
        pending = nil
        abandoned += 1
        loss = .fragmentsMissing
    }

    /// - Returns: why a label was not given since this was asked last; `nil` when each was.
    mutating func takeLoss() -> HIDPOSIgnored? { loss.take() }

    mutating func take(_ fragment: Fragment, at now: ContinuousClock.Instant) -> HIDPOSOutcome {
        expire(at: now)
        // Each fragment repeats the symbology: another one begins another scan.
        if let pending, let aim = fragment.aim, aim != pending.aim { abandon() }
        guard var scan = pending.take() else { return begin(fragment, at: now) }
        scan.reports += 1
        scan.last = now
        scan.fault = scan.fault ?? fragment.fault
        append(fragment.data, to: &scan)
        guard fragment.more else { return finish(scan) }
        pending = scan
        return .more
    }

    private mutating func begin(_ fragment: Fragment, at now: ContinuousClock.Instant) -> HIDPOSOutcome {
        var scan = Pending(
            data: [], aim: fragment.aim, vendorCode: fragment.vendorCode, reports: 1, fault: fragment.fault, last: now)
        append(fragment.data, to: &scan)
        guard fragment.more else { return finish(scan) }
        pending = scan
        return .more
    }

    private func append(_ data: ArraySlice<UInt8>, to scan: inout Pending) {
        if scan.data.count + data.count > limits.scanBytesMax || scan.reports > limits.scanReportsMax {
            scan.fault = scan.fault ?? .scanTooLong
        }
        if scan.fault != nil {
            scan.data = []
        } else if scan.data.isEmpty {
            scan.data = Array(data)
        } else {
            scan.data += data
        }
    }

    private mutating func finish(_ scan: Pending) -> HIDPOSOutcome {
        if let fault = scan.fault {
            if fault.spoilsScan { loss = fault }
            return .ignored(fault)
        }
        let data = Self.withoutSuffix(scan.data)
        guard !data.isEmpty else { return .ignored(.noData) }
        return .scan(
            HIDPOSScan(data: data, identifier: scan.aim, vendorCode: scan.vendorCode, reports: scan.reports))
    }

    /// Some scanners keep the suffix of their keyboard mode: CR, or CR LF. It is no part of the label.
    private static func withoutSuffix(_ data: [UInt8]) -> [UInt8] {
        if data.last == 0x0D { return Array(data.dropLast()) }
        if data.count >= 2, data[data.count - 2] == 0x0D, data[data.count - 1] == 0x0A {
            return Array(data.dropLast(2))
        }
        return data
    }
}
