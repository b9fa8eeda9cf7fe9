import Devices
import Dispatch
import USB
import UnixSignals

/// Takes devices as the edge does and tells what they send, until a person ends it.
struct DebugSession: Sendable {
    let hub: DeviceHub

    /// - Parameters:
    ///   - only: the devices to take; by default all.
    ///   - onEvent: runs on the bus's thread.
    init(
        bus: any USBBus, configuration: DeviceConfiguration, only: DeviceSelector? = nil,
        onEvent: @escaping @Sendable (DeviceEvent) -> Void
    ) {
        hub = DeviceHub(bus: bus, configuration: configuration, tracing: true, only: only, onEvent: onEvent)
    }

    /// Runs until Ctrl-C or until `body` returns, and gives the devices back.
    /// - Parameter body: called when the devices that are there were told of.
    func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        do {
            // Before the first word, which may be answered with Ctrl-C.
            let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
            try hub.start()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { for await _ in signals { break } }
                group.addTask { try await body() }
                try await group.next()
                group.cancelAll()
            }
        } catch {
            await stop()
            throw error
        }
        await stop()
    }

    private func stop() async {
        await withCheckedContinuation { done in
            // Stopping waits for the USB thread, which would hold up a task's thread.
            DispatchQueue.global().async {
                hub.stop()
                done.resume()
            }
        }
    }

    /// Waits until the task is cancelled.
    static func forever() async throws {
        let (endless, end) = AsyncStream.makeStream(of: Never.self)
        for await _ in endless {}
        end.finish()
    }
}
