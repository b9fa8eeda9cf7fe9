import Foundation
import GRDB

/// The values of a row as it stands in the file (https://www.sqlite.org/fileformat.html, section 2.1).
enum RowValues {
    /// - Returns: `nil` for bytes that are none, or have another length than they say.
    static func values(of payload: [UInt8]) -> [DatabaseValue]? {
        var header = VarintReader(payload, at: 0)
        guard let headerBytes = header.next(), headerBytes >= 1, headerBytes <= Int64(payload.count) else { return nil }
        var values: [DatabaseValue] = []
        var place = Int(headerBytes)
        while header.place < headerBytes {
            guard let type = header.next(), header.place <= headerBytes, let count = bytes(of: type),
                count <= payload.count - place
            else { return nil }
            guard let value = value(of: type, payload[place..<place + count]) else { return nil }
            values.append(value)
            place += count
        }
        return place == payload.count ? values : nil
    }

    private static func bytes(of type: Int64) -> Int? {
        switch type {
        case 0, 8, 9: 0
        case 1...4: Int(type)
        case 5: 6
        case 6, 7: 8
        case 12...: Int(type - 12) / 2
        default: nil
        }
    }

    private static func value(of type: Int64, _ bytes: ArraySlice<UInt8>) -> DatabaseValue? {
        switch type {
        case 0: return .null
        case 1...6:
            let isNegative = bytes.first.map { $0 >= 0x80 } ?? false
            return bytes.reduce(isNegative ? -1 as Int64 : 0) { $0 << 8 | Int64($1) }.databaseValue
        case 7: return Double(bitPattern: bytes.reduce(0) { $0 << 8 | UInt64($1) }).databaseValue
        case 8, 9: return (type - 8).databaseValue
        default:
            guard !type.isMultiple(of: 2) else { return Data(bytes).databaseValue }
            // Text that is none would be repaired on the way, and be another.
            return String(validating: bytes, as: UTF8.self)?.databaseValue
        }
    }
}
