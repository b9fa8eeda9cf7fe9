/// A report for the device: to its interrupt OUT endpoint, or by SET_REPORT (HID 1.11, section 7.2.2) when it has none and
/// for feature reports.
package struct HIDOutgoingReport: Sendable, Equatable {
    package let key: HIDReport.Key
    /// With the report id in front where the device uses ids.
    package let bytes: [UInt8]

    package init(key: HIDReport.Key, bytes: [UInt8]) {
        self.key = key
        self.bytes = bytes
    }

    /// The `wValue` of SET_REPORT and GET_REPORT: type and id.
    package var requestValue: UInt16 { key.requestValue }
}

extension HIDReport.Key {
    /// The `wValue` of SET_REPORT and GET_REPORT (HID 1.11, section 7.2.1): type in the upper byte, id in the lower.
    package var requestValue: UInt16 { UInt16(kind.rawValue) << 8 | UInt16(id) }
}
