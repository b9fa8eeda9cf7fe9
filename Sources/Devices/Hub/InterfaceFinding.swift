import USB

/// What a report descriptor makes of an interface.
enum InterfaceFinding: Sendable {
    case scanner(HIDReportDescriptor)
    case display(HIDReportDescriptor)
    case keyboard(HIDReportDescriptor)
    /// Anything else, by what its outermost collections are for.
    case other(String)

    /// - Parameter isScanner: whether the device is known as a scanner. Of any other device an interface with a keyboard's
    /// keys is a keyboard, whatever else it is.
    init(_ descriptor: HIDReportDescriptor, isScanner: Bool = false) {
        let isKeyboard = (try? WedgeDecoder(descriptor: descriptor, settings: WedgeSettings())) != nil
        if isKeyboard, !isScanner {
            self = .keyboard(descriptor)
        } else if (try? HIDPOSDecoder(descriptor: descriptor)) != nil {
            self = .scanner(descriptor)
        } else if (try? HIDDisplayEncoder(descriptor: descriptor)) != nil {
            self = .display(descriptor)
        } else if isKeyboard {
            self = .keyboard(descriptor)
        } else {
            let tops = descriptor.collections.filter { $0.parent == nil }.compactMap(\.usage)
            self = .other(tops.isEmpty ? "HID" : "HID " + tops.prefix(4).map(\.description).joined(separator: ", "))
        }
    }

    /// For people.
    var usage: String {
        switch self {
        case .scanner: "bar code scanner"
        case .display: "display"
        case .keyboard: "keyboard"
        case .other(let usage): usage
        }
    }

    var isOther: Bool {
        if case .other = self { true } else { false }
    }
}

extension USBInterface {
    /// HID (USB class 3).
    var isHID: Bool { interfaceClass == 3 }
    /// A keyboard by its class codes alone (HID 1.11, section 4.3).
    var isBootKeyboard: Bool { isHID && interfaceSubclass == 1 && interfaceProtocol == 1 }
    var isBootMouse: Bool { isHID && interfaceSubclass == 1 && interfaceProtocol == 2 }

    /// What it is for as far as its class codes tell, for people.
    var classUsage: String {
        switch interfaceClass {
        case _ where isBootKeyboard: "keyboard"
        case _ where isBootMouse: "mouse"
        case 0x03: "HID"
        case 0x02, 0x0A: "CDC serial"
        case 0x07: "printer"
        case 0x08: "storage"
        case 0xFF: "vendor's own"
        default: "class " + String(interfaceClass, radix: 16)
        }
    }

    /// The interrupt endpoint in one direction.
    func interruptEndpoint(isIn: Bool) -> UInt8? {
        endpoints.first { $0.kind == .interrupt && $0.isIn == isIn }?.address
    }
}
