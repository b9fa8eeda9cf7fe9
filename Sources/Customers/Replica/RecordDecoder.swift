import Foundation
import Storage

/// Reads what ``RecordEncoder`` wrote. A record that is cut, too long or of another version gives `nil`, never a part.
struct RecordDecoder {
    /// A record as it stands in the file: the groups are still numbers.
    struct Record {
        let id: CustomerID
        let feed: Int64
        let name: String
        let firstName: String
        let language: String
        let identifiers: [Identifier]
        let groups: [Int64]
        let loyalty: Loyalty
        let permissions: [Permission]
        let benefits: [Benefit]

        /// The same with other identifiers.
        func with(identifiers: [Identifier]) -> Record {
            Record(
                id: id, feed: feed, name: name, firstName: firstName, language: language, identifiers: identifiers,
                groups: groups, loyalty: loyalty, permissions: permissions, benefits: benefits)
        }

        /// The same, of no feed: a feed's number may come again.
        var withoutFeed: Record {
            Record(
                id: id, feed: 0, name: name, firstName: firstName, language: language, identifiers: identifiers,
                groups: [], loyalty: loyalty, permissions: permissions, benefits: benefits)
        }
    }

    private struct Broken: Error {}

    private let bytes: UnsafeRawBufferPointer
    private var place = 0

    static func decode(_ bytes: [UInt8]) -> Record? {
        bytes.withUnsafeBytes { decode($0) }
    }

    static func decode(_ bytes: UnsafeRawBufferPointer) -> Record? {
        var decoder = RecordDecoder(bytes: bytes)
        return try? decoder.record()
    }

    private init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    private mutating func record() throws -> Record {
        let version = try byte()
        guard version == RecordEncoder.version || version == RecordEncoder.versionWithBenefits else { throw Broken() }
        let record = Record(
            id: CustomerID(BlindIndex(try slice(16))), feed: Int64(truncatingIfNeeded: try number()),
            name: try text(), firstName: try text(), language: try text(), identifiers: try identifiers(),
            groups: try list { Int64(truncatingIfNeeded: try $0.number()) }, loyalty: try loyalty(),
            permissions: try list { try $0.permission() },
            benefits: version == RecordEncoder.version ? [] : try list { try $0.benefit() })
        guard place == bytes.count else { throw Broken() }
        return record
    }

    private mutating func byte() throws -> UInt8 {
        guard place < bytes.count else { throw Broken() }
        defer { place += 1 }
        return bytes[place]
    }

    private mutating func slice(_ count: Int) throws -> UnsafeRawBufferPointer {
        guard count >= 0, count <= bytes.count - place else { throw Broken() }
        defer { place += count }
        return UnsafeRawBufferPointer(rebasing: bytes[place..<place + count])
    }

    private mutating func number() throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            let next = try byte()
            value |= UInt64(next & 127) << shift
            if next < 128 { return value }
        }
        throw Broken()
    }

    private mutating func signed() throws -> Int64 {
        let value = try number()
        return Int64(bitPattern: value >> 1) ^ -Int64(value & 1)
    }

    private mutating func text() throws -> String {
        guard let count = Int(exactly: try number()) else { throw Broken() }
        return String(decoding: try slice(count), as: UTF8.self)
    }

    private mutating func list<T>(_ element: (inout RecordDecoder) throws -> T) throws -> [T] {
        // Each element takes a byte at least, which bounds what a broken count can ask for.
        guard let count = Int(exactly: try number()), count <= bytes.count - place else { throw Broken() }
        guard count > 0 else { return [] }
        var elements: [T] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try element(&self)) }
        return elements
    }

    private mutating func identifiers() throws -> [Identifier] {
        try list { decoder in
            guard let type = IdentifierType(rawValue: Int(truncatingIfNeeded: try decoder.number())) else {
                throw Broken()
            }
            return Identifier(type: type, value: try decoder.text())
        }
    }

    private mutating func loyalty() throws -> Loyalty {
        let flags = try number()
        guard flags < 8 else { throw Broken() }
        var loyalty = Loyalty()
        if flags & 1 != 0 { loyalty.discountBasisPoints = UInt32(truncatingIfNeeded: try number()) }
        if flags & 2 != 0 { loyalty.bonusesHundredths = try signed() }
        if flags & 4 != 0 { loyalty.cashbackBasisPoints = UInt32(truncatingIfNeeded: try number()) }
        return loyalty
    }

    private mutating func permission() throws -> Permission {
        Permission(
            name: try text(), granted: try number() != 0, consentText: try text(),
            changedAt: Date(milliseconds: try signed()))
    }

    private mutating func benefit() throws -> Benefit {
        var benefit = Benefit(id: try text(), title: try text())
        let flags = try number()
        guard flags < 16 else { throw Broken() }
        if flags & 1 != 0 { benefit.discountBasisPoints = UInt32(truncatingIfNeeded: try number()) }
        if flags & 2 != 0 { benefit.amountHundredths = try signed() }
        if flags & 4 != 0 { benefit.validFrom = Date(milliseconds: try signed()) }
        if flags & 8 != 0 { benefit.validUntil = Date(milliseconds: try signed()) }
        benefit.usesMax = UInt32(truncatingIfNeeded: try number())
        return benefit
    }
}
