import Devices
import USB
import Wire

/// The report descriptors of a device as the kernel has read them.
struct DescriptorSurvey: Sendable {
    struct Interface: Sendable {
        let number: UInt8
        let interfaceClass: UInt8
        let driver: String?
        /// `nil` for an interface that is no HID interface, or whose driver shows none.
        var descriptor: [UInt8]?

        var isHID: Bool { interfaceClass == 3 }
    }

    let device: USBDevice
    private(set) var interfaces: [Interface]

    /// Whether an interface should have a report descriptor and shows none.
    var lacksDescriptor: Bool { interfaces.contains { $0.isHID && $0.descriptor == nil } }

    /// Takes what an edge has read of interfaces that show nothing.
    mutating func complete(_ known: [InterfaceDescriptor]) {
        for index in interfaces.indices where interfaces[index].descriptor == nil && interfaces[index].isHID {
            let report = known.first { $0.number == UInt32(interfaces[index].number) }?.report ?? []
            if !report.isEmpty { interfaces[index].descriptor = report }
        }
    }

    init(_ device: USBDevice, interfaces: [Interface]) {
        self.device = device
        self.interfaces = interfaces
    }

    /// - Parameter bus: asked on its thread.
    init(_ device: USBDevice, on bus: any USBBus) {
        self.device = device
        interfaces = device.configuration.interfaces.filter { $0.alternateSetting == 0 }.map { interface in
            Interface(
                number: interface.number, interfaceClass: interface.interfaceClass,
                driver: bus.kernelDriver(of: device, interface: interface.number),
                descriptor: interface.interfaceClass == 3
                    ? bus.reportDescriptor(of: device, interface: interface.number) : nil)
        }
    }
}
