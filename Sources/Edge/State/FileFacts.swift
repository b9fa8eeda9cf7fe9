import Foundation

/// What the system knows of a file, links not followed.
package struct FileFacts: Sendable, Equatable {
    package let user: UInt32
    package let group: UInt32
    /// The permission bits.
    package let mode: Int
    package let bytes: UInt64
    package let isRegular: Bool

    /// - Returns: `nil` when there is no file, or nobody may know.
    package init?(_ path: String) {
        guard let facts = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
        user = (facts[.ownerAccountID] as? NSNumber)?.uint32Value ?? 0
        group = (facts[.groupOwnerAccountID] as? NSNumber)?.uint32Value ?? 0
        mode = (facts[.posixPermissions] as? NSNumber)?.intValue ?? 0
        bytes = (facts[.size] as? NSNumber)?.uint64Value ?? 0
        isRegular = facts[.type] as? FileAttributeType == .typeRegular
    }
}
