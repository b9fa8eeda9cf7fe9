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
}
