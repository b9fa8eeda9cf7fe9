import CProtobufC

/// Turns packed messages into JSON, by the descriptions that protoc-c generated and protobuf's mapping of proto3 to JSON:
/// fields at their default that have no presence are left out, numbers of 64 bits are texts, bytes are base64, enumerations are
/// names. The bytes have passed a ``WireCheck``.
enum JSONRendering {
    static func message(
        _ bytes: WireCursor, _ descriptor: UnsafePointer<ProtobufCMessageDescriptor>
    ) throws(WireError) -> JSONValue {
        let fields = descriptor.fields
        let table = WireFieldTable(descriptor)
        var values = [[JSONValue]](repeating: [], count: fields.count)
        var cursor = bytes
        while !cursor.isAtEnd {
            let tag = try cursor.tag()
            guard let field = table.field(tag.number), let base = fields.baseAddress else {
                try cursor.skip(tag.type)
                continue
            }
            let index = field - base
            let rendered = try Self.values(&cursor, tag.type, field.pointee)
            if field.pointee.isRepeated {
                values[index] += rendered
            } else {
                // The last of a oneof's members to come is the one it holds.
                for other in fields.indices where field.pointee.oneof != nil {
                    if fields[other].oneof == field.pointee.oneof { values[other] = [] }
                }
                values[index] = rendered
            }
        }
        return .object(
            zip(fields, values).compactMap { field, values in
                guard let last = values.last else { return nil }
                return JSONMember(name: field.jsonName, value: field.isRepeated ? .array(values) : last)
            })
    }

    /// The values of a field that come next: one, or many packed into one; none when it is the default of a field without
    /// presence.
    private static func values(
        _ cursor: inout WireCursor, _ type: WireType, _ field: ProtobufCFieldDescriptor
    ) throws(WireError) -> [JSONValue] {
        if field.isRepeated, type == .lengthDelimited, WireType(of: field.type) != .lengthDelimited {
            var packed = try cursor.lengthDelimited()
            var values: [JSONValue] = []
            while !packed.isAtEnd { values.append(try value(&packed, field).value) }
            return values
        }
        let (value, isDefault) = try value(&cursor, field)
        return isDefault && field.hasNoPresence ? [] : [value]
    }

    private static func value(
        _ cursor: inout WireCursor, _ field: ProtobufCFieldDescriptor
    ) throws(WireError) -> (value: JSONValue, isDefault: Bool) {
        switch field.type {
        case PROTOBUF_C_TYPE_MESSAGE:
            let inner = try cursor.lengthDelimited()
            guard let descriptor = field.message else { return (.object([]), false) }
            return (try message(inner, descriptor), false)
        case PROTOBUF_C_TYPE_STRING:
            let text = try cursor.lengthDelimited().rest
            return (.string(String(decoding: text, as: UTF8.self)), text.isEmpty)
        case PROTOBUF_C_TYPE_BYTES:
            let bytes = try cursor.lengthDelimited().rest
            return (.string(Base64.text(bytes)), bytes.isEmpty)
        case PROTOBUF_C_TYPE_FLOAT:
            let number = Float(bitPattern: try cursor.fixed32())
            return (floating(Double(number), "\(number)"), number.bitPattern == 0)
        case PROTOBUF_C_TYPE_DOUBLE:
            let number = Double(bitPattern: try cursor.fixed64())
            return (floating(number, "\(number)"), number.bitPattern == 0)
        default: return integer(try raw(&cursor, field.type), field)
        }
    }

    private static func raw(_ cursor: inout WireCursor, _ type: ProtobufCType) throws(WireError) -> UInt64 {
        switch WireType(of: type) {
        case .fixed32: UInt64(try cursor.fixed32())
        case .fixed64: try cursor.fixed64()
        default: try cursor.varint()
        }
    }

    private static func integer(_ raw: UInt64, _ field: ProtobufCFieldDescriptor) -> (JSONValue, Bool) {
        let value: JSONValue
        switch field.type {
        case PROTOBUF_C_TYPE_BOOL: value = .bool(raw != 0)
        case PROTOBUF_C_TYPE_ENUM: value = name(Int32(truncatingIfNeeded: raw), field)
        case PROTOBUF_C_TYPE_UINT32, PROTOBUF_C_TYPE_FIXED32: value = .number(String(UInt32(truncatingIfNeeded: raw)))
        case PROTOBUF_C_TYPE_INT32, PROTOBUF_C_TYPE_SFIXED32: value = .number(String(Int32(truncatingIfNeeded: raw)))
        case PROTOBUF_C_TYPE_SINT32:
            value = .number(String(Int32(truncatingIfNeeded: unzigzag(raw & UInt64(UInt32.max)))))
        case PROTOBUF_C_TYPE_UINT64, PROTOBUF_C_TYPE_FIXED64: value = .string(String(raw))
        case PROTOBUF_C_TYPE_SINT64: value = .string(String(unzigzag(raw)))
        default: value = .string(String(Int64(bitPattern: raw)))
        }
        let isNarrow = [.number("0"), .bool(false)].contains(value)
        return (
            value, raw == 0 || isNarrow || (field.type == PROTOBUF_C_TYPE_ENUM && UInt32(truncatingIfNeeded: raw) == 0)
        )
    }

    private static func unzigzag(_ raw: UInt64) -> Int64 {
        Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
    }

    /// The enumeration's name for a number, or the number when it has none.
    private static func name(_ number: Int32, _ field: ProtobufCFieldDescriptor) -> JSONValue {
        let named = field.enumeration?.named.first { $0.value == number }
        return named.map { .string(String(cString: $0.name)) } ?? .number(String(number))
    }

    private static func floating(_ number: Double, _ text: String) -> JSONValue {
        if number.isNaN { return .string("NaN") }
        if number.isInfinite { return .string(number < 0 ? "-Infinity" : "Infinity") }
        return .number(text)
    }
}
