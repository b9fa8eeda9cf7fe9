import Testing

@testable import Wire

@Suite struct PackedMessageTests {
    @Test("A message packed once gives on each stream the frame that packs it there", arguments: [true, false])
    func framesAnyStream(isLast: Bool) {
        let customer = Customer(id: "c1", name: "Kari Nordås", groups: [Group(id: "g")])
        let packed = PackedMessage(customer, isLast: isLast)
        for stream: UInt32 in [1, 301, 4_000_000_001] {
            let whole = Frame(stream: stream, kind: .message(Message(body: customer.packed(), last: isLast)))
            #expect(packed.frame(on: stream) == PackedFrame(whole))
        }
    }

    @Test("An empty message is framed as protobuf frames it")
    func framesEmptyMessage() {
        let whole = Frame(stream: 3, kind: .message(Message(body: [], last: true)))
        #expect(PackedMessage(HealthRequest(), isLast: true).frame(on: 3).bytes == PackedFrame(whole).bytes)
    }

    @Test("Bodies of all lengths of lengths are framed as protobuf-c frames them", arguments: [true, false])
    func framesEveryLength(isLast: Bool) {
        for count in [1, 2, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 16_375, 16_380, 16_384, 60_000] {
            let message = Customer(id: String(repeating: "1", count: count))
            let whole = Frame(stream: 7, kind: .message(Message(body: message.packed(), last: isLast)))
            #expect(PackedMessage(message, isLast: isLast).frame(on: 7).bytes == PackedFrame(whole).bytes)
        }
    }
}
