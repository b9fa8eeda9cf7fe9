import Testing

@testable import GS1

@Suite("Element strings")
struct ElementStringTests {
    /// "^" stands for the separator.
    private func read(_ text: String) -> ElementString {
        ElementString(text.utf8.map { $0 == UInt8(ascii: "^") ? ElementReader.separator : $0 })
    }

    private func pairs(_ string: ElementString) -> [String] {
        string.elements.map { "\($0.identifier)\(String(decoding: $0.value, as: UTF8.self))" }
    }

    @Test(
        "Elements are taken apart by the length of their identifier or at the separator",
        arguments: [
            ("0109521234543213", ["(01)09521234543213"]),
            ("010952123454321310ABC^17261231", ["(01)09521234543213", "(10)ABC", "(17)261231"]),
            ("^010952123454321317261231^3103001250", ["(01)09521234543213", "(17)261231", "(3103)001250"]),
            ("01095212345432133922995^^10A^", ["(01)09521234543213", "(3922)995", "(10)A"]),
            ("00006141411234567890", ["(00)006141411234567890"]),
            ("8006095212345432130102^21X", ["(8006)095212345432130102", "(21)X"]),
            ("423578752", ["(423)578752"]), ("", []),
        ])
    func takesApart(text: String, expected: [String]) {
        #expect(pairs(read(text)) == expected)
    }

    @Test(
        "What is wrong is named with its identifier",
        arguments: [
            ("0109521234543214", "01", GS1Error.Code.contentNotAllowed), ("01095212345", "01", .tooShort),
            ("0109521234543213^17261331", "17", .contentNotAllowed),
            ("0109521234543213" + "10" + String(repeating: "A", count: 21), "10", .tooLong),
            ("010952123454321310A~", "10", .characterNotAllowed), ("01095212345432AB", "01", .characterNotAllowed),
            ("0109521234543213^^99", "99", .tooShort), ("010952123454321304x", "04", .unknownIdentifier),
            ("hello", "", .unknownIdentifier), ("10A", "10", .elementMissing),
            ("010952123454321302095212345432133712", "01", .elementsExclusive),
            ("010952123454321310A^10B", "10", .elementRepeated),
        ])
    func namesErrors(text: String, identifier: String, code: GS1Error.Code) {
        let first = read(text).errors.first
        #expect(first?.code == code && first?.identifier == identifier)
    }

    @Test(
        "A code that is as it should be has no errors",
        arguments: [
            "0109521234543213", "010952123454321310ABC^17260200", "0209521234543213" + "3712^00006141411234567890",
            "8006095212345432130102", "4149521234543213254A", "41595212345432138020REF",
            "0109521234543213^3922995^3103001250",
        ])
    func passes(text: String) {
        #expect(read(text).errors == [])
    }

    @Test("An error holds nothing of the value")
    func keepsSecrets() {
        for error in read("0109521234543213" + "7253Kari%2~" + "^10" + String(repeating: "Z", count: 30)).errors {
            #expect(!error.message.contains("Kari") && !error.message.contains("ZZZ"))
        }
    }

    @Test("The elements that are read, one behind the other, are the code's bytes again")
    func losesNothing() {
        var random = SeededRandom(seed: 23)
        let all = ApplicationIdentifier.known.values.sorted { $0.digits < $1.digits }
        for _ in 0..<2_000 {
            let chosen = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                let identifier = all[Int.random(in: 0..<all.count, using: &random)]
                return (identifier, random.digits(identifier.fixedLength ?? Int.random(in: 1...12, using: &random)))
            }
            var bytes: [UInt8] = []
            for (identifier, value) in chosen {
                bytes += Array(identifier.digits.utf8) + value
                if identifier.fixedLength == nil || Bool.random(using: &random) {
                    bytes.append(ElementReader.separator)
                }
            }
            let elements = ElementString(bytes).elements
            #expect(elements == chosen.map { Element(identifier: $0.0, value: $0.1) }, "\(random.note)")
        }
    }

    @Test("Any bytes are read to an end, within the bound on elements")
    func survives() {
        var random = SeededRandom(seed: 24)
        let alphabet = Array("0123456789".utf8) + [ElementReader.separator, 0x00, 0xFF, 0x41, 0x25]
        for _ in 0..<5_000 {
            let bytes = (0..<Int.random(in: 0...120, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            #expect(GS1Properties.codeHolds(bytes) == nil, "\(random.note)")
        }
        let many = ElementString(Array(String(repeating: "20xx", count: 65).utf8))
        #expect(many.elements.count == 64 && many.errors.contains { $0.code == .tooManyElements })
    }

    @Test("A product number in front is a proof, other identifiers are none")
    func proves() {
        #expect(ElementString.isProven(Array("0109521234543213".utf8)))
        #expect(ElementString.isProven(Array("00006141411234567890".utf8)))
        #expect(!ElementString.isProven(Array("0109521234543214".utf8)))
        #expect(!ElementString.isProven(Array("4000000000000002".utf8)))
    }

    @Test("The product number is found behind other elements, and not behind what cannot be read")
    func findsProduct() {
        #expect(
            ElementString.gtin(in: Array("17261231".utf8) + Array("0109521234543213".utf8))?.digits14
                == "09521234543213")
        #expect(ElementString.gtin(in: Array("0409521234543213".utf8)) == nil)
    }
}
