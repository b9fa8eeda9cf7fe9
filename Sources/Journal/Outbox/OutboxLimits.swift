/// The bounds of the outbox.
package enum OutboxLimits {
    /// Bytes of an operation id.
    package static let operationBytesMax = 64
    /// Bytes of a system's name and of a kind.
    package static let nameBytesMax = 64
    package static let subjectBytesMax = 128
    package static let payloadBytesMax = 65_536
    /// Bytes of a reason; the rest is cut off.
    package static let reasonBytesMax = 512
    /// Entries in one answer of ``Outbox/entries(system:states:after:limit:)``.
    package static let readEntriesMax = 1_000
}
