/// The id of one change a till asks for, with which the call is safe to make again: the edge carries it out once and answers
/// each further call with the same answer, after a crash of either side too.
///
/// A till that must know after its own crash what became of a call makes the id first, keeps it, and then makes the call.
public struct OperationID: Sendable, Hashable, Codable {
    /// 1 to 64 bytes, the same for no other change in the lane.
    public let bytes: [UInt8]

    /// A new one: 16 random bytes.
    public init() {
        var generator = SystemRandomNumberGenerator()
        bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// One that was kept.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}
