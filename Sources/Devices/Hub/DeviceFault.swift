import USB

/// Why a device cannot be used.
struct DeviceFault: Error, Sendable {
    /// What happened, why, what to do.
    let explanation: String
    /// `false` when opening it was refused, `nil` when it was not.
    var canOpen: Bool?
    /// Whether nothing says that the device is a scanner or a display.
    var isUnknown = false

    init(_ explanation: String, canOpen: Bool? = nil) {
        self.explanation = explanation
        self.canOpen = canOpen
    }

    init(_ error: USBError, isOpening: Bool) {
        explanation = error.message
        canOpen = isOpening ? false : nil
    }
}
