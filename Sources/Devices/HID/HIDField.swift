/// What one Input, Output or Feature item puts into a report: `count` elements of `bitSize` bits, one behind the other.
package struct HIDField: Sendable, Equatable {
    /// The data bits of a main item (HID 1.11, section 6.2.2.5). Bits without a name are kept.
    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        package static let constant = Flags(rawValue: 0x001)
        /// Each element is a control of its own; without it the elements are places of an array that hold numbers of controls.
        package static let variable = Flags(rawValue: 0x002)
        package static let relative = Flags(rawValue: 0x004)
        package static let nullState = Flags(rawValue: 0x040)
        package static let bufferedBytes = Flags(rawValue: 0x100)
    }

    /// Where the first element begins, in bits from the report's first byte, the report id included.
    package let bitOffset: Int
    /// Bits of one element.
    package let bitSize: Int
    package let count: Int
    /// Of a variable field: the usages of its elements, the last one standing for all that follow. Of an array field: what
    /// the numbers from ``logicalMinimum`` on stand for.
    package let usages: HIDUsageList
    package let logicalMinimum: Int
    package let logicalMaximum: Int
    package let physicalMinimum: Int
    package let physicalMaximum: Int
    package let flags: Flags
    /// The place of the innermost collection around it in ``HIDReportDescriptor/collections``; `nil` outside all.
    package let collection: Int?

    package var isArray: Bool { flags.isDisjoint(with: [.variable, .constant]) }
    package var isConstant: Bool { flags.contains(.constant) }
    package var bitCount: Int { bitSize * count }
    /// The bit behind the last element.
    package var bitEnd: Int { bitOffset + bitCount }

    /// What an element of a variable field is for; `nil` for padding, for arrays, and beyond ``count``.
    package func usage(at index: Int) -> HIDUsage? {
        guard !isArray, index >= 0, index < count else { return nil }
        return usages[index] ?? usages.last
    }

    /// The first element of a variable field that is for `usage`.
    package func firstIndex(of usage: HIDUsage) -> Int? {
        guard !isArray, let index = usages.firstIndex(of: usage), index < count else { return nil }
        return index
    }

    /// What a number found in an array field stands for (HID 1.11, section 6.2.2.5); `nil` for "no control" and for
    /// numbers outside the logical range.
    package func usage(forArrayValue value: Int) -> HIDUsage? {
        guard isArray, value >= logicalMinimum, value <= logicalMaximum else { return nil }
        return usages[value - logicalMinimum]
    }
}
