/// The ways in which scanners talk over USB. A scanner has one product number for each.
package enum InterfaceMode: String, Sendable, CaseIterable {
    case hidPOS = "HID POS"
    case hidKeyboard = "HID keyboard"
    case serial = "CDC serial"
    /// A serial line in a vendor's own framing.
    case vendorSerial = "vendor serial"
    case simpleCOM = "simple COM-port emulation"
    case ibm = "USB-OEM (IBM)"
    case ibmHandHeld = "IBM hand-held (OPOS)"
    case ibmTableTop = "IBM table-top"
    case surePOS = "IBM SurePOS"
    case snapi = "SNAPI"
    case batch = "batch"
    case configuration = "configuration"
    case hid = "HID"

    /// Whether the hub reads labels in this mode.
    package var isRead: Bool {
        switch self {
        case .hidPOS, .hidKeyboard, .hid, .serial, .vendorSerial, .simpleCOM, .snapi: true
        case .ibm, .ibmHandHeld, .ibmTableTop, .surePOS, .batch, .configuration: false
        }
    }
}
