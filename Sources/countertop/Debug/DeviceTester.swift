import CountertopClient
import Devices
import USB
import Wire

/// Tries what a device can do, step by step.
struct DeviceTester: Sendable {
    let pause: Duration
    /// Is told of each step that ended.
    let tell: @Sendable (DeviceTest.Step, Devices.DeviceOrderEnd) -> Void

    /// How long a device may take to get ready.
    private static let readyWait: Duration = .seconds(10)

    init(pause: Duration, tell: @escaping @Sendable (DeviceTest.Step, Devices.DeviceOrderEnd) -> Void) {
        self.pause = pause
        self.tell = tell
    }

    /// Tests a device that a running edge has.
    /// - Returns: how the steps ended; `nil` when there is no such device.
    func run(_ selector: DeviceSelector, through edge: EdgeDevices) async throws -> [Devices.DeviceOrderEnd]? {
        try await CountertopClient.withConnection(to: edge.address, client: "countertop-debug") {
            connection in
            let infos = try await connection.devices.list().map { DeviceInfo($0) }
            guard let info = infos.first(where: { selector.matches($0.device) && $0.state == .ready }) else {
                return nil
            }
            return try await run(info) { order in
                let wire: TellDeviceRequest.Order =
                    switch order {
                    case .tell(let signal): .signal(signal.rawValue)
                    case .show(let screen): .show(DeviceLines(screen))
                    }
                let end = try await connection.devices.tell(info.device.path.description, wire)
                return Devices.DeviceOrderEnd(end)
            }
        }
    }

    /// Takes a device and tests it.
    /// - Returns: how the steps ended; `nil` when there is no such device, or it does not get ready.
    func run(
        _ selector: DeviceSelector, _ configuration: DeviceConfiguration
    ) async throws -> [Devices.DeviceOrderEnd]? {
        let (ready, found) = AsyncStream.makeStream(of: DeviceInfo.self, bufferingPolicy: .bufferingOldest(1))
        let session = DebugSession(bus: try LibUSBBus(), configuration: configuration, only: selector) { event in
            guard case .changed(let info) = event, info.state == .ready, selector.matches(info.device) else { return }
            found.yield(info)
        }
        let outcome = TestOutcome()
        let hub = session.hub
        try await session.run {
            let timer = Task {
                try await Task.sleep(for: Self.readyWait)
                found.finish()
            }
            defer { timer.cancel() }
            for await info in ready {
                outcome.keep(
                    try await run(info) { order in
                        await withCheckedContinuation { done in
                            hub.order(order, to: info.device.path) { done.resume(returning: $0) }
                        }
                    })
                break
            }
        }
        return outcome.ends
    }

    private func run(
        _ info: DeviceInfo, _ carryOut: @Sendable (DeviceOrder) async throws -> Devices.DeviceOrderEnd
    ) async throws -> [Devices.DeviceOrderEnd] {
        var ends: [Devices.DeviceOrderEnd] = []
        for step in DeviceTest.steps(for: info) {
            let end = try await carryOut(step.order)
            tell(step, end)
            ends.append(end)
            if end == .done { try await Task.sleep(for: pause) }
        }
        return ends
    }
}
