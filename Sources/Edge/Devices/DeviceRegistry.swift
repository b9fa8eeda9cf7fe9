import Devices
import Synchronization
import USB

/// What is plugged in, and which lane each device serves.
final class DeviceRegistry: Sendable {
    struct Entry: Sendable {
        var info: DeviceInfo
        /// The lane it serves; `nil` for a device that is no scanner and no display, or that no lane takes.
        var lane: String?
        /// Which of the hubs has the device.
        let hub: Int
        /// What to do so that a lane takes it; `nil` when one does, or none should.
        var advice: String?

        /// Why it is in this state and what to do; empty when all is well.
        var explanation: String { advice ?? info.explanation }
    }

    private struct State {
        var hubs: [DeviceHub] = []
        var entries: [USBPath: Entry] = [:]
        var reserved: [USBPath: String] = [:]
        /// Which lane what was plugged in there served last.
        var remembered: [USBPath: Served] = [:]
    }

    private struct Served {
        let lane: String
        let role: DeviceRole
    }

    /// How many ports are remembered after their devices left.
    static let rememberedPortsMax = 1_024

    private let lanes: [EdgeConfiguration.LaneBinding]
    private let unboundDevicesJoin: Bool
    private let state = Mutex(State())

    init(lanes: [EdgeConfiguration.LaneBinding], unboundDevicesJoin: Bool) {
        self.lanes = lanes
        self.unboundDevicesJoin = unboundDevicesJoin
    }

    /// Takes note of a hub.
    /// - Parameter makeHub: makes it; the number is the one by which it tells of its devices.
    func add(_ makeHub: (_ number: Int) -> DeviceHub) -> DeviceHub {
        state.withLock { state in
            let hub = makeHub(state.hubs.count)
            state.hubs.append(hub)
            return hub
        }
    }

    /// Lets the hubs go, which end with that.
    func releaseHubs() -> [DeviceHub] {
        state.withLock { state in
            defer { state.hubs = [] }
            return state.hubs
        }
    }

    /// Whatever is plugged in there will serve this lane.
    func reserve(_ path: USBPath, for lane: String) {
        state.withLock { $0.reserved[path] = lane }
    }

    /// Takes note of a device's new state.
    /// - Returns: the lane it serves, and the one it served before.
    func changed(_ info: DeviceInfo, hub: Int) -> (lane: String?, before: String?) {
        state.withLock { state in
            let path = info.device.path
            let before = state.entries[path]
            let known = before?.info.role == info.role ? before?.lane : nil
            let lane = known ?? bind(info, in: state)
            state.entries[path] = Entry(info: info, lane: lane, hub: hub, advice: advice(for: info, lane: lane))
            if let lane, state.remembered.count < Self.rememberedPortsMax || state.remembered[path] != nil {
                state.remembered[path] = Served(lane: lane, role: info.role)
            }
            return (lane, before?.lane)
        }
    }

    /// - Returns: the lane the device served.
    func left(_ info: DeviceInfo) -> String? {
        state.withLock { $0.entries.removeValue(forKey: info.device.path)?.lane }
    }

    /// What to do so that a lane takes the device; `nil` when one does, or none should.
    func advice(for path: USBPath) -> String? {
        state.withLock { $0.entries[path]?.advice }
    }

    private func advice(for info: DeviceInfo, lane: String?) -> String? {
        guard lane == nil, info.role != .other, info.state == .ready else { return nil }
        return EdgeConfiguration.laneAdvice(for: info, lanes: lanes)
    }

    func lane(of path: USBPath) -> String? {
        state.withLock { $0.entries[path]?.lane }
    }

    /// All devices, sorted by where they are plugged in.
    var all: [Entry] { sorted { _ in true } }

    /// The device that is plugged in there.
    func entry(at path: USBPath) -> Entry? {
        state.withLock { $0.entries[path] }
    }

    func entry(at path: String) -> Entry? { entry(at: USBPath(path)) }

    var isAnyOpening: Bool {
        state.withLock { $0.entries.values.contains { $0.info.state == .opening } }
    }

    /// A lane's devices that are ready.
    func entries(of lane: String, role: DeviceRole) -> [Entry] {
        sorted { $0.lane == lane && $0.info.serves(role) && $0.info.state == .ready }
    }

    /// Every scan asks for its lane's devices, so only those that are asked for are put in order.
    private func sorted(_ isAskedFor: (Entry) -> Bool) -> [Entry] {
        state.withLock { $0.entries.values.filter(isAskedFor) }
            .sorted { $0.info.device.path.description < $1.info.device.path.description }
    }

    func send(_ command: DeviceCommand, to device: String) {
        let path = USBPath(device)
        let hub = state.withLock { state -> DeviceHub? in
            guard let number = state.entries[path]?.hub, number < state.hubs.count else { return nil }
            return state.hubs[number]
        }
        hub?.send(command, to: path)
    }

    /// Tells a device something.
    /// - Parameter ended: called once, on the USB thread or on this one; not at all when the edge stops meanwhile.
    func order(_ order: DeviceOrder, to device: String, ended: @escaping @Sendable (DeviceOrderEnd) -> Void) {
        let path = USBPath(device)
        let hub = state.withLock { state -> DeviceHub? in
            guard let number = state.entries[path]?.hub, number < state.hubs.count else { return nil }
            return state.hubs[number]
        }
        guard let hub else { return ended(.absent) }
        hub.order(order, to: path, ended: ended)
    }

    /// Has the hubs tell of every report, or of none.
    func trace(_ isTracing: Bool) {
        for hub in state.withLock(\.hubs) { hub.trace(isTracing) }
    }

    private func bind(_ info: DeviceInfo, in state: State) -> String? {
        guard info.role != .other, info.state != .notClaimed else { return nil }
        if let lane = state.reserved[info.device.path] { return lane }
        if let named = lanes.naming(info.device) { return named }
        guard unboundDevicesJoin else { return nil }
        // Two scanners that lost their power together may come back in the other order.
        if let served = state.remembered[info.device.path], served.role == info.role { return served.lane }
        let others = state.entries.values.filter {
            $0.info.role == info.role && $0.info.device.path != info.device.path
        }
        let taken = Set(others.compactMap(\.lane))
        return lanes.first { !taken.contains($0.name) }?.name ?? lanes.first?.name
    }
}

extension [EdgeConfiguration.LaneBinding] {
    /// The lane that names a device; of several the one that says most of it, of those the first.
    fileprivate func naming(_ device: USBDevice) -> String? {
        var best: (name: String, precision: Int)?
        for lane in self {
            for selector in lane.devices where selector.matches(device) && selector.precision > best?.precision ?? 0 {
                best = (lane.name, selector.precision)
            }
        }
        return best?.name
    }
}
