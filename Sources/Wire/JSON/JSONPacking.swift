import CProtobufC

/// Turns JSON into packed messages, by the descriptions that protoc-c generated and protobuf's mapping of proto3 to JSON. Fields
/// may be named as in JSON or as in the `.proto`; null leaves a field out. What it refuses it names by its path:
/// "closing.lines[2].gtin".
enum JSONPacking {
    static func message(
        _ value: JSONValue, _ descriptor: UnsafePointer<ProtobufCMessageDescriptor>, path: String
    ) throws(WireError) -> [UInt8] {
        guard case .object(let members) = value else {
            throw error(path, "takes an object, not \(value.kind)")
        }
        let fields = descriptor.fields
        var values = [JSONValue?](repeating: nil, count: fields.count)
        for member in members {
            let path = path.isEmpty ? member.name : "\(path).\(member.name)"
            guard let index = fields.firstIndex(where: { $0.jsonName == member.name || $0.protoName == member.name })
            else {
                throw error(path, "is no field of \(String(cString: descriptor.pointee.short_name))")
            }
            guard values[index] == nil else { throw error(path, "comes under both of its names") }
            values[index] = member.value
        }
        var packed = PackedFields()
        var oneofs: Set<UInt32> = []
        for (field, value) in zip(fields, values) {
            guard let value, value != .null else { continue }
            let path = path.isEmpty ? field.jsonName : "\(path).\(field.jsonName)"
            if let oneof = field.oneof, !oneofs.insert(oneof).inserted {
                throw error(path, "excludes another field that is there")
            }
            try Self.field(field, value, &packed, path: path)
        }
        return packed.bytes
    }

    private static func field(
        _ field: ProtobufCFieldDescriptor, _ value: JSONValue, _ packed: inout PackedFields, path: String
    ) throws(WireError) {
        let type = WireType(of: field.type)
        guard field.isRepeated else {
            let (content, isDefault) = try Self.content(field, value, path: path)
            guard !isDefault || !field.hasNoPresence else { return }
            packed.tag(field.id, type)
            return packed.append(content, type)
        }
        guard case .array(let values) = value else { throw error(path, "takes a list, not \(value.kind)") }
        var together = PackedFields()
        for (index, value) in values.enumerated() {
            let content = try Self.content(field, value, path: "\(path)[\(index)]").content
            if type == .lengthDelimited {
                packed.tag(field.id, type)
                packed.append(content, type)
            } else {
                together.append(content, type)
            }
        }
        guard !together.bytes.isEmpty else { return }
        packed.tag(field.id, .lengthDelimited)
        packed.lengthDelimited(together.bytes)
    }

    private static func content(
        _ field: ProtobufCFieldDescriptor, _ value: JSONValue, path: String
    ) throws(WireError) -> (content: PackedContent, isDefault: Bool) {
        switch (field.type, value) {
        case (PROTOBUF_C_TYPE_MESSAGE, _):
            guard let descriptor = field.message else { return (.bytes([]), false) }
            return (.bytes(try message(value, descriptor, path: path)), false)
        case (PROTOBUF_C_TYPE_STRING, .string(let text)):
            guard !text.utf8.contains(0) else { throw error(path, "holds a NUL") }
            return (.bytes(Array(text.utf8)), text.isEmpty)
        case (PROTOBUF_C_TYPE_BYTES, .string(let text)):
            guard let bytes = Base64.bytes(text) else { throw error(path, "takes bytes as base64, and this is none") }
            return (.bytes(bytes), bytes.isEmpty)
        case (PROTOBUF_C_TYPE_BOOL, .bool(let flag)): return (.number(flag ? 1 : 0), !flag)
        case (PROTOBUF_C_TYPE_ENUM, _):
            let number = try enumeration(field, value, path: path)
            return (.number(UInt64(bitPattern: Int64(number))), number == 0)
        case (PROTOBUF_C_TYPE_FLOAT, _), (PROTOBUF_C_TYPE_DOUBLE, _):
            let bits = try floating(field, value, path: path)
            return (.number(bits), bits == 0)
        default:
            let number = try integer(field, value, path: path)
            return (.number(number), number == 0)
        }
    }

    private static func enumeration(
        _ field: ProtobufCFieldDescriptor, _ value: JSONValue, path: String
    ) throws(WireError) -> Int32 {
        let named = field.enumeration?.named
        if case .string(let name) = value, let value = named?.first(where: { String(cString: $0.name) == name }) {
            return value.value
        }
        if let number: Int32 = JSONInteger.read(value) { return number }
        let names = named?.map { String(cString: $0.name) }.joined(separator: ", ") ?? ""
        throw error(path, "takes one of \(names)")
    }

    private static func integer(
        _ field: ProtobufCFieldDescriptor, _ value: JSONValue, path: String
    ) throws(WireError) -> UInt64 {
        let number: UInt64? =
            switch field.type {
            case PROTOBUF_C_TYPE_UINT32, PROTOBUF_C_TYPE_FIXED32: (JSONInteger.read(value) as UInt32?).map(UInt64.init)
            case PROTOBUF_C_TYPE_UINT64, PROTOBUF_C_TYPE_FIXED64: JSONInteger.read(value)
            case PROTOBUF_C_TYPE_INT32, PROTOBUF_C_TYPE_SFIXED32:
                (JSONInteger.read(value) as Int32?).map { UInt64(bitPattern: Int64($0)) }
            case PROTOBUF_C_TYPE_SINT32: (JSONInteger.read(value) as Int32?).map { zigzag(Int64($0)) }
            case PROTOBUF_C_TYPE_SINT64: JSONInteger.read(value).map(zigzag)
            case PROTOBUF_C_TYPE_INT64, PROTOBUF_C_TYPE_SFIXED64:
                (JSONInteger.read(value) as Int64?).map { UInt64(bitPattern: $0) }
            default: nil
            }
        guard let number else {
            throw error(path, "takes \(field.typeName), and \(value.kind) that is none was given")
        }
        return number
    }

    private static func zigzag(_ number: Int64) -> UInt64 {
        UInt64(bitPattern: number << 1 ^ number >> 63)
    }

    private static func floating(
        _ field: ProtobufCFieldDescriptor, _ value: JSONValue, path: String
    ) throws(WireError) -> UInt64 {
        let number: Double? =
            switch value {
            case .number(let text): Double(text)
            case .string("NaN"): .nan
            case .string("Infinity"): .infinity
            case .string("-Infinity"): -.infinity
            default: nil
            }
        guard let number else { throw error(path, "takes \(field.typeName), not \(value.kind)") }
        return field.type == PROTOBUF_C_TYPE_FLOAT ? UInt64(Float(number).bitPattern) : number.bitPattern
    }

    private static func error(_ path: String, _ what: String) -> WireError {
        WireError(.jsonInvalid, "\(path.isEmpty ? "The request" : path) \(what).")
    }
}

/// A field's value on its way into bytes.
private enum PackedContent {
    case number(UInt64)
    case bytes([UInt8])
}

extension PackedFields {
    fileprivate mutating func append(_ content: PackedContent, _ type: WireType) {
        switch (content, type) {
        case (.bytes(let bytes), _): lengthDelimited(bytes)
        case (.number(let number), .fixed32): fixed32(UInt32(truncatingIfNeeded: number))
        case (.number(let number), .fixed64): fixed64(number)
        case (.number(let number), _): varint(number)
        }
    }
}
