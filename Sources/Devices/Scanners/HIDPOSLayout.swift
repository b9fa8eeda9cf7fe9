/// Where one report has the parts of a scan. Found once, so that decoding a report looks nothing up.
struct HIDPOSLayout: Sendable, Equatable {
    /// A number of at most 32 bits.
    struct Slot: Sendable, Equatable {
        let bitOffset: Int
        let bitSize: Int
        /// Where it is when it is a whole byte, else -1.
        private let byte: Int

        init(_ element: HIDElement) {
            bitOffset = element.bitOffset
            bitSize = element.field.bitSize
            byte = bitSize == 8 && bitOffset % 8 == 0 ? bitOffset / 8 : -1
        }

        /// Bits that the report does not have read as 0.
        func read(_ report: [UInt8]) -> Int {
            if byte >= 0 { return byte < report.count ? Int(report[byte]) : 0 }
            return Int(HIDField.bits(at: bitOffset, count: bitSize, in: report))
        }

        func isPresent(in report: [UInt8]) -> Bool {
            bitOffset + bitSize <= report.count * 8
        }
    }

    /// A run of data bytes.
    struct Segment: Sendable, Equatable {
        let bitOffset: Int
        /// From one byte's first bit to the next one's: 8, or less where an element has fewer bits.
        let stepBits: Int
        let byteCount: Int
    }

    var byteCount: Slot?
    /// The three symbology identifiers, or none.
    var aim: [Slot] = []
    var data: [Segment] = []
    var more: Slot?
    var vendorCode: Slot?

    /// How many data bytes fit the report.
    private(set) var capacity = 0
    /// Where the data is when it is one run of whole bytes, else -1.
    private var dataByte = -1

    var isEmpty: Bool { byteCount == nil && aim.isEmpty && data.isEmpty && more == nil }

    /// Call after ``data`` is complete.
    mutating func finish() {
        capacity = data.reduce(0) { $0 + $1.byteCount }
        if data.count == 1, data[0].stepBits == 8, data[0].bitOffset % 8 == 0 { dataByte = data[0].bitOffset / 8 }
    }

    /// - Returns: `nil` when the bytes are no AIM identifier: zeros, or a maker's own.
    func identifier(in report: [UInt8]) -> AIMIdentifier? {
        guard aim.count == 3, aim[0].read(report) == 0x5D else { return nil }
        return AIMIdentifier(
            code: UInt8(truncatingIfNeeded: aim[1].read(report)),
            modifier: UInt8(truncatingIfNeeded: aim[2].read(report)))
    }

    /// How many data bytes a report has, which may be shorter than declared.
    func available(in report: [UInt8]) -> Int {
        if dataByte >= 0 { return min(capacity, max(0, report.count - dataByte)) }
        var sum = 0
        for segment in data {
            let bits = report.count * 8 - segment.bitOffset
            let present = min(segment.byteCount, max(0, bits) / segment.stepBits)
            sum += present
            if present < segment.byteCount { break }
        }
        return sum
    }

    /// - Parameter count: at most ``available(in:)``.
    func read(_ count: Int, of report: [UInt8]) -> ArraySlice<UInt8> {
        guard count > 0 else { return [] }
        if dataByte >= 0 { return report[dataByte..<dataByte + count] }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for segment in data {
            for index in 0..<min(segment.byteCount, count - bytes.count) {
                let offset = segment.bitOffset + index * segment.stepBits
                bytes.append(UInt8(truncatingIfNeeded: HIDField.bits(at: offset, count: segment.stepBits, in: report)))
            }
        }
        return bytes[...]
    }
}
