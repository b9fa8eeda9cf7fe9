import CProtobufC

/// What a message names its fields to: a packer, an unpacker, or a note-taker.
///
/// Each field finds its place in protobuf-c's struct through the generated descriptor, and only when number and type
/// are those of the `.proto`: a list that does not fit is told by the tests and cannot write where it must not.
public struct WireFields {
    enum Work { case packing, unpacking, declaring }

    let work: Work
    private let message: UnsafeMutableRawPointer?
    let arena: WireArena?
    private var next: UnsafePointer<ProtobufCFieldDescriptor>?
    private var left: UInt32
    /// What was named, when the work is to take note.
    private(set) var declarations: [WireDeclaration] = []

    init(
        packing message: UnsafeMutableRawPointer, _ descriptor: UnsafePointer<ProtobufCMessageDescriptor>,
        _ arena: WireArena
    ) {
        self.init(.packing, message, descriptor, arena)
    }

    init(unpacking message: UnsafeMutableRawPointer, _ descriptor: UnsafePointer<ProtobufCMessageDescriptor>) {
        self.init(.unpacking, message, descriptor, nil)
    }

    private init(
        _ work: Work, _ message: UnsafeMutableRawPointer?, _ descriptor: UnsafePointer<ProtobufCMessageDescriptor>?,
        _ arena: WireArena?
    ) {
        self.work = work
        self.message = message
        self.arena = arena
        next = descriptor?.pointee.fields
        left = descriptor?.pointee.n_fields ?? 0
    }

    /// What `message` names, noted down.
    static func declared(by message: some WireMessage) -> [WireDeclaration] {
        var fields = WireFields(.declaring, nil, nil, nil)
        var copy = message
        copy.fields(&fields)
        return fields.declarations
    }

    mutating func declare<Value: WireValue>(
        _ number: UInt32, _ name: StaticString, _ shape: WireDeclaration.Shape, _ type: Value.Type
    ) {
        declarations.append(
            WireDeclaration(number: number, name: "\(name)", kinds: Value.kinds, shape: shape, type: type))
    }

    /// The place of the field with this number, if it is of one of these kinds. Lists name their fields in order, so the
    /// next descriptor is nearly always the one.
    @inline(__always)
    mutating func slot(_ number: UInt32, _ kinds: WireKinds, repeated: Bool = false) -> WireSlot? {
        while left > 0, let field = next, field.pointee.id <= number {
            next = field + 1
            left -= 1
            guard field.pointee.id == number else { continue }
            let isRepeated = field.pointee.label == PROTOBUF_C_LABEL_REPEATED
            guard kinds.contains(field.pointee.type), isRepeated == repeated, let message else { break }
            return WireSlot(field, message)
        }
        assertionFailure("Field \(number) is not in the .proto, not of this type, or not in order")
        return nil
    }
}
