/// The state that holds for all main items until it is changed (HID 1.11, section 6.2.2.7).
struct HIDGlobalItems {
    private(set) var usagePage: UInt16 = 0
    private(set) var reportSize: UInt32 = 0
    private(set) var reportCount: UInt32 = 0
    var reportID: UInt8 = 0
    private var logicalMinimum: HIDItem?
    private var logicalMaximum: HIDItem?
    private var physicalMinimum: HIDItem?
    private var physicalMaximum: HIDItem?

    /// Takes what it knows. Units are not needed here; reserved, vendor and long items are skipped, as the standard asks.
    mutating func take(_ item: HIDItem) {
        switch item.tag {
        case .usagePage: usagePage = UInt16(truncatingIfNeeded: item.unsigned)
        case .reportSize: reportSize = item.unsigned
        case .reportCount: reportCount = item.unsigned
        case .logicalMinimum: logicalMinimum = item
        case .logicalMaximum: logicalMaximum = item
        case .physicalMinimum: physicalMinimum = item
        case .physicalMaximum: physicalMaximum = item
        default: break
        }
    }

    func field(bitOffset: Int, usages: HIDUsageList, flags: HIDField.Flags, collection: Int?) -> HIDField {
        let logical = Self.bounds(logicalMinimum, logicalMaximum)
        let physical = Self.bounds(physicalMinimum, physicalMaximum)
        return HIDField(
            bitOffset: bitOffset, bitSize: Int(reportSize), count: Int(reportCount), usages: usages,
            logicalMinimum: logical.minimum, logicalMaximum: logical.maximum, physicalMinimum: physical.minimum,
            physicalMaximum: physical.maximum, flags: flags, collection: collection)
    }

    /// A minimum has a sign. A maximum has one only beside a negative minimum: "0 to FF" in one byte each means 255, as
    /// the Linux kernel reads it too.
    private static func bounds(_ minimum: HIDItem?, _ maximum: HIDItem?) -> (minimum: Int, maximum: Int) {
        let low = Int(minimum?.signed ?? 0)
        guard let maximum else { return (low, 0) }
        return (low, low < 0 ? Int(maximum.signed) : Int(maximum.unsigned))
    }
}
