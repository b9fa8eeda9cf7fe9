import CProtobufC

/// A message of the `.proto` files.
///
/// Its ``fields(_:)`` is the one list by which it is packed, unpacked and tested against the `.proto`: a field added
/// there is added here, and nowhere else.
public protocol WireMessage: WireValue {
    /// An empty message: each field at its default.
    init()
    /// The description generated from the `.proto`.
    static var schema: WireSchema { get }
    /// Names each field once, in the order of their numbers.
    mutating func fields(_ fields: inout WireFields)
}

extension WireMessage {
    /// The message's full name: "countertop.v1.Customer".
    public static var wireName: String { schema.name }

    public static var kinds: WireKinds { WireKinds(PROTOBUF_C_TYPE_MESSAGE) }
    public static var strideInC: Int { MemoryLayout<UnsafeRawPointer>.stride }

    public static func load(_ memory: UnsafeRawPointer) -> Self {
        var message = Self()
        if let pointer = memory.load(as: UnsafeMutableRawPointer?.self) {
            var fields = WireFields(unpacking: pointer, schema.descriptor)
            message.fields(&fields)
        }
        return message
    }

    public func store(_ memory: UnsafeMutableRawPointer, _ arena: WireArena) {
        let descriptor = Self.schema.descriptor
        let pointer = arena.take(descriptor.pointee.sizeof_message)
        descriptor.pointee.message_init(pointer.assumingMemoryBound(to: ProtobufCMessage.self))
        var copy = self
        var fields = WireFields(packing: pointer, descriptor, arena)
        copy.fields(&fields)
        memory.storeBytes(of: pointer, as: UnsafeMutableRawPointer?.self)
    }
}
