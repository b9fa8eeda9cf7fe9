import CProtobufC

@testable import Wire

/// Makes the bytes of messages by their generated descriptions: each field once, in order, none at its default, as an
/// encoder of proto3 does.
struct MessageGenerator {
    /// What values are made of.
    enum Values {
        case random(RandomSource)
        /// Each text is its field's name, each number its field's number.
        case labels
    }

    var values: Values

    mutating func bytes(_ descriptor: UnsafePointer<ProtobufCMessageDescriptor>) -> [UInt8] {
        var writer = ProtobufWriter()
        let fields = UnsafeBufferPointer(start: descriptor.pointee.fields, count: Int(descriptor.pointee.n_fields))
        var membersOfOneofs: [UInt32: [UInt32]] = [:]
        for field in fields where field.isInOneof {
            membersOfOneofs[field.quantifier_offset, default: []].append(field.id)
        }
        let chosen = membersOfOneofs.mapValues { members in pick(members.count).map { members[$0] } ?? 0 }
        for field in fields {
            let isRepeated = field.label == PROTOBUF_C_LABEL_REPEATED
            if field.isPacked {
                packed(field, to: &writer)
            } else if field.isInOneof {
                if chosen[field.quantifier_offset] == field.id { append(field, to: &writer, mayBeEmpty: true) }
            } else {
                for _ in 0..<count(isRepeated) { append(field, to: &writer, mayBeEmpty: isRepeated) }
            }
        }
        return writer.bytes
    }

    /// Numbers that are repeated share one field, which is left out when there are none.
    private mutating func packed(_ field: ProtobufCFieldDescriptor, to writer: inout ProtobufWriter) {
        var numbers = ProtobufWriter()
        for _ in 0..<count(true) { numbers.varint(number(field)) }
        if !numbers.bytes.isEmpty { writer.field(UInt64(field.id), numbers.bytes) }
    }

    private mutating func append(_ field: ProtobufCFieldDescriptor, to writer: inout ProtobufWriter, mayBeEmpty: Bool) {
        let number = UInt64(field.id)
        switch field.type {
        case PROTOBUF_C_TYPE_STRING, PROTOBUF_C_TYPE_BYTES:
            writer.field(number, text(field, mayBeEmpty: mayBeEmpty))
        case PROTOBUF_C_TYPE_MESSAGE:
            guard let inner = field.descriptor else { return }
            writer.field(number, bytes(inner.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)))
        default:
            let value = self.number(field)
            if value != 0 || mayBeEmpty { writer.field(number, value) }
        }
    }

    /// How often a field that is in no oneof comes.
    private mutating func count(_ isRepeated: Bool) -> Int {
        guard case .random(var source) = values else { return 1 }
        defer { values = .random(source) }
        return isRepeated ? Int.random(in: 0...4, using: &source) : Int.random(in: 0...3, using: &source) == 0 ? 0 : 1
    }

    /// Which member of a oneof is set; `nil` for none.
    private mutating func pick(_ count: Int) -> Int? {
        guard case .random(var source) = values else { return 0 }
        defer { values = .random(source) }
        let choice = Int.random(in: 0...count, using: &source)
        return choice == count ? nil : choice
    }

    private mutating func text(_ field: ProtobufCFieldDescriptor, mayBeEmpty: Bool) -> [UInt8] {
        guard case .random(var source) = values else { return Array(String(cString: field.name).utf8) }
        defer { values = .random(source) }
        let length = Int.random(in: (mayBeEmpty ? 0 : 1)...24, using: &source)
        if field.type == PROTOBUF_C_TYPE_BYTES { return (0..<length).map { _ in .random(in: 0...255, using: &source) } }
        let letters = Array("aZ09 -+@ øåßїあ🧾\u{7F}\u{800}\u{FFFF}\u{10FFFF}")
        return Array(String((0..<length).compactMap { _ in letters.randomElement(using: &source) }).utf8)
    }

    private mutating func number(_ field: ProtobufCFieldDescriptor) -> UInt64 {
        let isSigned = field.type == PROTOBUF_C_TYPE_SINT64
        guard case .random(var source) = values else {
            if field.type == PROTOBUF_C_TYPE_BOOL { return 1 }
            return isSigned ? ProtobufWriter.zigzag(Int64(field.id)) : UInt64(field.id)
        }
        defer { values = .random(source) }
        let bits = UInt64.random(in: 0...64, using: &source)
        let value = bits == 0 ? 0 : source.next() >> (64 - bits)
        return switch field.type {
        case PROTOBUF_C_TYPE_BOOL: value & 1
        case PROTOBUF_C_TYPE_UINT32: value & 0xFFFF_FFFF
        // Negative numbers are as long as if they had 64 bits (protobuf's encoding guide).
        case PROTOBUF_C_TYPE_ENUM: UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: value)))
        default: value
        }
    }
}

extension ProtobufCFieldDescriptor {
    var isInOneof: Bool { flags & PROTOBUF_C_FIELD_FLAG_ONEOF.rawValue != 0 }
    var isPacked: Bool { flags & PROTOBUF_C_FIELD_FLAG_PACKED.rawValue != 0 }
}
