import Foundation
import Testing

@testable import Wire

/// JSON beside what Google's protobuf makes of it: see `Tests/Oracle/json/mapping.py`.
@Suite struct JSONTests {
    struct Mapping: Decodable {
        struct Case: Decodable {
            let message: String
            let json: String
            let hex: String?
        }

        let rendered: [Case]
        let texts: [Case]
        let stricter: [Case]
    }

    static let mapping: Mapping? = try? JSONDecoder().decode(
        Mapping.self, from: Project.data("Tests/Oracle/json/mapping.json"))

    private func schema(_ name: String) throws -> WireSchema {
        try #require(EveryMessage.named(name), "\(name)").schema
    }

    @Test("Messages become the JSON that Google's protobuf makes of them")
    func renders() throws {
        let cases = try #require(Self.mapping).rendered
        #expect(Set(cases.map(\.message)) == Set(EveryMessage.types.map { $0.wireName }))
        for golden in cases {
            let text = try schema(golden.message).json(packed: bytes(hex: golden.hex ?? ""))
            #expect(try JSONReader.read(text) == JSONReader.read(golden.json), "\(golden.message)")
            #expect(!text.contains("\n"))
        }
    }

    @Test("JSON becomes the bytes that Google's protobuf makes of it, or is refused where that refuses it")
    func packs() throws {
        let cases = try #require(Self.mapping).texts
        #expect(cases.contains { $0.hex == nil })
        for golden in cases {
            let packed = try? schema(golden.message).packed(json: golden.json)
            #expect(packed.map { hex($0) } == golden.hex, "\(golden.message) \(golden.json)")
        }
    }

    @Test("What is more likely a mistake is refused, though Google's protobuf takes it")
    func isStricter() throws {
        for golden in try #require(Self.mapping).stricter {
            let schema = try schema(golden.message)
            #expect(throws: WireError.self, "\(golden.json)") { try schema.packed(json: golden.json) }
        }
    }

    @Test(
        "A refusal names the place",
        arguments: [
            (#"{"closing":{"lines":[{},{"gtn":"1"}]}}"#, "closing.lines[1].gtn is no field of SaleLine."),
            (#"{"closing":{"total":7}}"#, "closing.total takes an object, not a number."),
            (#"{"lane":1}"#, "lane takes string, and a number that is none was given."),
            (#"{"closing":{"outcome":"PAID"}}"#, "closing.outcome takes one of BASKET_OUTCOME_UNSPECIFIED"),
            (#"{"lane" "1"}"#, "The JSON is broken at byte 8: a colon belongs here."),
            (#"{"lane":"1"} {}"#, "The JSON is broken at byte 13: something follows the value."),
        ])
    func namesPlace(json: String, message: String) throws {
        let error = #expect(throws: WireError.self) { try CloseBasketRequest.schema.packed(json: json) }
        #expect(error?.code == .jsonInvalid)
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }

    @Test("Depth and size are bounded")
    func isBounded() {
        for depth in [JSONLimits.depthMax, JSONLimits.depthMax + 1] {
            let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            #expect(((try? JSONReader.read(text)) != nil) == (depth == JSONLimits.depthMax))
        }
        for size in [JSONLimits.textBytesMax, JSONLimits.textBytesMax + 1] {
            let text = "\"" + String(repeating: "x", count: size - 2) + "\""
            #expect(((try? JSONReader.read(text)) != nil) == (size == JSONLimits.textBytesMax))
        }
        let many = #"{"features":["# + [String](repeating: "\"\"", count: 4_097).joined(separator: ",") + "]}"
        #expect(throws: WireError.self) { try Hello.schema.packed(json: many) }
    }

    @Test("Control characters in a message are escapes in its JSON, so that no terminal obeys them")
    func escapes() throws {
        let text = try Status.schema.json(packed: Status(message: "a\u{1B}[2J\u{85}\u{7F}\"\\").packed())
        #expect(text == #"{"message":"a\u001b[2J\u0085\u007f\"\\"}"#)
    }

    @Test("Bytes that are no message of the kind are refused")
    func refusesBytes() {
        #expect(throws: WireError.self) { try Status.schema.json(packed: [0x12, 5, 1]) }
    }
}
