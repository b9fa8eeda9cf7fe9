import CLibUSB

extension LibUSBPort {
    func claim(interface: UInt8) throws {
        thread.checkIsolated()
        let action = "give its interface \(interface)"
        try checkUsable(action)
        guard !claims.contains(interface) else { return }
        // The kernel still works for the device, and claiming would wait for it. Whoever claims tries again.
        guard !orders.isBusy else { throw USBError(.busy, device: device, action: action) }
        guard device.configuration.hasInterface(interface) else {
            throw USBError(.notFound, device: device, action: action)
        }
        if let driver = roll.driver(of: device, interface: interface), driver != "usbfs" {
            drivenInterfaces.insert(interface)
        }
        // The kernel driver is detached by libusb, which was told so at opening.
        let status = libusb_claim_interface(handle.pointer, Int32(interface))
        guard status == 0 else {
            let drivers = driversToGiveBack
            orders.take { [self] in
                orders.carryOut { [handle, path = device.path] in
                    handle.attach(drivers, at: path)
                } then: { _ in
                }
            }
            throw LibUSBError.make(status, device: device, action: action)
        }
        claims.insert(interface)
        roll.claimed(interface, of: device.plug)
    }

    func release(interface: UInt8) {
        thread.checkIsolated()
        orders.take { [self] in
            guard isUsable, claims.contains(interface) else { return }
            // The kernel would end these transfers as completed without data, and reading on would claim the interface
            // anew.
            for (endpoint, reading) in readings
            where device.configuration.endpoint(at: endpoint)?.interface == interface {
                reading.end(with: .cancelled)
            }
            for operation in Array(operations.values) where operation.interface == interface {
                operation.end(with: .cancelled)
            }
            release([interface])
        }
    }

    /// Gives interfaces and their drivers back. A step of ``orders``.
    func release(_ interfaces: [UInt8]) {
        let interfaces = interfaces.filter(claims.contains)
        guard !isGone, !interfaces.isEmpty else { return }
        claims.subtract(interfaces)
        let drivers = driversToGiveBack
        orders.carryOut { [handle, path = device.path] in
            handle.release(interfaces, drivers: drivers, at: path)
        } then: { [self] in
            for interface in interfaces { roll.released(interface, of: device.plug) }
        }
    }

    /// The interfaces that a driver was taken from and that nobody holds now.
    var driversToGiveBack: [UInt8] { drivenInterfaces.subtracting(claims).sorted() }
}
