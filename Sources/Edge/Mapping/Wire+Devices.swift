import Devices
import USB
import Wire

extension Wire.Device {
    init(_ entry: DeviceRegistry.Entry) {
        self.init()
        let device = entry.info.device
        path = device.path.description
        vendorId = UInt32(device.vendorID)
        productId = UInt32(device.productID)
        manufacturer = device.manufacturer ?? ""
        product = device.product ?? ""
        serial = device.serial ?? ""
        role = Wire.DeviceRole(entry.info.role)
        state = Wire.DeviceState(entry.info.state)
        mode = entry.info.mode
        lane = entry.lane ?? ""
        explanation = entry.explanation
    }
}

extension Wire.DeviceRole {
    init(_ role: Devices.DeviceRole) {
        switch role {
        case .scanner: self = .scanner
        case .display: self = .display
        case .other: self = .other
        }
    }
}

extension Wire.DeviceState {
    init(_ state: Devices.DeviceState) {
        switch state {
        case .opening: self = .opening
        case .ready: self = .ready
        case .notClaimed: self = .notClaimed
        case .failed: self = .failed
        }
    }
}
