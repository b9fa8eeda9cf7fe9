import CLibUSB

extension LibUSBPort {
    func claim(interface: UInt8) throws {
        thread.checkIsolated()
        let action = "give its interface \(interface)"
        try checkUsable(action)
        guard claims[interface] == nil else { return }
        guard device.configuration.hasInterface(interface) else {
            throw USBError(.notFound, device: device, action: action)
        }
        let driver = roll.driver(of: device, interface: interface)
        // The kernel driver is detached by libusb, which was told so at opening.
        let status = libusb_claim_interface(handle, Int32(interface))
        guard status == 0 else {
            giveBack(driver, interface: interface)
            throw LibUSBError.make(status, device: device, action: action)
        }
        claims[interface] = .some(driver)
        roll.claimed(interface, of: device.plug)
    }

    func release(interface: UInt8) {
        thread.checkIsolated()
        guard isUsable, claims[interface] != nil else { return }
        // The kernel would end these transfers as completed without data, and reading on would claim the interface anew.
        for (endpoint, reading) in readings
        where device.configuration.endpoint(at: endpoint)?.interface == interface {
            reading.end(with: .cancelled)
        }
        for operation in Array(operations.values) where operation.interface == interface { operation.end(with: .cancelled) }
        releaseNow([interface])
    }

    /// Gives every interface and its driver back.
    func releaseAll() {
        guard !isGone else { return }
        // A driver of several interfaces binds through the lowest of them and needs the others free (cdc_acm).
        releaseNow(claims.keys.sorted(by: >))
    }

    private func releaseNow(_ interfaces: [UInt8]) {
        let drivers = claims
        for interface in interfaces {
            claims[interface] = nil
            libusb_release_interface(handle, Int32(interface))
            roll.released(interface, of: device.plug)
        }
        for interface in interfaces { giveBack(drivers[interface] ?? nil, interface: interface) }
    }

    /// Binds the kernel's driver again where libusb did not.
    private func giveBack(_ driver: String?, interface: UInt8) {
        guard let driver, driver != "usbfs", roll.driver(of: device, interface: interface) == nil else { return }
        libusb_attach_kernel_driver(handle, Int32(interface))
    }
}
