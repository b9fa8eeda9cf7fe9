import Synchronization
package import USB

/// Hands what goes over buses to those who record it. While nobody does, it costs a look at a flag for each transfer.
package final class TransferTap: Sendable {
    private struct Recorder: Sendable {
        let isRecorded: @Sendable (USBDevice) -> Bool
        let take: @Sendable (UsbmonPacket) -> Void
    }

    private struct State: Sendable {
        var recorders: [UInt64: Recorder] = [:]
        var last: UInt64 = 0
        var logs: [@Sendable (_ recorder: UInt64) -> Void] = []
    }

    private let state = Mutex(State())
    private let recorders = Atomic<Int>(0)

    package init() {}

    /// Begins to record: the descriptors of every device that is there, as if they were read now, then every transfer.
    /// - Parameters:
    ///   - isRecorded: which devices are written down; the others are used as ever.
    ///   - take: called on the buses' threads; it must be quick, since scans wait for it.
    /// - Returns: the recorder's number, for ``end(_:)``.
    @discardableResult
    package func begin(
        isRecorded: @escaping @Sendable (USBDevice) -> Bool, take: @escaping @Sendable (UsbmonPacket) -> Void
    ) -> UInt64 {
        let (number, logs) = state.withLock { state in
            state.last += 1
            state.recorders[state.last] = Recorder(isRecorded: isRecorded, take: take)
            recorders.store(state.recorders.count, ordering: .relaxed)
            return (state.last, state.logs)
        }
        for describe in logs { describe(number) }
        return number
    }

    /// Ends a recording. What is on its way on another thread may still come.
    package func end(_ recorder: UInt64) {
        state.withLock { state in
            state.recorders[recorder] = nil
            recorders.store(state.recorders.count, ordering: .relaxed)
        }
    }

    /// Whether anybody records.
    var isOpen: Bool { recorders.load(ordering: .relaxed) > 0 }

    /// Takes note of a bus.
    /// - Parameter describe: tells a recorder of the devices that are there.
    func add(_ describe: @escaping @Sendable (_ recorder: UInt64) -> Void) {
        state.withLock { $0.logs.append(describe) }
    }

    /// - Parameter recorder: the only one who is told; `nil` for all.
    func write(_ packet: UsbmonPacket, of device: USBDevice, to recorder: UInt64? = nil) {
        let takers = state.withLock { state in
            state.recorders.filter { recorder == nil || $0.key == recorder }.values.map { $0 }
        }
        for taker in takers where taker.isRecorded(device) { taker.take(packet) }
    }
}
