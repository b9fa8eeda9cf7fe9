import CountertopClient
import Devices
import Foundation
import USB
import Wire

/// What an edge tells of its devices, in the words of `Devices`, so that it is shown as what a hub tells itself.
enum EdgeDeviceEvent {
    case device(Devices.DeviceEvent, lane: String?)
    case missed(Int)

    /// - Parameter known: the devices that were told of so far, by their paths.
    /// - Returns: `nil` for what is newer than this version.
    init?(_ event: Wire.DeviceEvent, known: inout [String: DeviceInfo]) {
        switch event.event {
        case .changed(let device):
            let info = DeviceInfo(device)
            known[device.path] = info
            self = .device(.changed(info), lane: device.lane)
        case .left(let path):
            guard let info = known.removeValue(forKey: path) else { return nil }
            self = .device(.left(info), lane: nil)
        case .report(let report): self = .device(.report(Devices.DeviceReport(report)), lane: nil)
        case .scan(let scan): self = .device(.scan(Devices.DeviceScan(scan)), lane: nil)
        case .problem(let problem):
            guard let info = known[problem.path] else { return nil }
            self = .device(.problem(info, problem.message), lane: nil)
        case .missed(let count): self = .missed(Int(count))
        case nil: return nil
        }
    }
}

extension DeviceInfo {
    /// A device as an edge tells of it. Its descriptors stay with the edge.
    init(_ device: Wire.Device) {
        self.init(
            device: USBDevice(
                plug: 0, path: USBPath(device.path), vendorID: UInt16(truncatingIfNeeded: device.vendorId),
                productID: UInt16(truncatingIfNeeded: device.productId), release: 0, deviceClass: 0,
                manufacturer: device.manufacturer.orNil, product: device.product.orNil, serial: device.serial.orNil,
                configuration: USBConfiguration(interfaces: [])),
            role: Devices.DeviceRole(device.role), state: Devices.DeviceState(device.state), mode: device.mode,
            explanation: device.explanation,
            interfaces: device.interfaces.map {
                Devices.DeviceInterface(
                    number: UInt8(truncatingIfNeeded: $0.number), driver: $0.driver.orNil, usage: $0.usage)
            })
        capabilities = ScannerCapabilities(
            reads2D: device.reads2d.isAble, readsScreens: device.readsScreens.isAble,
            signals: device.signals.compactMap { ScannerSignal(rawValue: $0) })
        revision = device.revision
        displaySize = DisplaySize(rows: Int(device.displayRows), columns: Int(device.displayColumns))
        displayAbilities = Set(device.displayAbilities.compactMap { DisplayAbility(rawValue: $0) })
    }
}

extension Devices.DeviceReport {
    fileprivate init(_ report: Wire.DeviceReport) {
        self.init(
            path: USBPath(report.path), interface: UInt8(truncatingIfNeeded: report.interface), bytes: report.data,
            fields: report.parts.map { (name: $0.name, value: $0.value) }, outcome: report.outcome,
            sinceLast: report.sinceLastUs == 0 ? nil : .microseconds(Int64(clamping: report.sinceLastUs)))
    }
}

extension Devices.DeviceScan {
    fileprivate init(_ scan: Wire.DeviceScan) {
        let symbology = Devices.Symbology(rawValue: UInt32(clamping: scan.symbology.rawValue))
        self.init(
            path: USBPath(scan.path), interface: UInt8(truncatingIfNeeded: scan.interface),
            label: Label(data: scan.data, symbology: symbology), aim: scan.aim,
            readAt: Date(timeIntervalSince1970: Double(scan.readAtUnixMs) / 1_000))
    }
}

extension Devices.DeviceRole {
    fileprivate init(_ role: Wire.DeviceRole) {
        self =
            switch role {
            case .scanner: .scanner
            case .display: .display
            default: .other
            }
    }
}

extension Devices.DeviceState {
    init(_ state: Wire.DeviceState) {
        self =
            switch state {
            case .ready: .ready
            case .opening: .opening
            case .failed: .failed
            default: .notClaimed
            }
    }
}

extension Devices.DeviceOrderEnd {
    init(_ end: Wire.DeviceOrderEnd) {
        self =
            switch end {
            case .done: .done
            case .impossible: .impossible
            case .superseded: .superseded
            case .absent: .absent
            default: .refused
            }
    }
}

extension Ability {
    fileprivate var isAble: Bool? {
        switch self {
        case .yes: true
        case .no: false
        default: nil
        }
    }
}

extension String {
    fileprivate var orNil: String? { isEmpty ? nil : self }
}
