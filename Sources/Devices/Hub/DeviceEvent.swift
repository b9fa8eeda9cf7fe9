/// What the hub tells of its devices.
package enum DeviceEvent: Sendable {
    /// A device arrived, or its role, state or explanation changed.
    case changed(DeviceInfo)
    case left(DeviceInfo)
    case scan(DeviceScan)
    /// A report, only when the hub traces.
    case report(DeviceReport)
    /// Something that a person should know and that changes no state.
    case problem(DeviceInfo, String)
}
