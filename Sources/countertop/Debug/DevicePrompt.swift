import ArgumentParser
import Devices
import Synchronization
import USB

/// Tells each scanner something once, as soon as it is ready.
final class DevicePrompt: Sendable {
    private struct State {
        var hub: DeviceHub?
        var told: Set<UInt64> = []
    }

    private let signal: ScannerSignal
    private let selector: DeviceSelector?
    private let state = Mutex(State())

    init(_ signal: ScannerSignal, only selector: DeviceSelector?) {
        self.signal = signal
        self.selector = selector
    }

    /// The hub that tells of the scanners, until it is taken away again.
    func use(_ hub: DeviceHub?) {
        state.withLock { $0.hub = hub }
    }

    func take(_ event: DeviceEvent) {
        guard case .changed(let info) = event, info.state == .ready, info.role == .scanner,
            selector?.matches(info.device) ?? true
        else { return }
        let hub = state.withLock { state in
            state.told.insert(info.device.plug).inserted ? state.hub : nil
        }
        hub?.send(.tell(signal), to: info.device.path)
    }
}

extension ScannerSignal: ExpressibleByArgument {}
