import GS1
import Testing

@testable import Devices

@Suite struct LabelTests {
    private func label(_ data: String, _ aim: String?, code: UInt8? = nil, isZebra: Bool = false) -> Label {
        Label(data: Array(data.utf8), aim: aim, vendorCode: code, isZebra: isZebra)
    }

    @Test(
        "The family follows the identifier",
        arguments: [
            ("]E0", Label.Family.eanUPC), ("]E4", .eanUPC), ("]C1", .gs1), ("]e0", .gs1), ("]Q3", .gs1), ("]d2", .gs1),
            ("]z1", .gs1), ("]C0", .other), ("]Q1", .other), ("]A0", .other), ("]X0", .other), ("]Z6", .none),
        ])
    func tellsFamilies(aim: String, family: Label.Family) {
        #expect(label("x", aim).family == family)
    }

    @Test("Without an identifier nothing is known", arguments: [nil, "", "E0", "]"])
    func knowsNothing(aim: String?) {
        let label = label("4006381333931", aim)
        #expect(label.symbology == .unknown && label.family == .none && label.gtin14 == nil)
    }

    @Test(
        "The maker's code says more where it agrees, and is not heeded where it does not",
        arguments: [
            ("]E0", "0012345000065", 0x45, Symbology.upcE), ("]E0", "0012345000065", 0x64, .ean13),
            ("]E0", "4006381333931", 0x63, .ean13), ("]E0", "4006381333931", 0x44, .ean13),
            ("]E4", "96385074", 0x64, .ean8),
            ("]L0", "x", 0x52, .microPDF417), ("]e0", "x", 0x7D, .dataBarExpanded), ("]e0", "x", 0x73, .dataBar),
            ("]Q1", "x", 0x64, .qr), ("]Q3", "x", 0x73, .gs1QR), ("]A0", "x", 0x3C, .code32),
            ("]A0", "x", 0x00, .code39),
        ] as [(String, String, UInt8, Symbology)])
    func refines(aim: String, data: String, code: UInt8, expected: Symbology) {
        #expect(label(data, aim, code: code).symbology == expected)
    }

    @Test("Zebra's own identifiers count for Zebra alone")
    func readsZebra() {
        let zebra = label("4006381333931", "]X9", isZebra: true)
        #expect(zebra.symbology == .ean13 && zebra.family == .eanUPC)
        #expect(label("4006381333931", "]X9").symbology == .other)
        #expect(label("x", "]Xr", isZebra: true).family == .gs1)
        #expect(label("x", "]X0", isZebra: true).symbology == .other)
    }

    @Test(
        "However a product number is printed, its 14 digits are the same",
        arguments: [
            ("4006381333931", "]E0", "04006381333931"), ("036000291452", "]E0", "00036000291452"),
            ("0036000291452", "]E0", "00036000291452"), ("96385074", "]E4", "00000096385074"),
            ("01234565", "]E0", "00012345000065"), ("02345673", "]E0", "00023456000073"),
            ("04252614", "]E0", "00042100005264"), ("01234133", "]E0", "00012300000413"),
            ("01234505", "]E0", "00012000003455"), ("01234558", "]E0", "00012345000058"),
            ("978020137962412345", "]E3", "09780201379624"), ("03600029145212", "]E3", "00036000291452"),
        ])
    func normalises(data: String, aim: String, gtin: String) {
        #expect(label(data, aim).gtin14 == gtin)
    }

    @Test(
        "What is no product number has none",
        arguments: [
            ("4006381333932", "]E0"), ("400638133393X", "]E0"), ("4006381333931", "]C1"), ("12345", "]E0"),
            ("", "]E0"),
            ("96385075", "]E4"),
        ])
    func refusesOthers(data: String, aim: String) {
        #expect(label(data, aim).gtin14 == nil)
    }

    @Test("A label holds elements when its symbology says so, or when it is a GS1 Digital Link")
    func holdsElements() {
        #expect(label("0109521234543213", "]C1").elements?.gtin?.digits14 == "09521234543213")
        #expect(label("https://example.com/01/09521234543213", "]Q1").elements?.gtin?.digits14 == "09521234543213")
        #expect(label("0109521234543213", "]C0").elements == nil)
        #expect(label("4006381333931", "]E0").elements == nil)
    }
}
