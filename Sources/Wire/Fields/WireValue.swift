import CProtobufC

/// A value a field can hold, and the form it has in protobuf-c's structs.
public protocol WireValue: Sendable, Equatable {
    /// What the `.proto` may call the value's type.
    static var kinds: WireKinds { get }
    /// Bytes that the C form takes in a struct or in an array.
    static var strideInC: Int { get }
    /// Reads the C form.
    static func load(_ memory: UnsafeRawPointer) -> Self
    /// Writes the C form; what it points to goes into the arena.
    func store(_ memory: UnsafeMutableRawPointer, _ arena: WireArena)
}

/// A set of protobuf-c's field types.
public struct WireKinds: OptionSet, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    @inline(__always)
    init(_ first: ProtobufCType, _ second: ProtobufCType? = nil, _ third: ProtobufCType? = nil) {
        rawValue = 1 << first.rawValue | 1 << (second ?? first).rawValue | 1 << (third ?? first).rawValue
    }

    @inline(__always)
    func contains(_ type: ProtobufCType) -> Bool {
        rawValue & 1 << type.rawValue != 0
    }
}
