import CProtobufC

/// The description of a message that protoc-c generated from its `.proto`: what packing, unpacking and the checks go by.
public struct WireSchema: @unchecked Sendable {
    // The pointer is to constant data of the generated C, which nothing ever writes.
    let descriptor: UnsafePointer<ProtobufCMessageDescriptor>

    /// Takes the description out of a message that `initialise` (the generated `…__init`) has set up: C's constants have
    /// no address in Swift, and this is the one place where protobuf-c gives it.
    init<CMessage>(_ initialise: (UnsafeMutablePointer<CMessage>?) -> Void) {
        let message = UnsafeMutablePointer<CMessage>.allocate(capacity: 1)
        defer { message.deallocate() }
        initialise(message)
        descriptor = UnsafeRawPointer(message).load(as: ProtobufCMessage.self).descriptor
    }

    init(_ descriptor: UnsafePointer<ProtobufCMessageDescriptor>) {
        self.descriptor = descriptor
    }

    /// The message's full name: "countertop.v1.Customer".
    public var name: String { String(cString: descriptor.pointee.name) }
}
