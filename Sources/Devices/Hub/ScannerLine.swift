import USB

/// A claimed interface that gives scans: its decoder and what it takes to keep it being read.
struct ScannerLine: Sendable {
    let interface: USBInterface
    let endpoint: UInt8
    let descriptor: HIDReportDescriptor
    /// Whether its scans count. The keyboard of a scanner that offers HID POS as well is read and passed over, since
    /// otherwise every scan would come twice.
    let isHeard: Bool
    let isZebra: Bool
    var pos: HIDPOSDecoder?
    var wedge: WedgeDecoder?
    var recovery: ReadRecovery
    var isReading = false
    /// Whether a part of the scan under way is missing.
    private(set) var isSpoiled = false
    /// Waits for the deadline of the scan under way.
    var timer: USBTimer?

    enum Outcome: Sendable {
        case scan(Label, AIMIdentifier?)
        case more
        case ignored
    }

    /// - Throws: ``DevicesError`` when the descriptor is no scanner's, or the layout is not known.
    init(
        interface: USBInterface, endpoint: UInt8, descriptor: HIDReportDescriptor, wedge settings: WedgeSettings?,
        isHeard: Bool, isZebra: Bool, limits: HubLimits
    ) throws(DevicesError) {
        self.interface = interface
        self.endpoint = endpoint
        self.descriptor = descriptor
        self.isHeard = isHeard
        self.isZebra = isZebra
        recovery = ReadRecovery(limits: limits)
        if let settings {
            wedge = try WedgeDecoder(descriptor: descriptor, settings: settings)
        } else {
            pos = try HIDPOSDecoder(descriptor: descriptor)
        }
    }

    /// The longest report, in bytes: the only one that may end without a short packet (HID 1.11, section 8.4).
    var reportBytesMax: Int { descriptor.reports(.input).map(\.byteCount).max() ?? 1 }

    var deadline: ContinuousClock.Instant? { pos?.deadline ?? wedge?.deadline }

    mutating func decode(_ report: [UInt8], at now: ContinuousClock.Instant) -> Outcome {
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

    /// A report may have been lost. A scan under way is dropped when it ends: a label with a hole might be somebody
    /// else's.
    mutating func reportLost() {
        isSpoiled = deadline != nil
    }

    mutating func whole(_ label: Label, _ aim: AIMIdentifier?) -> Outcome {
        guard isSpoiled else { return .scan(label, aim) }
        isSpoiled = false
        return .ignored
    }

    /// - Returns: a scan that silence has ended.
    mutating func expire(at now: ContinuousClock.Instant) -> (label: Label, aim: AIMIdentifier?)? {
        pos?.expire(at: now)
        let scan = wedge?.expire(at: now)
        let wasSpoiled = isSpoiled
        if deadline == nil { isSpoiled = false }
        return wasSpoiled ? nil : scan.map { ($0.label(isZebra: isZebra), $0.identifier) }
    }

    /// Forgets the scan under way: the device was reset.
    mutating func reset() {
        isSpoiled = false
        pos?.reset()
        wedge?.reset()
    }
}
