import Testing

@testable import Devices

@Suite struct ByteTemplateTests {
    @Test("Bytes stand as they are written, and places are filled")
    func fills() throws {
        let template = try ByteTemplate("1f 24 01 {row} {text} 0D")
        let bytes = template.bytes { $0 == .row ? [2] : $0 == .text ? Array("Hi".utf8) : [] }
        #expect(bytes == [0x1F, 0x24, 1, 2, 0x48, 0x69, 0x0D])
        #expect(template.has(.text) && !template.has(.cell))
    }

    @Test(
        "What is no template is refused with what it should be", arguments: ["1", "1B4", "+1", "{line}", "0x1B", "é"])
    func refuses(text: String) {
        let error = #expect(throws: DevicesError.self) { try ByteTemplate(text) }
        #expect(error?.message.contains(text) == true)
    }

    @Test("A template is bounded")
    func isBounded() {
        #expect(throws: DevicesError.self) { try ByteTemplate(String(repeating: "1B ", count: 70)) }
    }
}
