import CountertopClient

extension Terminal {
    /// Writes a message of the protocol as a line of JSON, as protobuf maps it.
    static func json<Message: WireMessage>(_ message: Message) throws {
        write(try Message.schema.json(packed: message.packed()) + "\n")
    }
}
