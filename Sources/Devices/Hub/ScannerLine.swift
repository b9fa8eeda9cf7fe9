import USB

/// A claimed interface that gives scans: its decoder and what it takes to keep it being read.
struct ScannerLine: Sendable {
    let interface: USBInterface
    let endpoint: UInt8
    /// `nil` for a line, which has none.
    let descriptor: HIDReportDescriptor?
    /// Whether it is the keyboard of a scanner that offers HID POS as well, and may give every label twice.
    let isRival: Bool
    /// Whether its scans count. Those of a rival do until HID POS has given a label.
    var isHeard = true
    let isZebra: Bool
    var pos: HIDPOSDecoder?
    var wedge: WedgeDecoder?
    /// How its bytes are reached, and what reads them; `nil` for HID reports of scans and keys.
    let plan: LinePlan?
    var dialect: (any ScannerDialect)?
    var recovery: ReadRecovery
    var isReading = false
    /// Until when what comes may be the rest of a label whose beginning was lost; `nil` when all came.
    private var spoiledUntil: ContinuousClock.Instant?
    /// Waits for the deadline of the scan under way.
    var timer: USBTimer?
    /// When the last report that was told came.
    var lastTold: ContinuousClock.Instant?
    /// When the timer goes off.
    var timerDeadline: ContinuousClock.Instant?

    enum Outcome: Sendable {
        case scan(Label, AIMIdentifier?)
        case more
        case ignored
        /// A label that was dropped, because a part of it may be missing.
        case spoiled
    }

    /// - Throws: ``DevicesError`` when the descriptor is no scanner's, or the layout is not known.
    init(
        interface: USBInterface, endpoint: UInt8, descriptor: HIDReportDescriptor, wedge settings: WedgeSettings?,
        isRival: Bool = false, isZebra: Bool, limits: HubLimits
    ) throws(DevicesError) {
        self.interface = interface
        self.endpoint = endpoint
        self.descriptor = descriptor
        self.isRival = isRival
        self.isZebra = isZebra
        plan = nil
        recovery = ReadRecovery(limits: limits)
        if let settings {
            wedge = try WedgeDecoder(descriptor: descriptor, settings: settings)
        } else {
            pos = try HIDPOSDecoder(descriptor: descriptor)
        }
    }

    init(plan: LinePlan, isZebra: Bool, limits: HubLimits) {
        interface = plan.interface
        endpoint = plan.input.address
        descriptor = nil
        isRival = false
        self.isZebra = isZebra
        self.plan = plan
        dialect = plan.dialect()
        recovery = ReadRecovery(limits: limits)
    }

    /// How much is read at once: of reports the longest, the only one that may end without a short packet (HID 1.11, section
    /// 8.4).
    var transferBytes: Int {
        if let plan { return plan.carrier.transferBytes(packetBytes: plan.input.packetBytesMax) }
        return descriptor?.reports(.input).map(\.byteCount).max() ?? 1
    }

    var deadline: ContinuousClock.Instant? { pos?.deadline ?? wedge?.deadline ?? dialect?.deadline }

    mutating func decode(_ report: [UInt8], at now: ContinuousClock.Instant) -> Outcome {
        settle(at: now)
        defer { stretchSpoil(at: now) }
        switch pos?.decode(report: report, at: now) {
        case .scan(let scan): return whole(scan.label(isZebra: isZebra), scan.identifier)
        case .more: return .more
        case .ignored: return .ignored
        case nil: break
        }
        switch wedge?.decode(report: report, at: now) {
        case .scan(let scan): return whole(scan.label(isZebra: isZebra), scan.identifier)
        case .more: return .more
        case .ignored, nil: return .ignored
        }
    }

    /// A report may have been lost. It may have been the first of a label, so the next label is dropped unless a silence
    /// comes before it: a label with a hole might be somebody else's.
    mutating func reportLost(at now: ContinuousClock.Instant) {
        guard dialect?.provesWholeness != true else { return }
        spoiledUntil = now + quietTime
    }

    /// How long the parts of one label may lie apart.
    private var quietTime: Duration {
        wedge?.settings.silence ?? plan?.settings.silence ?? HIDPOSLimits.standard.fragmentWait
    }

    /// Trusts what comes again when nothing is under way and the rest of a damaged label would have come.
    mutating func settle(at now: ContinuousClock.Instant) {
        pos?.expire(at: now)
        if let spoiledUntil, spoiledUntil <= now, deadline == nil { self.spoiledUntil = nil }
    }

    /// The rest of a damaged label goes on for as long as its parts come.
    mutating func stretchSpoil(at now: ContinuousClock.Instant) {
        if spoiledUntil != nil, deadline != nil { spoiledUntil = now + quietTime }
    }

    mutating func whole(_ label: Label, _ aim: AIMIdentifier?) -> Outcome {
        guard spoiledUntil != nil else { return .scan(label, aim) }
        spoiledUntil = nil
        return .spoiled
    }

    /// - Returns: why a label of reports or keys was given up since this was asked last; `nil` when none was.
    mutating func takeLoss() -> String? {
        pos?.takeLoss()?.description ?? wedge?.takeLoss()?.description
    }

    /// - Returns: what a silence has ended.
    mutating func expire(at now: ContinuousClock.Instant) -> Outcome {
        let scan = wedge?.expire(at: now)
        defer { settle(at: now) }
        return scan.map { whole($0.label(isZebra: isZebra), $0.identifier) } ?? .ignored
    }

    /// Forgets the scan under way: the device was reset. Its rest may still come.
    mutating func reset() {
        pos?.reset()
        wedge?.reset()
        dialect?.reset()
    }
}
