import Foundation
import Testing

@testable import Devices

@Suite struct SymbologyTests {
    private func symbology(_ aim: String, _ data: String = "x") throws -> Symbology {
        Symbology(aim: try #require(AIMIdentifier(aim)), data: Array(data.utf8))
    }

    @Test(
        "Each letter of the AIM table gives its symbology",
        arguments: [
            ("]A0", Symbology.code39), ("]A7", .code39), ("]B0", .telepen), ("]C0", .code128), ("]C1", .gs1128),
            ("]C2", .code128), ("]D0", .other), ("]F1", .codabar), ("]G0", .code93), ("]H0", .code11),
            ("]I3", .interleaved2of5), ("]K0", .code16K), ("]L2", .pdf417), ("]M0", .msi), ("]N0", .other),
            ("]O4", .codablockF), ("]O5", .codablockF), ("]O6", .codablockA), ("]O1", .other), ("]P0", .plessey),
            ("]Q0", .qr), ("]Q1", .qr), ("]Q2", .qr), ("]Q3", .gs1QR), ("]Q4", .gs1QR), ("]Q5", .qr), ("]Q6", .qr),
            ("]R0", .twoOfFive), ("]S0", .twoOfFive), ("]U0", .maxiCode), ("]X0", .other), ("]Z6", .unknown),
            ("]c0", .other), ("]d1", .dataMatrix), ("]d2", .gs1DataMatrix), ("]d3", .dataMatrix), ("]e0", .dataBar),
            ("]h0", .hanXin), ("]o1", .other), ("]p0", .other), ("]s0", .other), ("]z0", .aztec), ("]z1", .aztec),
        ])
    func readsLetters(aim: String, expected: Symbology) throws {
        #expect(try symbology(aim) == expected)
    }

    @Test(
        "EAN and UPC are told apart by identifier and length",
        arguments: [
            ("]E0", "4006381333931", Symbology.ean13), ("]E0", "0036000291452", .upcA), ("]E0", "036000291452", .upcA),
            ("]E0", "01234565", .upcE), ("]E0", "123456", .upcE), ("]E4", "96385074", .ean8),
            ("]E0", "12345", .unknown),
            ("]E0", "", .unknown), ("]E3", "978020137962412345", .ean13Supplemental),
            ("]E3", "977147396801012", .ean13Supplemental), ("]E3", "03600029145212", .upcASupplemental),
            ("]E3", "003600029145212", .upcASupplemental), ("]E1", "12", .unknown),
        ])
    func tellsEANApart(aim: String, data: String, expected: Symbology) throws {
        #expect(try symbology(aim, data) == expected)
    }

    @Test("Only three characters that begin with ] are an identifier")
    func readsIdentifiers() {
        for text in ["", "]", "]E", "E0]", "]E00", "]0E", "]E ", "]É0", "]E\u{0301}", "[E0"] {
            #expect(AIMIdentifier(text) == nil, "\(text)")
        }
        #expect(AIMIdentifier("]E0")?.description == "]E0")
    }

    @Test("The numbers and names are those of the wire")
    func agreesWithWire() throws {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let proto = try String(
            contentsOf: root.appendingPathComponent("Protos/countertop/v1/lanes.proto"), encoding: .utf8)
        let numbers = proto.matches(of: /SYMBOLOGY_([A-Z0-9_]+) = (\d+);/).map { (String($0.1), UInt32($0.2)) }
        #expect(numbers.count >= 34)
        let known: [String: Symbology] = [
            "UNKNOWN": .unknown, "UPCA": .upcA, "UPCE": .upcE, "EAN8": .ean8, "EAN13": .ean13, "EAN128": .gs1128,
            "QRCODE": .qr, "GS1QRCODE": .gs1QR, "DATAMATRIX": .dataMatrix, "AZTEC": .aztec, "OTHER": .other,
            "GS1DATABAR_E": .dataBarExpanded, "CODABLOCK_F": .codablockF, "PDF417": .pdf417, "CODE128": .code128,
        ]
        for (name, symbology) in known {
            #expect(numbers.first { $0.0 == name }?.1 == symbology.rawValue, "\(name)")
        }
        for (name, number) in numbers {
            #expect(!Symbology(rawValue: number ?? 999).name.hasPrefix("symbology"), "\(name)")
        }
    }

    @Test("A number without a name says so")
    func namesUnknown() {
        #expect(Symbology(rawValue: 999).name == "symbology 999")
        #expect(Symbology(rawValue: 305).name == "postal 305")
        #expect(Symbology.ean13.name == "EAN-13")
    }
}
