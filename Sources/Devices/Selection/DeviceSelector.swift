package import USB

/// Names devices by where they are plugged in, what they are, or which one they are.
package enum DeviceSelector: Sendable, Hashable, CustomStringConvertible {
    /// Bus and port chain: `1-4.2`.
    case path(String)
    /// Vendor and product: `05f9:2203`.
    case model(vendorID: UInt16, productID: UInt16)
    /// The device's serial string: `serial:HP001`.
    case serial(String)

    /// - Returns: `nil` when the text is none of the three forms.
    package init?(_ text: String) {
        if text.hasPrefix("serial:") {
            let serial = String(text.dropFirst("serial:".count))
            guard !serial.isEmpty else { return nil }
            self = .serial(serial)
            return
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard parts.allSatisfy({ $0.count == 4 }), let vendorID = UInt16(parts[0], radix: 16),
                let productID = UInt16(parts[1], radix: 16)
            else { return nil }
            self = .model(vendorID: vendorID, productID: productID)
            return
        }
        guard !text.isEmpty, text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) }),
            text.contains("-")
        else { return nil }
        self = .path(text)
    }

    /// As a person writes it into the configuration.
    package var description: String {
        switch self {
        case .path(let path): path
        case .model(let vendorID, let productID): "\(Self.digits(vendorID)):\(Self.digits(productID))"
        case .serial(let serial): "serial:\(serial)"
        }
    }

    package func matches(_ device: USBDevice) -> Bool {
        switch self {
        case .path(let path): path == device.path.description
        case .model(let vendorID, let productID): vendorID == device.vendorID && productID == device.productID
        case .serial(let serial): serial == device.serial
        }
    }

    /// Four lower-case digits, as `lsusb` writes ids.
    private static func digits(_ number: UInt16) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
