package import USB

/// What the hub uses a device for.
package enum DeviceRole: String, Sendable, CaseIterable {
    case scanner
    case display
    /// Neither, or not known.
    case other
}

/// How far the hub has come with a device.
package enum DeviceState: String, Sendable, CaseIterable {
    case opening
    case ready
    /// Left to its kernel driver.
    case notClaimed
    case failed
}

/// A device that is plugged in, and what has become of it.
package struct DeviceInfo: Sendable, Equatable {
    package let device: USBDevice
    package var role: DeviceRole
    package var state: DeviceState
    /// What vendor and product number reveal of the interface mode: "HID POS", "HID keyboard"; empty when nothing.
    package var mode: String
    /// Why it is in this state and what to do, in sentences; empty when all is well.
    package var explanation: String
    package var interfaces: [DeviceInterface]
    /// Whether this process can open its node; `nil` when it was not tried.
    package var canOpen: Bool?
    /// Why it did not open, where a missing right was not the reason; `nil` otherwise.
    package var openFailure: String?
    /// How long after its arrival it was ready for the first time: the edge's own time, from the bus's word on.
    package var readyAfter: Duration?
    /// The size of a display that is ready.
    package var displaySize: DisplaySize?
    /// What a scanner answered that was asked for its firmware; empty when none did.
    package var revision = ""
    /// The code pages of a display that is ready; empty for ASCII alone.
    package var displayPages: [CodePage] = []
    /// What a display that is ready does itself beside showing text.
    package var displayAbilities: Set<DisplayAbility> = []
    /// What it can do if it is a scanner.
    package var capabilities = ScannerCapabilities()

    /// Whether it does the work of a role. A scanner whose display is ready as well serves as both: the camera in a display.
    package func serves(_ wanted: DeviceRole) -> Bool {
        role == wanted || wanted == .display && role == .scanner && displaySize != nil
    }

    package init(
        device: USBDevice, role: DeviceRole = .other, state: DeviceState = .opening, mode: String = "",
        explanation: String = "", interfaces: [DeviceInterface] = [], canOpen: Bool? = nil
    ) {
        self.device = device
        self.role = role
        self.state = state
        self.mode = mode
        self.explanation = explanation
        self.interfaces = interfaces
        self.canOpen = canOpen
    }
}

/// An interface of a device, for people.
package struct DeviceInterface: Sendable, Equatable {
    package let number: UInt8
    /// The kernel driver it was bound to when the device arrived; `nil` for none.
    package var driver: String?
    /// What it is for, as far as that is known: "bar code scanner", "keyboard", "class 0a".
    package var usage: String
    /// Its report descriptor as it was read (HID 1.11, section 6.2.2); `nil` when it was not.
    package var reportDescriptor: [UInt8]?

    package init(number: UInt8, driver: String?, usage: String) {
        self.number = number
        self.driver = driver
        self.usage = usage
    }
}
