/// The bounds of what a change feed over HTTP may give.
package enum HTTPLimits {
    /// Rows that are asked for in one answer.
    package static let rowsAsked = 5_000
    /// Bytes of an answer as it comes, packed or not.
    package static let answerBytesMax = 32 * 1_024 * 1_024
    /// Bytes of an answer once it is unpacked.
    package static let unpackedBytesMax = 128 * 1_024 * 1_024
    /// Lines of an answer, empty ones among them.
    package static let linesMax = 100_000
    /// Bytes of a cursor.
    package static let cursorBytesMax = 2_048
    /// Bytes of an entity tag.
    package static let tagBytesMax = 256
    /// Bytes of the file that holds a token.
    package static let tokenBytesMax = 8_192
    /// Seconds for a connection, for silence, and for a whole answer.
    package static let connectSeconds: Int64 = 5
    package static let silenceSeconds: Int64 = 30
    package static let answerSeconds: Int64 = 300
    /// Seconds after which an idle connection is not used again: the other side may be about to close it.
    package static let idleSeconds: Int64 = 4
}
