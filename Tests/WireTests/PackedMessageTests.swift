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
}
