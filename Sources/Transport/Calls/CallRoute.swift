import Wire

/// How a call is answered: the handler with unpacking and packing around it.
enum CallRoute: Sendable {
    case unary(@Sendable (_ body: [UInt8], CallContext) throws(Status) -> PackedMessage)
    case unaryAsync(@Sendable (_ body: [UInt8], CallContext) async throws(Status) -> PackedMessage)
    /// Answers, and says who the caller is from now on.
    case identify(@Sendable (_ body: [UInt8], CallContext) throws(Status) -> (PackedMessage, Caller))
    case stream(@Sendable (_ body: [UInt8], StreamCall) throws(Status) -> Void)

    /// The request in a call's body.
    static func unpack<Request: WireMessage>(_ body: [UInt8]) throws(Status) -> Request {
        do throws(WireError) {
            return try Request(packed: body)
        } catch {
            throw Status(error)
        }
    }
}
