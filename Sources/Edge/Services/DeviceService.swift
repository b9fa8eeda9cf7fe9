import Transport
import Wire

/// Answers `countertop.v1.Devices`.
struct DeviceService: Sendable {
    let registry: DeviceRegistry

    func register(in router: inout CallRouter) {
        let registry = self.registry
        router.unary("countertop.v1.Devices/List") { (_: ListDevicesRequest, _) throws(Status) in
            ListDevicesAnswer(devices: registry.all.map(Wire.Device.init))
        }
    }
}
