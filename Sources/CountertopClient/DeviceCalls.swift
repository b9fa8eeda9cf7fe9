public import Wire

/// What is plugged into the edge. See ``CountertopConnection/devices``.
public struct DeviceCalls: Sendable {
    let maker: any CallMaker

    /// All devices the edge sees, with what it makes of each.
    public func list(
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> [Device] {
        let answer: ListDevicesAnswer = try await maker.call(
            "countertop.v1.Devices/List", ListDevicesRequest(), deadline: deadline)
        return answer.devices
    }

    /// Tells one device something, and waits until the device has taken it.
    /// - Parameters:
    ///   - device: its port path.
    ///   - order: a signal of ``Device/signals``, or lines for a display.
    public func tell(
        _ device: String, _ order: TellDeviceRequest.Order, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> DeviceOrderEnd {
        let answer: TellDeviceAnswer = try await maker.call(
            "countertop.v1.Devices/Tell", TellDeviceRequest(device: device, order: order), deadline: deadline)
        return answer.end
    }

    /// What the interfaces of one device say of themselves, as the edge has read it.
    /// - Parameter device: its port path.
    /// - Returns: none when no such device is plugged in.
    public func descriptors(
        _ device: String, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> [InterfaceDescriptor] {
        let answer: DescriptorsAnswer = try await maker.call(
            "countertop.v1.Devices/Descriptors", DescriptorsRequest(device: device), deadline: deadline)
        return answer.interfaces
    }
}
