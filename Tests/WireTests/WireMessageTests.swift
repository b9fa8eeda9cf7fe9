import Testing

@testable import Wire

@Suite struct WireMessageTests {
    @Test("Random messages of every type come out of unpacking and packing as they went in", arguments: 1...40)
    func roundTrips(seed: UInt64) throws {
        var source = RandomSource(seed: seed)
        for type in EveryMessage.types {
            var generator = MessageGenerator(values: .random(RandomSource(seed: source.next())))
            let bytes = generator.bytes(type.schema.descriptor)
            #expect(try repacked(type, bytes) == bytes, "\(type), seed \(seed)")
        }
    }

    @Test("A message equals what it is unpacked to, in every way of packing")
    func packsEveryWay() throws {
        let message = Customer(
            id: "c1", name: "Åse", identifiers: [Identifier(type: .phone, value: "+4790000000")],
            loyalty: Loyalty(discountBasisPoints: 0, bonusesHundredths: -5))
        let bytes = message.packed()
        #expect(message.packedByteCount == bytes.count)
        #expect(try Customer(packed: bytes) == message)
        var memory = [UInt8](repeating: 0xAA, count: bytes.count + 1)
        #expect(memory.withUnsafeMutableBytes { message.pack(into: $0) } == bytes.count)
        #expect(memory == bytes + [0xAA])
        var short = [UInt8](repeating: 0xAA, count: bytes.count - 1)
        #expect(short.withUnsafeMutableBytes { message.pack(into: $0) } == bytes.count)
        #expect(short.allSatisfy { $0 == 0xAA })
    }

    @Test("A value of zero that is present is told from an absent one")
    func keepsPresence() throws {
        #expect(try Loyalty(packed: Loyalty(discountBasisPoints: 0).packed()).discountBasisPoints == 0)
        #expect(try Loyalty(packed: Loyalty().packed()).discountBasisPoints == nil)
        #expect(try ResolveRequest(packed: ResolveRequest(query: .code([])).packed()).query == .code([]))
        #expect(try BasketAnswer(packed: BasketAnswer(basket: Basket()).packed()).basket == Basket())
    }

    @Test("A NUL in a text goes out as the replacement character, and cuts nothing off")
    func replacesNul() throws {
        #expect(try Group(packed: Group(id: "a\0b\0").packed()).id == "a\u{FFFD}b\u{FFFD}")
    }

    @Test("An enumeration keeps numbers that have no name")
    func keepsUnknownEnumValues() throws {
        for number: Int32 in [99, -1, .min, .max] {
            let identifier = try Identifier(packed: Identifier(type: IdentifierType(rawValue: number)).packed())
            #expect(identifier.type.rawValue == number)
            #expect(identifier.type.name == String(number))
        }
        #expect(IdentifierType.linkedCard.name == "LINKED_CARD")
    }

    @Test("Fields that the .proto does not know are left out, whatever their wire type")
    func leavesOutUnknownFields() throws {
        var writer = ProtobufWriter()
        writer.field(1, "g")
        writer.field(15, 7)
        writer.field(16, "unknown")
        writer.tag(536_870_911, 5)
        let bytes = writer.bytes + [1, 2, 3, 4] + [17 << 3 & 0x7F | 0x80 | 1, 1] + [UInt8](repeating: 9, count: 8)
        #expect(try Group(packed: bytes) == Group(id: "g"))
    }

    @Test("Where a field comes twice the last one counts, and of a oneof the last member")
    func takesTheLast() throws {
        var writer = ProtobufWriter()
        writer.field(1, "first")
        writer.field(1, "second")
        #expect(try Group(packed: writer.bytes).id == "second")
        var choice = ProtobufWriter()
        choice.field(2, Identifier(value: "x").packed())
        choice.field(1, "code")
        #expect(try ResolveRequest(packed: choice.bytes).query == .code(Array("code".utf8)))
    }

    private func repacked<Packed: WireMessage>(_ type: Packed.Type, _ bytes: [UInt8]) throws -> [UInt8] {
        let message = try Packed(packed: bytes)
        #expect(try Packed(packed: message.packed()) == message)
        return message.packed()
    }
}
