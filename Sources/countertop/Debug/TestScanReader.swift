import Devices
import Foundation
import Synchronization
import USB

/// Waits for one scan of one device.
struct TestScanReader: Sendable {
    let path: USBPath
    let wait: Duration
    /// Asks for the scan, once the device is listened to.
    let ask: @Sendable () -> Void

    /// What became of the scan.
    enum End: Sendable, Equatable {
        case read([UInt8])
        /// It was read and dropped, because the lane is disarmed.
        case disarmed
    }

    /// - Returns: what was read; `nil` when nothing was in time.
    func read(through edge: EdgeDevices) async throws -> End? {
        let (path, ask, read, asked) = (path, ask, ReadOnce(), ToldOnce())
        try await limited {
            try await edge.watch { event, _ in
                if asked.isFirst(path) { ask() }
                guard case .device(let event, _) = event, let end = Self.end(event, path) else { return }
                read.keep(end)
                throw EdgeDevices.Done()
            }
        }
        return read.end
    }

    /// Takes the device for as long as it takes.
    func read(_ configuration: DeviceConfiguration) async throws -> End? {
        let (path, ask, read, asked) = (path, ask, ReadOnce(), ToldOnce())
        let (scanned, done) = AsyncStream.makeStream(of: Void.self)
        let session = DebugSession(bus: try LibUSBBus(), configuration: configuration, only: .path(path.description)) {
            event in
            if case .changed(let info) = event, info.device.path == path, info.state == .ready, asked.isFirst(path) {
                ask()
            }
            guard let end = Self.end(event, path) else { return }
            read.keep(end)
            done.finish()
        }
        try await session.run {
            try await limited { for await _ in scanned {} }
        }
        return read.end
    }

    private static func end(_ event: DeviceEvent, _ path: USBPath) -> End? {
        switch event {
        case .scan(let scan) where scan.path == path: .read(scan.label.data)
        case .report(let report) where report.path == path && report.outcome.contains(DeviceReport.disarmedWords):
            .disarmed
        default: nil
        }
    }

    private func limited(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let wait = wait
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await body() }
            group.addTask { try await Task.sleep(for: wait) }
            try await group.next()
            group.cancelAll()
        }
    }
}

/// The first thing that was read.
private final class ReadOnce: Sendable {
    private let kept = Mutex<TestScanReader.End?>(nil)

    var end: TestScanReader.End? { kept.withLock { $0 } }

    func keep(_ end: TestScanReader.End) {
        kept.withLock { if $0 == nil { $0 = end } }
    }
}
