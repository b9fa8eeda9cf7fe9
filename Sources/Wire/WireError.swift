/// Bytes that break the rules of the wire.
public struct WireError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Which rule.
    public enum Code: String, Sendable, CaseIterable {
        /// A frame is longer than may be.
        case frameTooLong
        /// The bytes end within a field.
        case truncated
        /// A varint of more than 10 bytes or 64 bits, or a tag of more than 5 bytes or 32 bits.
        case varintTooLong
        /// Field number 0 or above 536,870,911.
        case fieldNumberInvalid
        /// A wire type that the field's type does not have, a group, or a wire type that does not exist.
        case wireTypeInvalid
        /// Text that is no UTF-8, or holds a NUL.
        case textInvalid
        /// Messages within messages, deeper than may be.
        case tooDeep
        /// More fields than may be.
        case tooManyFields
        /// More messages within a message than may be.
        case tooManyMessages
        /// More values of a repeated field than may be.
        case tooManyValues
        /// The same single message twice, which protobuf-c does not merge as it should.
        case messageTwice
        /// Unpacking would take more memory than may be.
        case outOfBudget
        /// A text that is no JSON, or describes no message of the kind it should.
        case jsonInvalid
    }

    public let code: Code
    /// What happened, why, and what to do. It holds none of the bytes.
    public let message: String
    /// What was underneath, when something was.
    public let cause: String?

    public init(_ code: Code, _ message: String, cause: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public var description: String {
        cause.map { "\(message) (\($0))" } ?? message
    }
}
