import Synchronization

/// Which devices are there and which interfaces this bus holds, readable on every thread.
final class LibUSBRoll: Sendable {
    private struct State: Sendable {
        var interfaces: [UInt64: Set<UInt8>] = [:]
    }

    private let state = Mutex(State())

    func arrived(_ plug: UInt64) { state.withLock { $0.interfaces[plug] = [] } }

    func left(_ plug: UInt64) { state.withLock { $0.interfaces[plug] = nil } }

    func claimed(_ interface: UInt8, of plug: UInt64) {
        state.withLock { _ = $0.interfaces[plug]?.insert(interface) }
    }

    func released(_ interface: UInt8, of plug: UInt64) {
        state.withLock { _ = $0.interfaces[plug]?.remove(interface) }
    }

    /// The driver bound to an interface. While this bus holds the interface that is none: the kernel names "usbfs" then.
    func driver(of device: USBDevice, interface: UInt8) -> String? {
        guard let claimed = state.withLock({ $0.interfaces[device.plug] }), !claimed.contains(interface) else {
            return nil
        }
        return SysfsDirectory(device.path)?.driver(interface: interface)
    }
}
