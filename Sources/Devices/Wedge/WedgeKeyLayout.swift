/// Where a keyboard's input report says which keys are down: as numbers in an array, as a bit for each key, or both.
struct WedgeKeyLayout: Sendable {
    /// Up to 32 neighbouring bits for usages that follow one another.
    struct Bits: Sendable, Equatable {
        let bitOffset: Int
        let count: Int
        /// The usage of the lowest bit.
        let first: UInt8
        /// Whether all bits are one number, which says whether the one key is down.
        let isOneKey: Bool

        func has(_ key: UInt8) -> Bool {
            first <= key && Int(key) < Int(first) + (isOneKey ? 1 : count)
        }

        /// - Returns: a bit for each key.
        @inline(__always)
        func read(_ report: [UInt8]) -> UInt32 {
            let word = HIDField.bits(at: bitOffset, count: count, in: report)
            return isOneKey ? (word == 0 ? 0 : 1) : word
        }
    }

    /// The places of an array.
    struct Slots: Sendable, Equatable {
        let field: HIDField
        let count: Int
        /// The usage for each number that a place of up to eight bits may hold; 0 for none.
        let usages: [UInt8]

        @inline(__always)
        func usage(at index: Int, in report: [UInt8]) -> UInt8 {
            let bits = field.bitSize
            if bits == 8, field.bitOffset & 7 == 0 {
                let place = field.bitOffset >> 3 + index
                return place < report.count ? usages[Int(report[place])] : 0
            }
            if bits <= 8 { return usages[Int(field.unsigned(at: index, in: report))] }
            return Self.key(field.usage(forArrayValue: field.value(at: index, in: report)))
        }

        func has(_ key: UInt8) -> Bool {
            field.bitSize <= 8
                ? usages.contains(key)
                : field.usages.firstIndex(of: HIDUsage(page: HIDUsage.keyPage, id: UInt16(key))) != nil
        }

        static func key(_ usage: HIDUsage?) -> UInt8 {
            guard let usage, usage.page == HIDUsage.keyPage else { return 0 }
            return UInt8(exactly: usage.id) ?? 0
        }
    }

    private(set) var bits: [Bits] = []
    private(set) var slots: [Slots] = []
    /// The places of all arrays together.
    private(set) var slotCount = 0

    var isEmpty: Bool { bits.isEmpty && slots.isEmpty }
}

extension WedgeKeyLayout {
    init(_ report: HIDReport, of descriptor: HIDReportDescriptor, limits: WedgeLimits) {
        for field in report.fields where !field.isConstant && Self.isKeyboard(descriptor.application(of: field)) {
            if field.isArray { appendSlots(of: field, limits: limits) } else { appendBits(of: field) }
        }
    }

    /// A keyboard or a keypad. Media keys, mice and vendors' channels are other applications.
    static func isKeyboard(_ application: HIDUsage?) -> Bool {
        application == .keyboard || application == .keypad
    }

    /// Whether text can come from it: a letter or a digit has a place, be it on a numeric keypad.
    var hasText: Bool {
        [WedgeKey.letters.lowerBound, WedgeKey.digits.lowerBound, WedgeKey.keypadDigits.lowerBound].contains { key in
            slots.contains { $0.has(key) } || bits.contains { $0.has(key) }
        }
    }

    private mutating func appendSlots(of field: HIDField, limits: WedgeLimits) {
        let count = min(field.count, limits.slotsMax - slotCount)
        guard count > 0 else { return }
        let width = min(field.bitSize, 8)
        let usages = (0..<256).map { raw -> UInt8 in
            guard field.bitSize <= 8, raw < 1 << width else { return 0 }
            let isNegative = field.logicalMinimum < 0 && raw >> (width - 1) == 1
            return Slots.key(field.usage(forArrayValue: isNegative ? raw - 1 << width : raw))
        }
        guard field.bitSize > 8 || usages.contains(where: { $0 != 0 }) else { return }
        slots.append(Slots(field: field, count: count, usages: usages))
        slotCount += count
    }

    private mutating func appendBits(of field: HIDField) {
        for index in 0..<field.count {
            guard let usage = field.usage(at: index), usage.page == HIDUsage.keyPage, usage.id < 256 else { continue }
            append(
                Bits(
                    bitOffset: field.bitOffset + index * field.bitSize, count: min(field.bitSize, 32),
                    first: UInt8(usage.id), isOneKey: field.bitSize > 1))
        }
    }

    private mutating func append(_ next: Bits) {
        if let last = bits.last, !last.isOneKey, !next.isOneKey, last.count < 32,
            last.bitOffset + last.count == next.bitOffset, Int(last.first) + last.count == Int(next.first)
        {
            bits[bits.count - 1] = Bits(
                bitOffset: last.bitOffset, count: last.count + 1, first: last.first, isOneKey: false)
        } else {
            bits.append(next)
        }
    }
}
