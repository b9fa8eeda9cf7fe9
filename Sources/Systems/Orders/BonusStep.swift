import Journal

/// A further step of a change of bonuses, which tells by its operation id which change it belongs to.
package struct BonusStep: Sendable, Equatable {
    /// The number of the change's first entry.
    package let root: Int64
    /// From 1.
    let number: Int

    /// The step behind an entry.
    init(following entry: OutboxEntry) {
        if let step = BonusStep(operation: entry.operation) {
            (root, number) = (step.root, step.number + 1)
        } else {
            (root, number) = (entry.id, 1)
        }
    }

    /// - Returns: `nil` for the operation id of a till.
    package init?(operation: [UInt8]) {
        let parts = String(decoding: operation, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "bonus-step", let root = Int64(parts[1]), let number = Int(parts[2]) else {
            return nil
        }
        (self.root, self.number) = (root, number)
    }

    var operation: [UInt8] { Array("bonus-step \(root) \(number)".utf8) }
}
