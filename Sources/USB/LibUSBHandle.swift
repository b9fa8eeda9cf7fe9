import CLibUSB

/// An opened device of libusb's.
///
/// It crosses threads because libusb locks what calls on a handle share, and ``PortOrders`` keeps them apart; the device,
/// and with it the context, stays for as long as this does.
final class LibUSBHandle: @unchecked Sendable {
    let pointer: OpaquePointer
    private let device: LibUSBDevice

    /// Opens a device. The kernel lets nobody open a device that it works with itself, so this waits for a device that does
    /// not answer the kernel.
    /// - Parameter facts: the device as the bus tells of it.
    init(opening device: LibUSBDevice, as facts: USBDevice) throws(USBError) {
        var opened: OpaquePointer?
        let status = libusb_open(device.pointer, &opened)
        guard status == 0, let opened else { throw LibUSBError.make(status, device: facts, action: "be opened") }
        pointer = opened
        self.device = device
        libusb_set_auto_detach_kernel_driver(opened, 1)
    }

    /// Gives interfaces back, and the kernel's drivers where libusb does not: where a driver of several interfaces had to
    /// wait for the last of them. The kernel asks the device meanwhile, and may wait for it long.
    func release(_ interfaces: [UInt8], drivers: [UInt8], at path: USBPath) {
        for interface in interfaces { libusb_release_interface(pointer, Int32(interface)) }
        attach(drivers, at: path)
    }

    /// Binds the kernel's drivers again to what they were bound to.
    func attach(_ interfaces: [UInt8], at path: USBPath) {
        for interface in interfaces where SysfsDirectory(path)?.driver(interface: interface) == nil {
            libusb_attach_kernel_driver(pointer, Int32(interface))
        }
    }

    func close() { libusb_close(pointer) }
}
