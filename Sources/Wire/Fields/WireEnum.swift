import CProtobufC

/// An enumeration of the `.proto`. It keeps numbers it has no name for, so that a newer peer's value survives.
public protocol WireEnum: WireValue, RawRepresentable, Hashable, CustomStringConvertible where RawValue == Int32 {
    init(rawValue: Int32)
    /// The `.proto`'s names, without the prefix all of them share.
    static var names: [Self: String] { get }
}

extension WireEnum {
    /// The `.proto`'s name without the enumeration's prefix ("CUSTOMER_CARD"), or the number when it has none.
    public var name: String { Self.names[self] ?? String(rawValue) }
    public var description: String { name }

    public static var kinds: WireKinds { WireKinds(PROTOBUF_C_TYPE_ENUM) }
    public static var strideInC: Int { MemoryLayout<Int32>.stride }

    public static func load(_ memory: UnsafeRawPointer) -> Self {
        Self(rawValue: memory.load(as: Int32.self))
    }

    public func store(_ memory: UnsafeMutableRawPointer, _ arena: WireArena) {
        memory.storeBytes(of: rawValue, as: Int32.self)
    }
}
