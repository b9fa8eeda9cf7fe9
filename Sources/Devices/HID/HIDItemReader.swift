/// Cuts a report descriptor into its items.
struct HIDItemReader {
    private let bytes: [UInt8]
    private let limits: HIDLimits
    private(set) var offset = 0
    private var itemCount = 0

    init(_ bytes: [UInt8], limits: HIDLimits) throws(DevicesError) {
        guard bytes.count <= limits.descriptorBytesMax else {
            throw DevicesError(
                .descriptorTooLarge,
                "The report descriptor has \(bytes.count) bytes; at most \(limits.descriptorBytesMax) are read")
        }
        self.bytes = bytes
        self.limits = limits
    }

    /// - Returns: the next item, `nil` at the end.
    mutating func next() throws(DevicesError) -> HIDItem? {
        guard offset < bytes.count else { return nil }
        itemCount += 1
        guard itemCount <= limits.itemsMax else {
            throw DevicesError(
                .descriptorTooLarge, "The report descriptor has more than \(limits.itemsMax) items",
                byteOffset: offset)
        }
        let prefix = bytes[offset]
        return prefix == 0xFE ? try nextLong() : try nextShort(prefix)
    }

    private mutating func nextShort(_ prefix: UInt8) throws(DevicesError) -> HIDItem {
        let size = prefix & 3 == 3 ? 4 : Int(prefix & 3)
        guard size < bytes.count - offset else { throw truncated() }
        var data: UInt32 = 0
        for index in 0..<size {
            data |= UInt32(bytes[offset + 1 + index]) << (8 * index)
        }
        defer { offset += 1 + size }
        return HIDItem(tag: HIDItem.Tag(rawValue: prefix & 0xFC), dataBytes: size, unsigned: data, offset: offset)
    }

    private mutating func nextLong() throws(DevicesError) -> HIDItem {
        guard bytes.count - offset >= 3, Int(bytes[offset + 1]) <= bytes.count - offset - 3 else { throw truncated() }
        let size = Int(bytes[offset + 1])
        defer { offset += 3 + size }
        return HIDItem(tag: .long, dataBytes: 0, unsigned: 0, offset: offset)
    }

    private func truncated() -> DevicesError {
        DevicesError(.descriptorMalformed, "The report descriptor ends inside an item", byteOffset: offset)
    }
}
