package import Devices
import USB

extension EdgeConfiguration {
    /// What is to be added to the configuration for a scanner or display that no lane takes, in sentences; `nil` for a
    /// device that a lane takes, and for one that is no lane's matter.
    package func laneAdvice(for info: DeviceInfo) -> String? {
        guard !unboundDevicesJoin, info.role != .other,
            !lanes.contains(where: { $0.devices.contains { $0.matches(info.device) } })
        else { return nil }
        return Self.laneAdvice(for: info, lanes: lanes)
    }

    static func laneAdvice(for info: DeviceInfo, lanes: [LaneBinding]) -> String? {
        guard let lane = lanes.first(where: \.devices.isEmpty) ?? lanes.first else { return nil }
        let devices = (lane.devices.map(\.description) + [info.device.path.description]).map { "\"\($0)\"" }
        let loss = info.role == .scanner ? ", and its scans are dropped" : ", and it stays blank"
        return """
            No lane takes this \(info.role.rawValue)\(loss). Add it to its lane in the configuration, or set \
            unbound_devices_join: true:
            lanes:
              - {name: "\(lane.name)", devices: [\(devices.joined(separator: ", "))]}
            """
    }
}
