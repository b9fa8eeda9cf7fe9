import CProtobufC
import Foundation
import Testing

@testable import Wire

@Suite struct SchemaTests {
    @Test("Every message and enumeration of the .proto files has its Swift counterpart")
    func hasCounterparts() throws {
        var messages: Set<String> = []
        var enums: Set<String> = []
        for file in try Project.files(in: "Protos/countertop/v1") {
            for line in try Project.text("Protos/countertop/v1/\(file)").split(separator: "\n") {
                let words = line.split(separator: " ").map(String.init)
                if words.first == "message" { messages.insert("countertop.v1.\(words[1])") }
                if words.first == "enum" { enums.insert(words[1]) }
            }
        }
        #expect(Set(EveryMessage.types.map { $0.wireName }) == messages)
        #expect(Set(EveryMessage.enums.map { "\($0)" }) == enums)
        for type in EveryMessage.types { #expect(type.wireName == "countertop.v1.\(type)") }
    }

    @Test("Each message names the fields of its .proto: number, name, type and presence")
    func namesFields() throws {
        for type in EveryMessage.types {
            let declared = WireFields.declared(by: type.init())
            let generated = type.schema.fields
            #expect(declared.map(\.number) == generated.map(\.id), "\(type)")
            for (mine, theirs) in zip(declared, generated) {
                let name = "\(type).\(mine.name)"
                #expect(mine.name == String(cString: theirs.name))
                #expect(mine.kinds.contains(theirs.type), "\(name)")
                #expect(mine.shape == shape(of: theirs, among: generated), "\(name)")
                #expect(typeName(of: theirs).map { $0 == "\(mine.type)" } ?? true, "\(name)")
            }
        }
    }

    @Test("Each field is kept in the property of its name")
    func keepsFieldsInProperties() throws {
        for type in EveryMessage.types {
            var generator = MessageGenerator(values: .labels)
            let message = try type.init(packed: generator.bytes(type.schema.descriptor))
            let properties = Dictionary(
                uniqueKeysWithValues: Mirror(reflecting: message).children.map { ($0.label, $0.value) })
            let singles = type.schema.fields.filter { shape(of: $0, among: type.schema.fields) != .choice }
            let choices = Set(type.schema.fields.count == singles.count ? [] : ["query", "kind", "event", "order"])
            #expect(
                Set(properties.keys.compactMap(\.self)).subtracting(choices) == Set(singles.map { camelCase($0.name) }))
            for field in singles {
                let value = try #require(properties[camelCase(field.name)], "\(type)")
                #expect(label(value) == expectedLabel(field), "\(type).\(camelCase(field.name))")
            }
        }
    }

    @Test("Each enumeration has the .proto's numbers and names")
    func namesEnumValues() throws {
        let descriptors = EveryMessage.types.flatMap { $0.schema.fields }.compactMap(\.enumDescriptor)
        for type in EveryMessage.enums {
            let descriptor = try #require(descriptors.first { String(cString: $0.short_name) == "\(type)" })
            let values = UnsafeBufferPointer(start: descriptor.values, count: Int(descriptor.n_values))
            #expect(Set(values.map { describe(type, $0) }).count == Int(descriptor.n_values))
            for value in values {
                let name = String(cString: value.name)
                #expect(name.hasSuffix("_" + describe(type, value)), "\(name) has no name in Swift")
            }
            #expect(countNames(type) == Int(descriptor.n_values))
        }
    }

    @Test("No message holds itself, and a frame's deepest message lies within the limit of depth")
    func isBounded() {
        for type in EveryMessage.types {
            #expect(depth(of: type.schema.descriptor, above: []) + 1 <= WireLimits.afterHello.depthMax)
            #expect(type.schema.fields.count <= WireFieldTable.fieldsMax)
        }
    }

    private func describe<Enum: WireEnum>(_ type: Enum.Type, _ value: ProtobufCEnumValue) -> String {
        Enum(rawValue: value.value).name
    }

    private func countNames<Enum: WireEnum>(_ type: Enum.Type) -> Int { Enum.names.count }

    private func shape(
        of field: ProtobufCFieldDescriptor, among fields: [ProtobufCFieldDescriptor]
    ) -> WireDeclaration.Shape {
        if field.label == PROTOBUF_C_LABEL_REPEATED { return .repeated }
        guard field.isInOneof else { return field.type == PROTOBUF_C_TYPE_MESSAGE ? .optional : .singular }
        let members = fields.filter { $0.isInOneof && $0.quantifier_offset == field.quantifier_offset }
        return members.count == 1 ? .optional : .choice
    }

    private func typeName(of field: ProtobufCFieldDescriptor) -> String? {
        field.enumDescriptor.map { String(cString: $0.short_name) }
            ?? field.messageDescriptor.map { String(cString: $0.pointee.short_name) }
    }

    private func depth(of descriptor: UnsafePointer<ProtobufCMessageDescriptor>, above: [String]) -> Int {
        let name = String(cString: descriptor.pointee.name)
        guard !above.contains(name) else { return .max / 2 }
        let inner = WireSchema(descriptor).fields.compactMap(\.messageDescriptor)
        return 1 + (inner.map { depth(of: $0, above: above + [name]) }.max() ?? 0)
    }

    /// What a property was filled from, when it can be told: a text, or a number in digits.
    private func label(_ value: Any) -> String? {
        let mirror = Mirror(reflecting: value)
        let value = mirror.displayStyle == .optional ? mirror.children.first?.value ?? "" : value
        return switch value {
        case let text as String: text
        case let texts as [String]: texts.first
        case let bytes as [UInt8]: String(decoding: bytes, as: UTF8.self)
        case let several as [[UInt8]]: several.first.map { String(decoding: $0, as: UTF8.self) }
        case let flag as Bool: flag ? "true" : "false"
        case let number as any WireEnum: String(number.rawValue)
        case let numbers as [any WireEnum]: numbers.first.map { String($0.rawValue) }
        case let number as any BinaryInteger: String(number)
        default: nil
        }
    }

    private func expectedLabel(_ field: ProtobufCFieldDescriptor) -> String? {
        switch field.type {
        case PROTOBUF_C_TYPE_MESSAGE: nil
        case PROTOBUF_C_TYPE_STRING, PROTOBUF_C_TYPE_BYTES: String(cString: field.name)
        case PROTOBUF_C_TYPE_BOOL: "true"
        default: String(field.id)
        }
    }

    private func camelCase(_ name: UnsafePointer<CChar>) -> String {
        let words = String(cString: name).split(separator: "_")
        return words.dropFirst().reduce(String(words.first ?? "")) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
    }
}

extension WireSchema {
    var fields: [ProtobufCFieldDescriptor] {
        Array(UnsafeBufferPointer(start: descriptor.pointee.fields, count: Int(descriptor.pointee.n_fields)))
    }
}

extension ProtobufCFieldDescriptor {
    var enumDescriptor: ProtobufCEnumDescriptor? {
        type == PROTOBUF_C_TYPE_ENUM ? descriptor?.load(as: ProtobufCEnumDescriptor.self) : nil
    }

    var messageDescriptor: UnsafePointer<ProtobufCMessageDescriptor>? {
        type == PROTOBUF_C_TYPE_MESSAGE ? descriptor?.assumingMemoryBound(to: ProtobufCMessageDescriptor.self) : nil
    }
}
