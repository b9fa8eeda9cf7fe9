/// The bounds of putting scans together.
package struct HIDPOSLimits: Sendable, Equatable {
    /// The bytes of one label. A QR code holds at most 2,953 (ISO/IEC 18004, version 40-L).
    package var scanBytesMax = 4_096
    /// Reports of one scan, empty ones included.
    package var scanReportsMax = 4_096
    /// How long the next report of a scan may take after the last one.
    package var fragmentWait = Duration.seconds(1)
    /// The answer to a command. What is longer is cut.
    package var answerBytesMax = 4_096

    package init() {}

    package static let standard = HIDPOSLimits()
}
