import CCountertopProtos

/// What became of the order to the scanners.
public struct ScannerAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__scanner_answer__init)

    /// True when they read now.
    public var armed: Bool = false
    /// Scanners that took the order, by port path.
    public var scanners: [String] = []

    public init() {}

    public init(armed: Bool = false, scanners: [String] = []) {
        self.armed = armed
        self.scanners = scanners
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "armed", &armed)
        fields.field(2, "scanners", &scanners)
    }
}
