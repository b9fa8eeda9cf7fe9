/// One item of a report descriptor (HID 1.11, section 6.2.2).
struct HIDItem: Equatable {
    /// The tag and type bits of the prefix; the two size bits are 0.
    let tag: Tag
    /// 0, 1, 2 or 4.
    let dataBytes: Int
    /// The data, little-endian, without sign.
    let unsigned: UInt32
    /// Where its prefix is, in bytes from the descriptor's start.
    let offset: Int

    /// The data as a two's-complement number of its own size.
    var signed: Int32 {
        switch dataBytes {
        case 1: Int32(Int8(truncatingIfNeeded: unsigned))
        case 2: Int32(Int16(truncatingIfNeeded: unsigned))
        default: Int32(bitPattern: unsigned)
        }
    }

    struct Tag: RawRepresentable, Hashable {
        let rawValue: UInt8

        // Main items, section 6.2.2.4.
        static let input = Tag(rawValue: 0x80)
        static let output = Tag(rawValue: 0x90)
        static let collection = Tag(rawValue: 0xA0)
        static let feature = Tag(rawValue: 0xB0)
        static let endCollection = Tag(rawValue: 0xC0)
        // Global items, section 6.2.2.7.
        static let usagePage = Tag(rawValue: 0x04)
        static let logicalMinimum = Tag(rawValue: 0x14)
        static let logicalMaximum = Tag(rawValue: 0x24)
        static let physicalMinimum = Tag(rawValue: 0x34)
        static let physicalMaximum = Tag(rawValue: 0x44)
        static let reportSize = Tag(rawValue: 0x74)
        static let reportID = Tag(rawValue: 0x84)
        static let reportCount = Tag(rawValue: 0x94)
        static let push = Tag(rawValue: 0xA4)
        static let pop = Tag(rawValue: 0xB4)
        // Local items, section 6.2.2.8.
        static let usage = Tag(rawValue: 0x08)
        static let usageMinimum = Tag(rawValue: 0x18)
        static let usageMaximum = Tag(rawValue: 0x28)
        static let delimiter = Tag(rawValue: 0xA8)
        /// A long item (section 6.2.2.3). No document defines one; all are skipped.
        static let long = Tag(rawValue: 0xFC)
    }
}
