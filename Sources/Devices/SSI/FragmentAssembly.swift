/// Puts the packets of a label together: a value without clock, which is told the time.
struct FragmentAssembly: Sendable {
    private struct Pending {
        var data: [UInt8]
        let code: UInt16
        var isTooLong = false
        var last: ContinuousClock.Instant
    }

    private let limits: SerialLimits
    private var pending: Pending?
    /// A part of a label is missing: until this time, what comes up to the next last packet may be the rest of it.
    private var spoiledUntil: ContinuousClock.Instant?

    init(limits: SerialLimits) {
        self.limits = limits
    }

    var isEmpty: Bool { pending == nil }

    var deadline: ContinuousClock.Instant? { pending.map { $0.last + limits.fragmentWait } }

    /// - Returns: how the label ended, or that another one began before its end; `nil` while it goes on.
    mutating func take(
        _ data: some Sequence<UInt8>, code: UInt16, isLast: Bool, at now: ContinuousClock.Instant
    ) -> LineOutcome? {
        if let spoiledUntil, now < spoiledUntil {
            if isLast { self.spoiledUntil = nil }
            return .ignored(.fragmentsMissing)
        }
        var label = pending.take() ?? Pending(data: [], code: code, last: now)
        // Each packet repeats the kind of label: another one begins another label, whose beginning this may not be.
        guard label.code == code else {
            if !isLast { spoiledUntil = now + limits.spoiledWait }
            return .ignored(.fragmentsMissing)
        }
        label.last = now
        label.data += data
        if label.data.count > limits.scanBytesMax {
            label.isTooLong = true
            label.data = []
        }
        guard isLast else {
            pending = label
            return nil
        }
        guard !label.isTooLong else { return .ignored(.scanTooLong) }
        guard !label.data.isEmpty else { return .ignored(.emptyScan) }
        let symbology = Symbology(zebraCode: code, data: label.data)
        return .scan(LineScan(data: label.data, symbology: symbology))
    }

    /// Gives up a label whose next packet is overdue.
    /// - Returns: whether there was one.
    mutating func expire(at now: ContinuousClock.Instant) -> Bool {
        guard let deadline, deadline <= now else { return false }
        pending = nil
        spoiledUntil = now + limits.spoiledWait
        return true
    }

    mutating func reset() {
        pending = nil
        spoiledUntil = nil
    }
}
