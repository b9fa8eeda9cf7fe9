import CLibUSB

extension LibUSBPort {
    func claim(interface: UInt8) throws {
        thread.checkIsolated()
        let action = "give its interface \(interface)"
        try checkUsable(action)
        guard !claims.contains(interface) else { return }
        guard device.configuration.hasInterface(interface) else {
            throw USBError(.notFound, device: device, action: action)
        }
        if let driver = roll.driver(of: device, interface: interface), driver != "usbfs" {
            drivenInterfaces.insert(interface)
        }
        // The kernel driver is detached by libusb, which was told so at opening.
        let status = libusb_claim_interface(handle, Int32(interface))
        guard status == 0 else {
            giveBack()
            throw LibUSBError.make(status, device: device, action: action)
        }
        claims.insert(interface)
        roll.claimed(interface, of: device.plug)
    }

    func release(interface: UInt8) {
        thread.checkIsolated()
        guard isUsable, claims.contains(interface) else { return }
        // The kernel would end these transfers as completed without data, and reading on would claim the interface anew.
        for (endpoint, reading) in readings
        where device.configuration.endpoint(at: endpoint)?.interface == interface {
            reading.end(with: .cancelled)
        }
        for operation in Array(operations.values) where operation.interface == interface {
            operation.end(with: .cancelled)
        }
        releaseNow([interface])
    }

    /// Gives every interface and its driver back.
    func releaseAll() {
        guard !isGone else { return }
        // A driver of several interfaces binds through the lowest of them and needs the others free (cdc_acm).
        releaseNow(claims.sorted(by: >))
    }

    private func releaseNow(_ interfaces: [UInt8]) {
        for interface in interfaces {
            claims.remove(interface)
            libusb_release_interface(handle, Int32(interface))
            roll.released(interface, of: device.plug)
        }
        giveBack()
    }

    /// Binds the kernel's drivers again where libusb did not: after a claim that failed, and where a driver of several
    /// interfaces had to wait for the last of them.
    private func giveBack() {
        for interface in drivenInterfaces.sorted()
        where !claims.contains(interface) && roll.driver(of: device, interface: interface) == nil {
            libusb_attach_kernel_driver(handle, Int32(interface))
        }
    }
}
