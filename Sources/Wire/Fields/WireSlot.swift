import CProtobufC

/// A field's place in one of protobuf-c's structs.
struct WireSlot {
    private let field: UnsafePointer<ProtobufCFieldDescriptor>
    private let message: UnsafeMutableRawPointer

    @inline(__always)
    init(_ field: UnsafePointer<ProtobufCFieldDescriptor>, _ message: UnsafeMutableRawPointer) {
        self.field = field
        self.message = message
    }

    /// Where the value is; for a repeated field, where the address of the first value is.
    @inline(__always)
    var value: UnsafeMutableRawPointer { message + Int(field.pointee.offset) }

    /// How many values a repeated field has.
    @inline(__always)
    var count: Int {
        get { quantifier.load(as: Int.self) }
        nonmutating set { quantifier.storeBytes(of: newValue, as: Int.self) }
    }

    /// Whether a value that may be absent is there: a oneof tells it by its case, a message by its address.
    @inline(__always)
    var isPresent: Bool {
        if isInOneof { return quantifier.load(as: UInt32.self) == field.pointee.id }
        return value.load(as: UnsafeRawPointer?.self) != nil
    }

    /// Tells a oneof which of its members it holds.
    @inline(__always)
    func markPresent() {
        if isInOneof { quantifier.storeBytes(of: field.pointee.id, as: UInt32.self) }
    }

    @inline(__always)
    private var isInOneof: Bool { field.pointee.flags & PROTOBUF_C_FIELD_FLAG_ONEOF.rawValue != 0 }

    @inline(__always)
    private var quantifier: UnsafeMutableRawPointer { message + Int(field.pointee.quantifier_offset) }
}
