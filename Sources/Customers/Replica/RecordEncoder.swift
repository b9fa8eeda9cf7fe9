import Foundation

/// Writes a customer's record: one byte of version, then numbers as LEB128 and texts with their length in front.
struct RecordEncoder {
    /// The first byte of a record.
    static let version: UInt8 = 1
    /// The first byte of one with benefits at its end.
    static let versionWithBenefits: UInt8 = 2

    private(set) var bytes: [UInt8] = [RecordEncoder.version]

    /// - Parameter groups: the numbers of the customer's groups in the file.
    static func encode(_ record: CustomerRecord, id: CustomerID, feed: Int64, groups: [Int64]) -> [UInt8] {
        var encoder = RecordEncoder()
        encoder.bytes += id.bytes
        encoder.put(UInt64(feed))
        encoder.put(record.name)
        encoder.put(record.firstName)
        encoder.put(record.language)
        encoder.put(UInt64(record.identifiers.count))
        for identifier in record.identifiers {
            encoder.put(UInt64(identifier.type.rawValue))
            encoder.put(identifier.value)
        }
        encoder.put(UInt64(groups.count))
        for group in groups { encoder.put(UInt64(group)) }
        encoder.put(record.loyalty)
        encoder.put(UInt64(record.permissions.count))
        for permission in record.permissions { encoder.put(permission) }
        if !record.benefits.isEmpty {
            encoder.bytes[0] = versionWithBenefits
            encoder.put(UInt64(record.benefits.count))
            for benefit in record.benefits { encoder.put(benefit) }
        }
        return encoder.bytes
    }

    /// Writes again what was read.
    static func encode(_ record: RecordDecoder.Record) -> [UInt8] {
        let given = CustomerRecord(
            key: "", name: record.name, firstName: record.firstName, language: record.language,
            identifiers: record.identifiers, loyalty: record.loyalty, permissions: record.permissions,
            benefits: record.benefits, changedAt: .distantPast)
        return encode(given, id: record.id, feed: record.feed, groups: record.groups)
    }

    private mutating func put(_ value: UInt64) {
        var rest = value
        while rest > 127 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Signed numbers turn about zero, so that small ones stay short.
    private mutating func put(signed value: Int64) {
        put(UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    private mutating func put(_ text: String) {
        let utf8 = text.utf8
        put(UInt64(utf8.count))
        bytes.append(contentsOf: utf8)
    }

    private mutating func put(_ loyalty: Loyalty) {
        var flags: UInt64 = 0
        if loyalty.discountBasisPoints != nil { flags |= 1 }
        if loyalty.bonusesHundredths != nil { flags |= 2 }
        if loyalty.cashbackBasisPoints != nil { flags |= 4 }
        put(flags)
        if let points = loyalty.discountBasisPoints { put(UInt64(points)) }
        if let bonuses = loyalty.bonusesHundredths { put(signed: bonuses) }
        if let points = loyalty.cashbackBasisPoints { put(UInt64(points)) }
    }

    private mutating func put(_ permission: Permission) {
        put(permission.name)
        put(permission.granted ? 1 : 0)
        put(permission.consentText)
        put(signed: permission.changedAt.milliseconds)
    }

    private mutating func put(_ benefit: Benefit) {
        put(benefit.id)
        put(benefit.title)
        var flags: UInt64 = 0
        if benefit.discountBasisPoints != nil { flags |= 1 }
        if benefit.amountHundredths != nil { flags |= 2 }
        if benefit.validFrom != nil { flags |= 4 }
        if benefit.validUntil != nil { flags |= 8 }
        put(flags)
        if let points = benefit.discountBasisPoints { put(UInt64(points)) }
        if let amount = benefit.amountHundredths { put(signed: amount) }
        if let from = benefit.validFrom { put(signed: from.milliseconds) }
        if let until = benefit.validUntil { put(signed: until.milliseconds) }
        put(UInt64(benefit.usesMax))
    }
}
