/// The bounds of reading a scanner's line.
package struct SerialLimits: Sendable, Equatable {
    /// The bytes of one label. A QR code holds at most 2,953 (ISO/IEC 18004, version 40-L).
    package var scanBytesMax = 4_096
    /// The bytes of an answer to a command.
    package var answerBytesMax = 4_096
    /// How long an answer may take from one byte to the next before it is no longer awaited.
    package var answerWait = Duration.seconds(2)
    /// How long the rest of a packet may take.
    package var packetWait = Duration.milliseconds(500)
    /// How long the next packet of a label may take.
    package var fragmentWait = Duration.seconds(2)
    /// How long after a packet was missed the rest of its label may still come, which is no label then.
    package var spoiledWait = Duration.seconds(8)
    /// How often a command is sent again that the scanner did not acknowledge. Zebra asks for two (SSI, "Retries").
    package var resendsMax = 2
    /// How long an acknowledgement may take.
    package var acknowledgementWait = Duration.seconds(2)

    package init() {}

    package static let standard = SerialLimits()
}
