import Devices
import Foundation
import USB
import Wire

extension Wire.Device {
    init(_ entry: DeviceRegistry.Entry) {
        self.init()
        let device = entry.info.device
        path = device.path.description
        vendorId = UInt32(device.vendorID)
        productId = UInt32(device.productID)
        manufacturer = device.manufacturer ?? ""
        product = device.product ?? ""
        serial = device.serial ?? ""
        role = Wire.DeviceRole(entry.info.role)
        state = Wire.DeviceState(entry.info.state)
        mode = entry.info.mode
        lane = entry.lane ?? ""
        explanation = entry.explanation
        reads2d = Wire.Ability(entry.info.capabilities.reads2D)
        readsScreens = Wire.Ability(entry.info.capabilities.readsScreens)
        signals = entry.info.capabilities.signals.map(\.rawValue)
        revision = entry.info.revision
        interfaces = entry.info.interfaces.map { interface in
            Wire.DeviceInterface(
                number: UInt32(interface.number), driver: interface.driver ?? "", usage: interface.usage)
        }
        displayRows = UInt32(entry.info.displaySize?.rows ?? 0)
        displayColumns = UInt32(entry.info.displaySize?.columns ?? 0)
        readyAfterMs = entry.info.readyAfter.map { UInt32(clamping: max(1, Int64($0 / .milliseconds(1)))) } ?? 0
        displayAbilities = entry.info.displayAbilities.map(\.rawValue).sorted()
    }
}

extension DescriptorsAnswer {
    /// - Parameter info: `nil` for a device that is not there.
    init(_ info: DeviceInfo?) {
        self.init()
        guard let info else { return }
        let described = info.device.configuration.interfaces.filter { $0.alternateSetting == 0 }
        interfaces = described.map { interface in
            let known = info.interfaces.first { $0.number == interface.number }
            return InterfaceDescriptor(
                number: UInt32(interface.number), interfaceClass: UInt32(interface.interfaceClass),
                report: known?.reportDescriptor ?? [])
        }
    }
}

extension Wire.Ability {
    init(_ ability: Bool?) {
        self = ability.map { $0 ? .yes : .no } ?? .unspecified
    }
}

extension Wire.DeviceOrderEnd {
    init(_ end: Devices.DeviceOrderEnd) {
        switch end {
        case .done: self = .done
        case .impossible: self = .impossible
        case .refused: self = .refused
        case .superseded: self = .superseded
        case .absent: self = .absent
        }
    }
}

extension Wire.DeviceReport {
    init(_ report: Devices.DeviceReport) {
        self.init(
            path: report.path.description, interface: UInt32(report.interface), data: report.bytes,
            parts: report.fields.map { Wire.DeviceReportPart(name: $0.name, value: $0.value) },
            outcome: report.outcome,
            sinceLastUs: UInt64(clamping: Int64(report.sinceLast.map { $0 / .microseconds(1) } ?? 0)))
    }
}

extension Wire.DeviceScan {
    init(_ scan: Devices.DeviceScan) {
        self.init(
            path: scan.path.description, interface: UInt32(scan.interface), data: scan.label.data,
            symbology: Wire.Symbology(rawValue: Int32(clamping: scan.label.symbology.rawValue)), aim: scan.aim,
            readAtUnixMs: Int64(scan.readAt.timeIntervalSince1970 * 1_000))
    }
}

extension Wire.DeviceRole {
    init(_ role: Devices.DeviceRole) {
        switch role {
        case .scanner: self = .scanner
        case .display: self = .display
        case .other: self = .other
        }
    }
}

extension Wire.DeviceState {
    init(_ state: Devices.DeviceState) {
        switch state {
        case .opening: self = .opening
        case .ready: self = .ready
        case .notClaimed: self = .notClaimed
        case .failed: self = .failed
        }
    }
}
