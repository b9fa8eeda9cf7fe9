import Transport
public import Wire

extension CountertopConnection {
    /// Takes what the devices send, live, until `body` throws or the task is cancelled: first each device as it stands. For
    /// those who administer the edge.
    /// - Parameters:
    ///   - device: a port path; empty for all devices.
    ///   - body: takes each event. An event that is `nil` is newer than this library.
    public func watchDevices(
        _ device: String = "", isolation: isolated (any Actor)? = #isolation,
        _ body: (DeviceEvent) async throws -> Void
    ) async throws {
        try await take("countertop.v1.Devices/Watch", WatchDevicesRequest(device: device), body)
    }

    /// Takes what goes between the edge and its devices, live, until `body` throws or the task is cancelled: first the devices'
    /// descriptors. For those who administer the edge.
    /// - Parameters:
    ///   - devices: port paths; none for all devices.
    ///   - body: takes the packets as they come.
    public func captureDevices(
        _ devices: [String] = [], isolation: isolated (any Actor)? = #isolation,
        _ body: (CaptureEvent) async throws -> Void
    ) async throws {
        try await take("countertop.v1.Devices/Capture", CaptureRequest(devices: devices), body)
    }

    private func take<Event: WireMessage>(
        _ call: String, _ request: some WireMessage, isolation: isolated (any Actor)? = #isolation,
        _ body: (Event) async throws -> Void
    ) async throws {
        let stream = channel.stream(call, body: request.packed())
        defer { stream.cancel() }
        while true {
            switch await stream.next() {
            case .success(let packed?):
                let event: Event
                do throws(WireError) {
                    event = try Event(packed: packed)
                } catch {
                    throw CountertopError(error)
                }
                try await body(event)
            case .success(nil): return
            case .failure(let failure): throw CountertopError(failure)
            }
        }
    }
}
