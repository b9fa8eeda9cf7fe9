import CProtobufC
import Testing

@testable import Wire

@Suite struct WireCheckTests {
    @Test("Text that is no UTF-8, or holds a NUL, is refused wherever it stands")
    func refusesBadText() {
        for bad in [
            "00", "61 00 62", "80", "c0 80", "c1 bf", "e0 80 80", "ed a0 80", "f0 80 80 80", "f4 90 80 80", "f5",
            "e2 82", "ff", "c3",
        ] {
            #expect(code(Group.self, field(1, bytes(hex: bad))) == .textInvalid, "\(bad)")
            #expect(code(Customer.self, field(7, field(2, bytes(hex: bad)))) == .textInvalid, "\(bad)")
        }
    }

    @Test("Text is taken or refused exactly as Swift's own UTF-8 validation does", arguments: 1...20)
    func validatesAsSwiftDoes(seed: UInt64) {
        var source = RandomSource(seed: seed)
        let pieces: [UInt8] = [
            0x01, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF3, 0xF4,
            0xF5,
        ]
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 1...4, using: &source)).map { _ in pieces.randomElement(using: &source) ?? 0
            }
            let isValid = String(validating: text, as: UTF8.self) != nil
            #expect((code(Group.self, field(1, text)) == nil) == isValid, "\(hex(text)), seed \(seed)")
        }
    }

    @Test("Bytes fields take what text may not hold")
    func takesAnyBytes() throws {
        #expect(try EnterRequest(packed: field(2, [0, 0xFF, 0x80])).data == [0, 0xFF, 0x80])
    }

    @Test("A single message that comes twice is refused, alone or in a oneof; a repeated one is not")
    func refusesTwice() {
        let money = Money(currency: "NOK", minorUnits: 1).packed()
        #expect(code(SaleLine.self, field(4, money) + field(4, money)) == .messageTwice)
        let identifier = field(2, Identifier(value: "x").packed())
        #expect(code(ResolveRequest.self, identifier + identifier) == .messageTwice)
        #expect(code(Closing.self, field(4, []) + field(4, [])) == nil)
    }

    @Test(
        "Groups, wire types that do not exist, and a field's wrong wire type are refused",
        arguments: [
            "0b 0c", "0c", "0e", "0f", "08 01", "0d 01 02 03 04", "09 01 02 03 04 05 06 07 08", "7b 7c",
        ])
    func refusesWireTypes(hex: String) {
        #expect(code(Group.self, bytes(hex: hex)) == .wireTypeInvalid)
    }

    @Test("Numbers, tags and lengths that are too long are refused, and the longest that are not are taken")
    func boundsVarints() {
        let nines = String(repeating: "ff ", count: 9)
        #expect(code(Ping.self, bytes(hex: "08 \(nines) 01")) == nil)
        #expect(code(Ping.self, bytes(hex: "08 \(nines) 02")) == .varintTooLong)
        #expect(code(Ping.self, bytes(hex: "08 \(nines) 81 00")) == .varintTooLong)
        #expect(code(Ping.self, bytes(hex: "88 80 80 80 00 01")) == nil)
        #expect(code(Ping.self, bytes(hex: "88 80 80 80 80 00 01")) == .varintTooLong)
        #expect(code(Ping.self, bytes(hex: "f8 ff ff ff 0f 01")) == nil)
        #expect(code(Ping.self, bytes(hex: "f8 ff ff ff 1f 01")) == .varintTooLong)
        #expect(code(Group.self, bytes(hex: "0a 80 80 80 80 00")) == nil)
        #expect(code(Group.self, bytes(hex: "0a 80 80 80 80 80 00")) == .varintTooLong)
    }

    @Test("Field number 0 is refused", arguments: ["00 01", "02 00", "80 00 01", "05 01 02 03 04"])
    func refusesFieldZero(hex: String) {
        #expect(code(Ping.self, bytes(hex: hex)) == .fieldNumberInvalid)
    }

    @Test("A message cut off anywhere is refused, unless the rest is whole fields")
    func refusesTruncated() throws {
        let whole = Customer(id: "c1", name: "Kari", identifiers: [Identifier(type: .email, value: "k@x.no")]).packed()
        let ends: Set = [0, 4, 10, whole.count]
        for count in 0...whole.count {
            #expect(
                code(Customer.self, Array(whole.prefix(count))) == (ends.contains(count) ? nil : .truncated), "\(count)"
            )
        }
        #expect(code(Ping.self, bytes(hex: "19 00 00")) == .truncated)
        #expect(code(Ping.self, bytes(hex: "1a ff ff ff ff 0f")) == .truncated)
    }

    @Test("Messages nested deeper than the limit are refused before they cost stack")
    func boundsDepth() {
        // CloseBasketRequest holds a Closing, which holds a SaleLine, which holds a Money.
        let nested = field(3, field(4, field(4, [])))
        var limits = WireLimits.afterHello
        for (depth, expected) in [(5, nil), (4, nil), (3, WireError.Code.tooDeep)] {
            limits.depthMax = depth
            #expect(code(CloseBasketRequest.self, nested, limits) == expected)
        }
    }

    @Test("A message that holds itself, as no .proto of ours does, ends at the limit of depth")
    func boundsRecursion() {
        var fields = Welcome.schema.fields.filter { $0.type == PROTOBUF_C_TYPE_MESSAGE }
        fields[0].id = 1
        withUnsafeTemporaryAllocation(of: ProtobufCMessageDescriptor.self, capacity: 1) { descriptor in
            fields[0].descriptor = UnsafeRawPointer(descriptor.baseAddress)
            fields.withUnsafeBufferPointer { fields in
                descriptor.initialize(repeating: Welcome.schema.descriptor.pointee)
                descriptor[0].fields = fields.baseAddress
                descriptor[0].n_fields = 1
                guard let schema = UnsafePointer(descriptor.baseAddress).map(WireSchema.init) else { return }
                var nested: [UInt8] = []
                for depth in 1...20_000 {
                    let isShown = depth < 20 || depth == 20_000
                    #expect(!isShown || check(hex(nested), schema, .afterHello) == (depth <= 8 ? nil : .tooDeep))
                    nested = field(1, nested)
                }
            }
        }
    }

    @Test("Fields, inner messages, repeated values and memory are bounded: the last allowed passes, one more does not")
    func boundsCounts() {
        var limits = WireLimits.afterHello
        limits.fieldsMax = 4
        #expect(code(Group.self, [UInt8](repeating: 0x78, count: 8)) == nil)
        #expect(code(Group.self, [UInt8](repeating: 0x78, count: 8), limits) == nil)
        #expect(code(Group.self, [UInt8](repeating: 0x78, count: 10), limits) == .tooManyFields)
        limits = .afterHello
        limits.messagesMax = 3
        #expect(code(Customer.self, repeated(6, 3), limits) == nil)
        #expect(code(Customer.self, repeated(6, 4), limits) == .tooManyMessages)
        limits = .afterHello
        limits.valuesMax = 3
        #expect(code(Customer.self, repeated(6, 2) + repeated(7, 1), limits) == nil)
        #expect(code(Customer.self, repeated(6, 2) + repeated(7, 2), limits) == .tooManyValues)
        #expect(code(ShowAnswer.self, repeated(1, 4), limits) == .tooManyValues)
    }

    @Test("A flood of empty messages that would take 36 times its size in memory is refused")
    func boundsAmplification() {
        var limits = WireLimits.afterHello
        let flood = repeated(6, 32 << 10)
        #expect(flood.count == 64 << 10)
        #expect(code(Customer.self, flood) == .tooManyMessages)
        #expect(code(Customer.self, flood, limits) == .tooManyMessages)
        limits.messagesMax = .max
        #expect(code(Customer.self, flood, limits) == .tooManyValues)
        limits.valuesMax = .max
        #expect(code(Customer.self, flood, limits) == .tooManyFields)
        limits.fieldsMax = .max
        #expect(code(Customer.self, flood, limits) == .outOfBudget)
    }

    @Test("The memory for unpacking is bounded to the byte")
    func boundsMemory() throws {
        var limits = WireLimits.afterHello
        let packed = Customer(id: String(repeating: "x", count: 2_000)).packed()
        var refused = 2_000
        var needed = 20_000
        while needed - refused > 1 {
            limits.unpackedBytesMax = (refused + needed) / 2
            if code(Customer.self, packed, limits) == nil {
                needed = limits.unpackedBytesMax
            } else {
                refused = limits.unpackedBytesMax
            }
        }
        limits.unpackedBytesMax = needed
        #expect(code(Customer.self, packed, limits) == nil)
        limits.unpackedBytesMax = needed - 1
        #expect(code(Customer.self, packed, limits) == .outOfBudget)
    }

    @Test("A real answer of the largest frame passes the limits")
    func passesLargeAnswers() {
        let customer = Customer(
            id: "01J9ZV3K5Q8T", company: "nordmat", name: "Kari Nordås Halvorsen", firstName: "Kari", language: "nb",
            identifiers: [Identifier(type: .phone, value: "+4791234567"), Identifier(type: .email, value: "k@x.no")],
            groups: [Group(id: "staff", name: "Ansatte")], loyalty: Loyalty(discountBasisPoints: 1_000))
        let count = WireLimits.afterHello.frameBytesMax / (customer.packedByteCount + 3)
        let answer = Resolution(kind: .ambiguous, candidates: Array(repeating: customer, count: count)).packed()
        #expect(code(Resolution.self, answer) == nil)
        let line = SaleLine(
            gtin: "07038010009457", description: "Lettmelk 1 l", quantityThousandths: 1_000,
            total: Money(currency: "NOK", minorUnits: 2_190))
        let sale = Closing(lines: Array(repeating: line, count: 900)).packed()
        #expect(code(Closing.self, sale) == nil)
    }

    @Test("Numbers of a repeated field may be packed into one; each counts")
    func countsPackedNumbers() {
        let fields = Ping.schema.fields.map { field in
            var field = field
            field.label = PROTOBUF_C_LABEL_REPEATED
            return field
        }
        fields.withUnsafeBufferPointer { fields in
            var descriptor = Ping.schema.descriptor.pointee
            descriptor.fields = fields.baseAddress
            withUnsafePointer(to: descriptor) { descriptor in
                var limits = WireLimits.afterHello
                limits.valuesMax = 3
                let schema = WireSchema(descriptor)
                #expect(check("0a 03 01 02 03", schema, limits) == nil)
                #expect(check("0a 04 01 81 01 03", schema, limits) == nil)
                #expect(check("08 01 0a 02 02 03", schema, limits) == nil)
                #expect(check("0a 04 01 02 03 04", schema, limits) == .tooManyValues)
                #expect(check("0a 02 01 81", schema, limits) == .truncated)
                #expect(check("0d 01 02 03 04", schema, limits) == .wireTypeInvalid)
            }
        }
    }

    private func check(_ hex: String, _ schema: WireSchema, _ limits: WireLimits) -> WireError.Code? {
        bytes(hex: hex).withUnsafeBytes { bytes -> WireError.Code? in
            do throws(WireError) {
                try WireCheck(limits).check(bytes, as: schema)
                return nil
            } catch {
                return error.code
            }
        }
    }

    private func code<Packed: WireMessage>(
        _ type: Packed.Type, _ bytes: [UInt8], _ limits: WireLimits = .afterHello
    ) -> WireError.Code? {
        do throws(WireError) {
            _ = try Packed(packed: bytes, limits: limits)
            return nil
        } catch {
            return error.code
        }
    }

    private func field(_ number: UInt64, _ value: [UInt8]) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.field(number, value)
        return writer.bytes
    }

    private func repeated(_ number: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).flatMap { _ in field(number, []) }
    }
}
