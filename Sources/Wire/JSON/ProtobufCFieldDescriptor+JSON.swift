import CProtobufC

extension ProtobufCFieldDescriptor {
    /// The field's name in JSON: "afterSequence" of after_sequence.
    var jsonName: String {
        var name = ""
        var isRaised = false
        for character in protoName {
            if character == "_" {
                isRaised = true
            } else {
                name += isRaised ? character.uppercased() : String(character)
                isRaised = false
            }
        }
        return name
    }

    var protoName: String { String(cString: name) }

    /// Which oneof it is in; `nil` for none.
    var oneof: UInt32? { flags & PROTOBUF_C_FIELD_FLAG_ONEOF.rawValue != 0 ? quantifier_offset : nil }

    var isRepeated: Bool { label == PROTOBUF_C_LABEL_REPEATED }

    /// Whether a value at its default is left out: it has no presence.
    var hasNoPresence: Bool { oneof == nil && !isRepeated && type != PROTOBUF_C_TYPE_MESSAGE }

    /// The message a message field holds.
    var message: UnsafePointer<ProtobufCMessageDescriptor>? {
        guard type == PROTOBUF_C_TYPE_MESSAGE else { return nil }
        return descriptor?.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)
    }

    /// The enumeration of an enum field.
    var enumeration: ProtobufCEnumDescriptor? {
        type == PROTOBUF_C_TYPE_ENUM ? descriptor?.load(as: ProtobufCEnumDescriptor.self) : nil
    }
}

extension ProtobufCEnumDescriptor {
    var named: UnsafeBufferPointer<ProtobufCEnumValue> { UnsafeBufferPointer(start: values, count: Int(n_values)) }
}

extension UnsafePointer<ProtobufCMessageDescriptor> {
    /// The message's fields, by their numbers.
    var fields: UnsafeBufferPointer<ProtobufCFieldDescriptor> {
        UnsafeBufferPointer(start: pointee.fields, count: Int(pointee.n_fields))
    }
}
