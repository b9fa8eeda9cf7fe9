import Testing

@testable import GS1

@Suite("GS1 Digital Links")
struct DigitalLinkTests {
    private func read(_ text: String) -> ElementString? { DigitalLink.elements(of: Array(text.utf8)) }

    private func pairs(_ text: String) -> [String]? {
        read(text)?.elements.map { "\($0.identifier)\(String(decoding: $0.value, as: UTF8.self))" }
    }

    @Test(
        "Key, qualifiers and attributes are taken from an address",
        arguments: [
            ("https://id.gs1.org/01/09521234543213", ["(01)09521234543213"]),
            (
                "HTTPS://example.com/shop/01/9521234543213/10/A%2FB/21/7?17=261231&utm=x",
                ["(01)09521234543213", "(10)A/B", "(21)7", "(17)261231"]
            ),
            ("http://example.com/00/006141411234567890/", ["(00)006141411234567890"]),
            ("https://example.com/414/9521234543213/254/32a?7040=1ABC", ["(414)9521234543213", "(254)32a"]),
            ("https://example.com/01/01/09521234543213", ["(01)09521234543213"]),
            ("https://example.com/8006/095212345432130102/10/L#part", ["(8006)095212345432130102", "(10)L"]),
        ])
    func reads(text: String, expected: [String]) {
        #expect(pairs(text) == expected)
    }

    @Test(
        "Another address is no link",
        arguments: [
            "https://example.com", "https://example.com/01", "https://example.com/products/5",
            "https://example.com/01/09521234543213/21/7/10/A", "https://example.com/01/09521234543213/235/T/21/7",
            "https://example.com/10/A", "ftp://example.com/01/09521234543213", "01/09521234543213",
            "https://example.com/01/%zz",
        ])
    func refuses(text: String) {
        #expect(read(text) == nil)
    }

    @Test(
        "What is wrong in a link is named",
        arguments: [
            ("https://example.com/01/09521234543214", "01", GS1Error.Code.contentNotAllowed),
            ("https://example.com/01/09521234543213?21=7", "21", .notALink),
            ("https://example.com/01/09521234543213?9999=7", "9999", .notALink),
            ("https://example.com/01/09521234543213?17=999999", "17", .contentNotAllowed),
        ])
    func namesErrors(text: String, identifier: String, code: GS1Error.Code) {
        let first = read(text)?.errors.first
        #expect(first?.code == code && first?.identifier == identifier)
    }
}
