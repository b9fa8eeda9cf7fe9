import Devices
import Journal
import NIOCore
import Wire

/// The store's lanes, all on one event loop, so that what happens in a lane happens in one order.
actor StoreLanes {
    nonisolated let eventLoop: any EventLoop
    nonisolated let names: [String]
    private let hosts: [String: LaneHost]

    nonisolated var unownedExecutor: UnownedSerialExecutor { eventLoop.executor.asUnownedSerialExecutor() }

    init(names: [String], text: DisplayText, surroundings: LaneHost.Surroundings) {
        eventLoop = surroundings.eventLoop
        self.names = names
        var hosts: [String: LaneHost] = [:]
        for name in names { hosts[name] = LaneHost(name: name, text: text, surroundings: surroundings) }
        self.hosts = hosts
    }

    /// Runs `work` with the lanes, from code that runs on the event loop already.
    nonisolated func onEventLoop<Value: Sendable, Failure: Error>(
        _ work: @Sendable (isolated StoreLanes) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let result = assumeIsolated { lanes in
            Result<Value, Failure> { () throws(Failure) in try work(lanes) }
        }
        return try result.get()
    }

    /// Runs `work` with the lanes soon, from any thread.
    nonisolated func execute(_ work: @escaping @Sendable (isolated StoreLanes) -> Void) {
        eventLoop.execute { self.onEventLoop(work) }
    }

    /// - Throws: ``Wire/Status`` LANE_UNKNOWN.
    func host(_ name: String) throws(Wire.Status) -> LaneHost {
        guard let host = hosts[name] else { throw .laneUnknown(names) }
        return host
    }

    var all: [LaneHost] { names.compactMap { hosts[$0] } }

    func scanned(_ scan: LaneScan) {
        hosts[scan.entry.lane]?.scanned(scan)
    }

    func deviceChanged(_ info: DeviceInfo, lane: String) {
        hosts[lane]?.deviceChanged(info)
    }

    /// Ends every watch of every lane.
    func endWatches(_ status: Wire.Status) {
        for host in all { host.endWatches(status) }
    }

    func deviceLeft(lane: String) {
        hosts[lane]?.publishState()
    }
}
