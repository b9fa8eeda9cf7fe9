import CProtobufC

/// A message and all within it in words, as JSON names them: for people who write a request.
public struct WireOutline: Sendable {
    private struct Part {
        let name: String
        let lines: [(name: String, type: String)]
    }

    private var parts: [Part] = []

    /// - Parameter schemas: the messages it begins with.
    public init(_ schemas: [WireSchema]) {
        for schema in schemas { add(schema.descriptor) }
    }

    /// A line a field, each message and enumeration once.
    public var lines: [String] {
        parts.flatMap { part -> [String] in
            let width = part.lines.map(\.name.count).max() ?? 0
            return [part.name]
                + part.lines.map { line in
                    "  \(line.name)\(String(repeating: " ", count: width - line.name.count))  \(line.type)"
                } + [""]
        }
    }

    private mutating func add(_ descriptor: UnsafePointer<ProtobufCMessageDescriptor>) {
        let name = String(cString: descriptor.pointee.short_name)
        guard !parts.contains(where: { $0.name == name }) else { return }
        let fields = descriptor.fields
        parts.append(
            Part(
                name: name,
                lines: fields.map {
                    ($0.jsonName, ($0.isRepeated ? "list of " : "") + $0.typeName + Self.note($0, fields))
                }
            ))
        for field in fields {
            if let message = field.message { add(message) }
            if let enumeration = field.enumeration { add(enumeration) }
        }
    }

    private mutating func add(_ enumeration: ProtobufCEnumDescriptor) {
        let name = String(cString: enumeration.short_name)
        guard !parts.contains(where: { $0.name == name }) else { return }
        parts.append(
            Part(name: name, lines: enumeration.named.map { (String(cString: $0.name), String($0.value)) }))
    }

    /// What a type alone does not say.
    private static func note(
        _ field: ProtobufCFieldDescriptor, _ fields: UnsafeBufferPointer<ProtobufCFieldDescriptor>
    ) -> String {
        let others = fields.filter { field.oneof != nil && $0.oneof == field.oneof && $0.id != field.id }
        if !others.isEmpty { return ", or " + others.map(\.jsonName).joined(separator: ", or ") }
        return field.type == PROTOBUF_C_TYPE_BYTES ? ", as base64" : ""
    }
}
