import Synchronization

/// Counts what a bus has alive, so that tests and `debug` can tell that nothing is left over.
package final class USBCensus: Sendable {
    private let portCount = Atomic<Int>(0)
    private let transferCount = Atomic<Int>(0)

    /// Ports that are open or not yet freed.
    package var ports: Int { portCount.load(ordering: .acquiring) }
    /// Transfers with their buffers; on a virtual bus, readings.
    package var transfers: Int { transferCount.load(ordering: .acquiring) }

    func portBegan() { portCount.add(1, ordering: .acquiringAndReleasing) }
    func portEnded() { portCount.subtract(1, ordering: .acquiringAndReleasing) }
    func transferBegan() { transferCount.add(1, ordering: .acquiringAndReleasing) }
    func transferEnded() { transferCount.subtract(1, ordering: .acquiringAndReleasing) }
}
