import CProtobufC

/// Numbers have the same form in Swift and in C.
protocol WireNumber: WireValue, BitwiseCopyable {}

extension WireNumber {
    public static var strideInC: Int { MemoryLayout<Self>.stride }

    public static func load(_ memory: UnsafeRawPointer) -> Self {
        memory.load(as: Self.self)
    }

    public func store(_ memory: UnsafeMutableRawPointer, _ arena: WireArena) {
        memory.storeBytes(of: self, as: Self.self)
    }
}

extension UInt32: WireNumber {
    public static var kinds: WireKinds { WireKinds(PROTOBUF_C_TYPE_UINT32, PROTOBUF_C_TYPE_FIXED32) }
}

extension UInt64: WireNumber {
    public static var kinds: WireKinds { WireKinds(PROTOBUF_C_TYPE_UINT64, PROTOBUF_C_TYPE_FIXED64) }
}

extension Int32: WireNumber {
    public static var kinds: WireKinds {
        WireKinds(PROTOBUF_C_TYPE_INT32, PROTOBUF_C_TYPE_SINT32, PROTOBUF_C_TYPE_SFIXED32)
    }
}

extension Int64: WireNumber {
    public static var kinds: WireKinds {
        WireKinds(PROTOBUF_C_TYPE_INT64, PROTOBUF_C_TYPE_SINT64, PROTOBUF_C_TYPE_SFIXED64)
    }
}

extension Float: WireNumber {
    public static var kinds: WireKinds { WireKinds(PROTOBUF_C_TYPE_FLOAT) }
}

extension Double: WireNumber {
    public static var kinds: WireKinds { WireKinds(PROTOBUF_C_TYPE_DOUBLE) }
}

/// protobuf-c keeps a bool in an int.
extension Bool: WireValue {
    public static var kinds: WireKinds { WireKinds(PROTOBUF_C_TYPE_BOOL) }
    public static var strideInC: Int { MemoryLayout<protobuf_c_boolean>.stride }

    public static func load(_ memory: UnsafeRawPointer) -> Bool {
        memory.load(as: protobuf_c_boolean.self) != 0
    }

    public func store(_ memory: UnsafeMutableRawPointer, _ arena: WireArena) {
        memory.storeBytes(of: self ? 1 : 0, as: protobuf_c_boolean.self)
    }
}
