import Foundation
import Synchronization
import USB

/// Turns transfers into packets. What it is told comes from the event thread.
final class TransferLog: Sendable {
    /// A transfer under way.
    struct Transfer: Sendable {
        let id: UInt64
        let kind: USBEndpoint.Kind
        let endpoint: UInt8
        let bus: UInt16
        let device: USBDevice
        /// The number it is told of by; `nil` when nobody recorded as it began.
        let number: UInt8?
        let sent: Int
    }

    private struct Presence: Sendable {
        let device: USBDevice
        /// Numbers count arrivals from 1: the kernel's own are not known to a program.
        let number: UInt8
    }

    private struct State: Sendable {
        var lastID: UInt64 = 0
        var lastDevice: UInt8 = 0
        /// The devices that are there, by their plugs.
        var present: [UInt64: Presence] = [:]
        /// Report descriptors that went over the bus, by plug and interface.
        var descriptors: [UInt64: [UInt8: [UInt8]]] = [:]
    }

    private let tap: TransferTap
    private let state = Mutex(State())

    init(tap: TransferTap) {
        self.tap = tap
    }

    /// Whether anybody records.
    var isOpen: Bool { tap.isOpen }

    func arrived(_ device: USBDevice, on bus: any USBBus) {
        state.withLock { state in
            // 127 devices are on a bus at most, so a number that comes again belongs to a device that left.
            state.lastDevice = state.lastDevice % 127 + 1
            state.present[device.plug] = Presence(device: device, number: state.lastDevice)
        }
        if isOpen { describe(device, on: bus, to: nil) }
    }

    /// Tells a recorder that begins of the devices that are there.
    func describeAll(to recorder: UInt64, on bus: any USBBus) {
        for presence in state.withLock({ $0.present.values.sorted { $0.number < $1.number } }) {
            describe(presence.device, on: bus, to: recorder)
        }
    }

    /// Writes the descriptors as if the host were reading them now, so that the capture can be replayed.
    private func describe(_ device: USBDevice, on bus: any USBBus, to recorder: UInt64?) {
        guard let descriptors = bus.descriptors(of: device), descriptors.count >= 18 else { return }
        func answer(requestType: UInt8 = 0x80, value: UInt16, index: UInt16 = 0, _ bytes: [UInt8]) {
            let setup = USBSetup(
                requestType: requestType, request: 6, value: value, index: index, length: UInt16(clamping: bytes.count))
            let transfer = submitted(
                device, .control, 0x80, data: [], length: bytes.count, setup: setup, to: recorder)
            ended(transfer, .completed(bytes), to: recorder)
        }
        answer(value: 0x0100, Array(descriptors.prefix(18)))
        answer(value: 0x0200, Array(descriptors.dropFirst(18)))
        let strings = [device.manufacturer, device.product, device.serial]
        for (place, text) in strings.enumerated() where descriptors[14 + place] != 0 {
            guard let text else { continue }
            answer(value: 0x0300 | UInt16(descriptors[14 + place]), index: 0x0409, Self.string(text))
        }
        for interface in device.configuration.interfaces where interface.alternateSetting == 0 {
            guard
                let bytes = bus.reportDescriptor(of: device, interface: interface.number)
                    ?? known(device, interface.number)
            else { continue }
            answer(requestType: 0x81, value: 0x2200, index: UInt16(interface.number), bytes)
        }
    }

    func left(_ device: USBDevice) {
        state.withLock { state in
            state.present[device.plug] = nil
            state.descriptors[device.plug] = nil
        }
    }

    /// A report descriptor that went over the bus: no driver shows it while the interface is claimed.
    private func known(_ device: USBDevice, _ interface: UInt8) -> [UInt8]? {
        state.withLock { $0.descriptors[device.plug]?[interface] }
    }

    /// Keeps a report descriptor that a device gave, for those who begin to record later.
    func heard(_ setup: USBSetup, _ end: USBCompletion, from device: USBDevice) {
        guard setup.requestType == 0x81, setup.request == 6, setup.value == 0x2200, case .completed(let bytes) = end,
            !bytes.isEmpty
        else { return }
        state.withLock { $0.descriptors[device.plug, default: [:]][UInt8(truncatingIfNeeded: setup.index)] = bytes }
    }

    func submitted(
        _ device: USBDevice, _ kind: USBEndpoint.Kind, _ endpoint: UInt8, data: [UInt8], length: Int, setup: USBSetup?,
        to recorder: UInt64? = nil
    ) -> Transfer {
        let (id, number) = state.withLock { state -> (UInt64, UInt8?) in
            state.lastID += 1
            return (state.lastID, tap.isOpen ? state.present[device.plug]?.number : nil)
        }
        let bus = UInt16(device.path.description.prefix { $0.isNumber }) ?? 0
        let transfer = Transfer(
            id: id, kind: kind, endpoint: endpoint, bus: bus, device: device, number: number, sent: data.count)
        if let number {
            tap.write(
                UsbmonPacket(
                    id: id, event: .submission, kind: kind, endpoint: endpoint, device: number, bus: bus,
                    time: Self.now(),
                    status: -EINPROGRESS, length: UInt32(clamping: length), setup: setup, data: data),
                of: device, to: recorder)
        }
        return transfer
    }

    func ended(_ transfer: Transfer, _ end: USBCompletion, to recorder: UInt64? = nil) {
        guard let number = transfer.number else { return }
        var data: [UInt8] = []
        if case .completed(let bytes) = end, transfer.endpoint & 0x80 != 0 { data = bytes }
        let length = transfer.endpoint & 0x80 != 0 ? data.count : end.status == 0 ? transfer.sent : 0
        tap.write(
            UsbmonPacket(
                id: transfer.id, event: .completion, kind: transfer.kind, endpoint: transfer.endpoint, device: number,
                bus: transfer.bus, time: Self.now(), status: end.status, length: UInt32(length), data: data),
            of: transfer.device, to: recorder)
    }

    /// A string descriptor (USB 2.0, section 9.6.7).
    private static func string(_ text: String) -> [UInt8] {
        let units = text.utf16.prefix(126)
        var bytes: [UInt8] = [UInt8(2 + 2 * units.count), 3]
        for unit in units { bytes.append(little: unit) }
        return bytes
    }

    private static func now() -> UInt64 { UInt64(max(0, Date().timeIntervalSince1970 * 1_000_000)) }
}

extension USBCompletion {
    /// The kernel's number for it.
    var status: Int32 {
        switch self {
        case .completed: 0
        case .stalled: -EPIPE
        case .timedOut: -ETIMEDOUT
        case .cancelled: -ENOENT
        case .overflow: -EOVERFLOW
        case .gone: -ENODEV
        case .failed: -EPROTO
        }
    }

    /// How a completion that usbmon tells of ended: see ``USB/USBCompletion``.
    init(status: Int32, data: [UInt8]) {
        switch status {
        case 0, -EREMOTEIO: self = .completed(data)
        case -EPIPE: self = .stalled
        case -ETIMEDOUT: self = .timedOut
        case -ENOENT, -ECONNRESET: self = .cancelled
        case -EOVERFLOW: self = .overflow
        case -ENODEV, -ESHUTDOWN: self = .gone
        default: self = .failed
        }
    }
}
