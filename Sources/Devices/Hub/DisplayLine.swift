import USB

/// A claimed interface that shows text.
struct DisplayLine: Sendable {
    let interface: USBInterface
    /// The line of a display that is no HID display.
    var plan: LinePlan?
    /// How a HID display is asked for its size; `nil` for another.
    let encoder: HIDDisplayEncoder?
    var writer: DisplayWriter
    var timer: USBTimer?
    /// The next step of what runs or blinks.
    var ticker: USBTimer?
    /// Whether a person was told that it takes no text.
    var isComplained = false
}
