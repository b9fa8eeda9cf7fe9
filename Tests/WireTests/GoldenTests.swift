import Foundation
import Testing

@testable import Wire

/// Bytes that Google's protobuf wrote, and conversations described apart from this code: see `Tests/Golden/golden.py`.
@Suite struct GoldenTests {
    struct Packed: Decodable {
        let name: String
        let message: String
        let hex: String
    }

    struct Conversation: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let input: String
        let expect: [String]

        var testDescription: String { name }
    }

    static let packed: [Packed] = read("wire-messages.json")
    static let conversations: [Conversation] = read("wire-cases.json")

    @Test("Every message is read and written as Google's protobuf does")
    func repacks() throws {
        #expect(Set(Self.packed.map(\.message)) == Set(EveryMessage.types.map { $0.wireName }))
        #expect(Self.conversations.count > 40)
        for golden in Self.packed {
            let type = try #require(EveryMessage.named(golden.message))
            #expect(hex(try type.init(packed: bytes(hex: golden.hex)).packed()) == golden.hex, "\(golden.message)")
        }
    }

    @Test("Messages of known values are those of Google's protobuf")
    func matches() throws {
        let customer = Customer(
            id: "01J9ZV", company: "nordmat", name: "Kari Nordås", firstName: "Kari", language: "nb",
            identifiers: [Identifier(type: .phone, value: "+4791234567"), Identifier(type: .externalId, value: "77")],
            groups: [Group(id: "staff", name: "Ansatte")],
            loyalty: Loyalty(discountBasisPoints: 0, bonusesHundredths: -250),
            permissions: [Permission(name: "email", granted: true, consentText: "Ja", changedAtUnixMs: -1)])
        let resolution = Resolution(
            kind: .customer, identifierType: .phone, customer: customer,
            provenance: Provenance(source: "poster", ageMs: .max, complete: true))
        try expect("resolution", resolution)
        let scan = Scan(
            epoch: 1, sequence: 1 << 63, data: [0, 0xFF] + Array("]E0".utf8), symbology: .ean13, aim: "]E0",
            device: "1-4.2", scannedAtUnixMs: 1_790_000_000_000, resolution: resolution, attachment: .none,
            expired: true)
        try expect("event", LaneEvent(event: .scan(scan)))
        let line = SaleLine(gtin: "07038010009457", description: "Melk", quantityThousandths: -1_500)
        let closing = Closing(
            outcome: .paid, saleId: "s", total: Money(currency: "NOK", minorUnits: -9_900), lines: [line])
        try expect("closing", CloseBasketRequest(lane: "self-3", basket: "b1", closing: closing))
        try expect("empty code", ResolveRequest(query: .code([])))
        try expect("frame", Frame(stream: 301, kind: .message(Message(body: [1, 2], last: true))))
    }

    @Test("The edge answers every conversation as described, however its bytes are cut", arguments: conversations)
    func converses(conversation: Conversation) {
        let input = bytes(hex: conversation.input)
        #expect(answer(to: [input]) == conversation.expect)
        let sizes = input.count > 10_000 ? [1_000] : [1, 3, 50]
        for size in sizes {
            let chunks = stride(from: 0, to: input.count, by: size).map {
                Array(input[$0..<min($0 + size, input.count)])
            }
            #expect(answer(to: chunks) == conversation.expect, "in pieces of \(size)")
        }
    }

    private func expect<Expected: WireMessage>(_ name: String, _ message: Expected) throws {
        let golden = try #require(Self.packed.first { $0.name == name })
        #expect(hex(message.packed()) == golden.hex, "\(name)")
        #expect(try Expected(packed: bytes(hex: golden.hex)) == message, "\(name)")
    }

    /// What a new connection does, as its holder would drive it.
    private func answer(to chunks: [[UInt8]]) -> [String] {
        var rig = ServerRig(features: ["a", "b"])
        var reader = FrameReader(limits: rig.connection.frameLimits)
        var words: [String] = []
        for chunk in chunks {
            chunk.withUnsafeBytes { bytes in
                var rest = bytes
                do throws(WireError) {
                    while let frame = try reader.next(from: &rest) {
                        words += rig.words { $0.receive(frame, now: .zero, into: &$1) }
                        reader.limits = rig.connection.frameLimits
                    }
                } catch {
                    words += rig.words { $0.fail(error, into: &$1) }
                }
            }
        }
        return words
    }

    private static func read<Content: Decodable>(_ name: String) -> [Content] {
        do {
            return try JSONDecoder().decode([Content].self, from: Project.data("Tests/Golden/\(name)"))
        } catch {
            Issue.record("\(name) cannot be read: \(error)")
            return []
        }
    }
}
