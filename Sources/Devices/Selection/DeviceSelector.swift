package import USB

/// Names devices by where they are plugged in, what they are, which one they are, or by several of these together.
package indirect enum DeviceSelector: Sendable, Hashable, CustomStringConvertible {
    /// Bus and port chain: `1-4.2`.
    case path(String)
    /// Vendor and product: `05f9:2203`.
    case model(vendorID: UInt16, productID: UInt16)
    /// The device's serial string: `serial:HP001`.
    case serial(String)
    /// All of them hold: `1-4.2 05f9:2203 serial:HP001`.
    case all([DeviceSelector])

    private static let serialPrefix = "serial:"

    /// - Returns: `nil` when the text is none of the three forms, and not at most one of each with spaces between, the serial
    ///   string last: it may hold spaces itself.
    package init?(_ text: String) {
        let start =
            text.hasPrefix(Self.serialPrefix)
            ? text.startIndex : text.firstRange(of: " \(Self.serialPrefix)")?.lowerBound
        let words = text[..<(start ?? text.endIndex)].split(separator: " ")
        var parts: [DeviceSelector] = []
        for word in words {
            guard let part = Self.model(word) ?? Self.path(word) else { return nil }
            parts.append(part)
        }
        if let start {
            let serial = String(text[start...].drop { $0 == " " }.dropFirst(Self.serialPrefix.count))
            guard !serial.isEmpty else { return nil }
            parts.append(.serial(serial))
        }
        guard let first = parts.first, Set(parts.map(\.kind)).count == parts.count else { return nil }
        self = parts.count == 1 ? first : .all(parts.sorted { $0.kind < $1.kind })
    }

    private static func model(_ word: Substring) -> DeviceSelector? {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 4 }), let vendorID = UInt16(parts[0], radix: 16),
            let productID = UInt16(parts[1], radix: 16)
        else { return nil }
        return .model(vendorID: vendorID, productID: productID)
    }

    private static func path(_ word: Substring) -> DeviceSelector? {
        guard word.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) }), word.contains("-")
        else { return nil }
        return .path(String(word))
    }

    /// As a person writes it into the configuration.
    package var description: String {
        switch self {
        case .path(let path): path
        case .model(let vendorID, let productID): "\(Self.digits(vendorID)):\(Self.digits(productID))"
        case .serial(let serial): "\(Self.serialPrefix)\(serial)"
        case .all(let parts): parts.map(\.description).joined(separator: " ")
        }
    }

    package func matches(_ device: USBDevice) -> Bool {
        switch self {
        case .path(let path): path == device.path.description
        case .model(let vendorID, let productID): vendorID == device.vendorID && productID == device.productID
        case .serial(let serial): serial == device.serial
        case .all(let parts): parts.allSatisfy { $0.matches(device) }
        }
    }

    /// How much it says: of two that match a device, the one that says more names it.
    package var precision: Int {
        if case .all(let parts) = self { parts.count } else { 1 }
    }

    /// The order in which several are written.
    private var kind: Int {
        switch self {
        case .path: 0
        case .model: 1
        case .serial: 2
        case .all: 3
        }
    }

    /// Four lower-case digits, as `lsusb` writes ids.
    private static func digits(_ number: UInt16) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
