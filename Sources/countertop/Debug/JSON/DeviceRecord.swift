import Devices
import USB

/// A device in the JSON of `debug`.
struct DeviceRecord: Encodable {
    struct Interface: Encodable {
        let number: Int
        let usage: String
        let driver: String?
    }

    let path: String
    let id: String
    let manufacturer: String?
    let product: String?
    let serial: String?
    let mode: String?
    let role: String
    let state: String
    let mayOpen: Bool?
    let reads2d: Bool?
    let readsScreens: Bool?
    let signals: [String]
    let revision: String?
    let displaySize: String?
    let displayAbilities: [String]?
    let interfaces: [Interface]
    let driverless: [Int]
    let lane: String?
    let explanation: String?

    /// - Parameter lane: the one it serves, as a running edge says.
    init(_ info: DeviceInfo, lane: String? = nil) {
        let device = info.device
        path = device.path.description
        id = device.identity
        manufacturer = device.manufacturer
        product = device.product
        serial = device.serial
        mode = info.mode.isEmpty ? nil : info.mode
        role = info.role.rawValue
        state = info.stateName
        mayOpen = info.canOpen
        reads2d = info.capabilities.reads2D
        readsScreens = info.capabilities.readsScreens
        signals = info.capabilities.signals.map(\.rawValue)
        revision = info.revision.isEmpty ? nil : info.revision
        displaySize = info.displaySize?.description
        displayAbilities = info.displaySize == nil ? nil : info.displayAbilities.map(\.rawValue).sorted()
        interfaces = info.interfaces.map { Interface(number: Int($0.number), usage: $0.usage, driver: $0.driver) }
        driverless = info.state == .ready ? [] : DeviceDiagnosis.driverlessInterfaces(info).map(Int.init)
        self.lane = lane.flatMap { $0.isEmpty ? nil : $0 }
        explanation = info.explanation.isEmpty ? nil : info.explanation
    }
}

extension DeviceInfo {
    /// The state's name in JSON: that of the `.proto`, in lower case.
    var stateName: String {
        switch state {
        case .opening: "opening"
        case .ready: "ready"
        case .notClaimed: "not_claimed"
        case .failed: "failed"
        }
    }
}
