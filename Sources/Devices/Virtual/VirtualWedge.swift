package import USB

/// A scanner that poses as a keyboard, without hardware: a boot keyboard that types on the US layout.
package final class VirtualWedge: Sendable {
    package let plug: VirtualPlug

    private init(plug: VirtualPlug) {
        self.plug = plug
    }

    /// Plugs one in, by default with a number that the device table knows as a scanner that types.
    package static func plug(
        on bus: VirtualBus, path: USBPath, vendorID: UInt16 = 0x05e0, productID: UInt16 = 0x1200
    ) -> VirtualWedge {
        let device = VirtualHID.device(
            at: path, vendorID: vendorID, productID: productID, product: "Virtual wedge", interface: interface(0))
        return VirtualWedge(
            plug: bus.plug(
                device, kernelDrivers: [0: "usbhid"], behaviour: VirtualHID(reportDescriptor: reportDescriptor)))
    }

    /// A boot keyboard's interface with endpoint 1.
    package static func interface(_ number: UInt8, endpoint: UInt8 = 0x81) -> USBInterface {
        USBInterface(
            number: number, interfaceClass: 3, interfaceSubclass: 1, interfaceProtocol: 1,
            reportDescriptorBytes: reportDescriptor.count,
            endpoints: [USBEndpoint(address: endpoint, kind: .interrupt, packetBytesMax: 8)])
    }

    /// Types a label and Enter.
    /// - Returns: false when it is unplugged, or too much waits to be taken already.
    @discardableResult
    package func type(_ text: String, terminated: Bool = true) -> Bool {
        Self.reports(text + (terminated ? "\n" : "")).allSatisfy { plug.complete(endpoint: 0x81, .completed($0)) }
    }

    /// A report with the key down and one with no key down for each character; what the US layout lacks is left out.
    package static func reports(_ text: String) -> [[UInt8]] {
        text.unicodeScalars.compactMap { keys[$0] }.flatMap { key in
            [[key.shift ? 2 : 0, 0, key.usage, 0, 0, 0, 0, 0], [UInt8](repeating: 0, count: 8)]
        }
    }

    package func unplug() { plug.unplug() }

    /// The keys of the US layout, found by asking for the character of each.
    private static let keys: [Unicode.Scalar: (usage: UInt8, shift: Bool)] = {
        var keys: [Unicode.Scalar: (usage: UInt8, shift: Bool)] = ["\n": (0x28, false)]
        guard let keymap = try? WedgeKeymap.named("us", variant: "") else { return keys }
        for shift in [false, true] {
            for usage in UInt8(0x04)...0x38 {
                let state = WedgeKeymap.State(modifiers: shift ? .leftShift : [])
                guard let scalar = keymap.character(of: usage, in: state).scalar, scalar.value >= 0x20 else { continue }
                if keys[scalar] == nil { keys[scalar] = (usage, shift) }
            }
        }
        return keys
    }()

    /// A boot keyboard's report descriptor (HID 1.11, appendix B.1).
    package static let reportDescriptor: [UInt8] = [
        0x05, 0x01, 0x09, 0x06, 0xA1, 0x01,  // Usage Page (Generic Desktop), Usage (Keyboard), Collection
        0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7,  //   Usage Page (Keyboard), Usages (Left Control to Right GUI)
        0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02,  // 8 bits, Input (Data, Variable)
        0x95, 0x01, 0x75, 0x08, 0x81, 0x01,  //   1 byte, Input (Constant)
        0x95, 0x05, 0x75, 0x01, 0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x91, 0x02,  // 5 lights, Output (Data, Variable)
        0x95, 0x01, 0x75, 0x03, 0x91, 0x01,  //   3 bits, Output (Constant)
        0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x25, 0x65,  // 6 bytes, 0 to 101
        0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00,  // Usages (0 to 101), Input (Data, Array)
        0xC0,
    ]
}
