import USB

/// A claimed interface that shows text.
struct DisplayLine: Sendable {
    let interface: USBInterface
    var writer: DisplayWriter
    var timer: USBTimer?
    /// Whether a person was told that it takes no text.
    var isComplained = false
}
