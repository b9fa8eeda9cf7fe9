/// A report as the descriptor lays it out.
package struct HIDReport: Sendable, Equatable {
    /// The types of reports, with their numbers in GET_REPORT and SET_REPORT (HID 1.11, section 7.2.1).
    package enum Kind: UInt8, Sendable, CaseIterable {
        case input = 1
        case output = 2
        case feature = 3
    }

    /// What names a report: its type and its id.
    package struct Key: Hashable, Sendable {
        package let kind: Kind
        /// 0 when the device's reports have no ids.
        package let id: UInt8

        package init(_ kind: Kind, id: UInt8) {
            self.kind = kind
            self.id = id
        }
    }

    package let key: Key
    /// In the order of the descriptor, padding included.
    package internal(set) var fields: [HIDField] = []
    /// The report's length, its id included.
    package internal(set) var bitCount: Int

    package init(key: Key) {
        self.key = key
        bitCount = key.id == 0 ? 0 : 8
    }

    package var byteCount: Int { (bitCount + 7) / 8 }

    /// A report with its id and nothing else set, to be filled with ``HIDField/set(_:at:in:)``.
    package func blank() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: byteCount)
        if key.id != 0 { bytes[0] = key.id }
        return bytes
    }

    /// The first element for a usage, over all variable fields.
    package func element(for usage: HIDUsage) -> HIDElement? {
        for field in fields where !field.isConstant {
            if let index = field.firstIndex(of: usage) { return HIDElement(field: field, index: index) }
        }
        return nil
    }
}

/// One element of a field.
package struct HIDElement: Sendable, Equatable {
    package let field: HIDField
    package let index: Int

    package init(field: HIDField, index: Int) {
        self.field = field
        self.index = index
    }

    /// In bits from the report's first byte, the report id included.
    package var bitOffset: Int { field.bitOffset + index * field.bitSize }

    package func value(in report: [UInt8]) -> Int {
        field.value(at: index, in: report)
    }

    package func isPresent(in report: [UInt8]) -> Bool {
        field.isPresent(at: index, in: report)
    }

    @discardableResult
    package func set(_ value: Int, in report: inout [UInt8]) -> Bool {
        field.set(value, at: index, in: &report)
    }
}
