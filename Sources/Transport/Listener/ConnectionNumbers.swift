import Synchronization

/// Numbers connections, for the listeners that share it: no two of their connections have one number.
package final class ConnectionNumbers: Sendable {
    private let last = Atomic<UInt64>(0)

    /// Begins at 1.
    package init() {}

    /// The next number, from 1.
    func next() -> UInt64 { last.wrappingAdd(1, ordering: .relaxed).newValue }
}
