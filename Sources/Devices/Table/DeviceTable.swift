package import USB

/// What vendor and product number reveal of a device before it is opened.
///
/// It holds what lists and manuals say and nothing else; what is not in it is not known. Numbers of radio dongles are not
/// in it: they belong to the radio's chip, and change from one batch to the next.
package enum DeviceTable {
    /// How sure a statement is.
    package enum Certainty: String, Sendable {
        /// The very number is listed: usb.ids, the kernel's sources, a maker's manual, a capture.
        case listed
        /// A rule over a vendor's numbers that holds for every one that is listed.
        case rule
    }

    package struct Entry: Sendable, Equatable {
        /// `nil` when the number says what the device is and not how it talks.
        package let mode: InterfaceMode?
        package let role: DeviceRole
        package let certainty: Certainty

        init(_ mode: InterfaceMode?, role: DeviceRole = .scanner, certainty: Certainty = .listed) {
            self.mode = mode
            self.role = role
            self.certainty = certainty
        }
    }

    /// - Returns: `nil` for what is not known.
    package static func entry(vendorID: UInt16, productID: UInt16) -> Entry? {
        if let entry = listed[UInt32(vendorID) << 16 | UInt32(productID)] { return entry }
        return switch vendorID {
        case datalogic: datalogicMode(productID).map { Entry($0, certainty: .rule) }
        case newland: newlandMode(productID).map { Entry($0, certainty: .rule) }
        default: nil
        }
    }

    package static func entry(for device: USBDevice) -> Entry? {
        entry(vendorID: device.vendorID, productID: device.productID)
    }

    /// The mode for people; empty when it is not known.
    package static func mode(of device: USBDevice) -> String {
        entry(for: device)?.mode?.rawValue ?? ""
    }

    /// Whether a keyboard of this number is a scanner that types. Every other keyboard is somebody's keyboard.
    package static func isKnownScanner(_ device: USBDevice) -> Bool {
        entry(for: device)?.role == .scanner
    }

    /// Makers whose scanners may answer like Honeywell's.
    package static func isHoneywell(_ device: USBDevice) -> Bool {
        device.vendorID == honeywell || device.vendorID == youjie
    }

    /// Makers that use "]X" for symbologies of their own: Symbol, Motorola, Zebra.
    package static func isZebra(_ device: USBDevice) -> Bool { device.vendorID == zebra }

    static let zebra: UInt16 = 0x05e0
    static let datalogic: UInt16 = 0x05f9
    static let newland: UInt16 = 0x1eab
    static let honeywell: UInt16 = 0x0c2e
    static let youjie: UInt16 = 0x23d0

    /// PSC and Datalogic: the upper four bits are the mode, the others the model.
    private static func datalogicMode(_ productID: UInt16) -> InterfaceMode? {
        switch productID >> 12 {
        case 1: .ibm
        case 2: .hidKeyboard
        case 4: .serial
        case 5: .configuration
        default: nil
        }
    }

    /// Newland: the lower byte is the mode, the upper the family of models.
    private static func newlandMode(_ productID: UInt16) -> InterfaceMode? {
        switch productID & 0xFF {
        case 0x03: .hidKeyboard
        case 0x06: .serial
        case 0x10: .hidPOS
        default: nil
        }
    }
}
