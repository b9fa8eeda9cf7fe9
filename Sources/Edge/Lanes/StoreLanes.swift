import Customers
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

    init(bindings: [EdgeConfiguration.LaneBinding], text: DisplayText, surroundings: LaneHost.Surroundings) {
        eventLoop = surroundings.eventLoop
        names = bindings.map(\.name)
        var hosts: [String: LaneHost] = [:]
        for binding in bindings { hosts[binding.name] = LaneHost(binding, text: text, surroundings: surroundings) }
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

    /// Customers were erased.
    func forget(_ customers: Set<String>) {
        for host in all { host.forget(customers) }
    }

    /// Customers go on as others, by the ids that are no more. One whose successor the local copy has not leaves the lanes.
    func follow(_ successors: [String: String]) {
        for host in all {
            let known = successors.compactMapValues { host.customer($0) }
            host.follow(known)
            host.forget(Set(successors.keys).subtracting(known.keys))
        }
    }

    /// The lanes whose basket a customer is in, or that keep him for the next one.
    func lanes(of customer: String) -> [String] {
        all.map(\.lane).filter { $0.basket?.customer?.id == customer || $0.held?.customer.id == customer }.map(\.name)
    }

    func scanned(_ scan: LaneScan) {
        hosts[scan.entry.lane]?.scanned(scan)
    }

    /// Customers of the local copy have changed: those who stand in the lanes may be among them.
    func customersChanged() {
        for host in all { host.customersChanged() }
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
