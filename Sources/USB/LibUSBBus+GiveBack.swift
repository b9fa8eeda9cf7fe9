import CLibUSB

extension LibUSBBus {
    /// Has the kernel bind its driver to an interface that has none, as it would be after a program was killed that held it.
    /// Call it on ``thread`` only.
    /// - Returns: the driver that is bound now; `nil` when the kernel has none for it.
    /// - Throws: ``USBError`` when the device may not be opened, or a program holds the interface.
    package func giveBack(interface: UInt8, of device: USBDevice) throws(USBError) -> String? {
        let opened: any USBPort
        do { opened = try open(device) } catch {
            throw error as? USBError ?? USBError(.inputOutput, device: device, action: "be opened")
        }
        defer { opened.close() }
        guard let port = opened as? LibUSBPort else { return nil }
        let status = libusb_attach_kernel_driver(port.handle.pointer, Int32(interface))
        let bound = SysfsDirectory(device.path)?.driver(interface: interface)
        // Bound meanwhile, or nothing fits it: neither is a fault.
        let harmless = [
            0, LIBUSB_ERROR_NOT_FOUND.rawValue, LIBUSB_ERROR_BUSY.rawValue, LIBUSB_ERROR_INVALID_PARAM.rawValue,
        ]
        guard harmless.contains(status) else {
            throw LibUSBError.make(status, device: device, action: "give its interface \(interface) back to the kernel")
        }
        return bound
    }
}
