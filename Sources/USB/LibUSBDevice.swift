import CLibUSB

/// libusb's own record of a device, held for as long as this object lives.
///
/// It crosses threads because the record never changes and libusb counts references atomically.
final class LibUSBDevice: @unchecked Sendable {
    let pointer: OpaquePointer
    private let context: LibUSBContext
    /// When libusb told of it: this is made in its callback.
    private let toldAt = ContinuousClock.now

    init(_ pointer: OpaquePointer, context: LibUSBContext) {
        self.pointer = libusb_ref_device(pointer)
        self.context = context
    }

    deinit {
        libusb_unref_device(pointer)
    }

    /// Bus and ports as the kernel writes them; `nil` for a root hub.
    var path: USBPath? {
        var ports = [UInt8](repeating: 0, count: USBLimits.portDepthMax)
        let count = Int(libusb_get_port_numbers(pointer, &ports, Int32(ports.count)))
        guard count > 0, count <= ports.count else { return nil }
        let chain = ports.prefix(count).map(String.init).joined(separator: ".")
        return USBPath("\(libusb_get_bus_number(pointer))-\(chain)")
    }

    /// Reads what libusb and the kernel know of the device, when the kernel has set it up: it may wait for a device that does
    /// not answer, so never call this on the event thread.
    /// - Returns: `nil` for hubs, and for a device that has left meanwhile.
    func read(plug: UInt64) -> USBDevice? {
        var descriptor = libusb_device_descriptor()
        guard libusb_get_device_descriptor(pointer, &descriptor) == 0,
            UInt32(descriptor.bDeviceClass) != LIBUSB_CLASS_HUB.rawValue,
            let path, let directory = SysfsDirectory(path)
        else { return nil }
        directory.waitForSetUp()
        let (configuration, fault) = directory.configuration
        let device = USBDevice(
            plug: plug, path: path, vendorID: descriptor.idVendor, productID: descriptor.idProduct,
            release: descriptor.bcdDevice, deviceClass: descriptor.bDeviceClass, manufacturer: directory.manufacturer,
            product: directory.product, serial: directory.serial, configuration: configuration, fault: fault,
            arrivedAt: toldAt)
        // Another device may have taken the same port while this one was read.
        return directory.address == libusb_get_device_address(pointer) ? device : nil
    }
}
