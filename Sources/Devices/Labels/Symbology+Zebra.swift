extension Symbology {
    /// The number of a label's kind in SNAPI and SSI (the reverse engineered SNAPI of go-zebra-scanner; "Code types" of Zebra's
    /// reference guides).
    /// - Returns: ``other`` for a kind without a number of UnifiedPOS, ``unknown`` for a number that is not known.
    init(zebraCode code: UInt16, data: [UInt8]) {
        switch code {
        // An ISBN, as the EAN-13 that is printed or as ten characters.
        case 22: self = data.count == 13 ? .ean13 : .other
        case 81...88: self = .compositeA
        case 97...104: self = .compositeB
        case 30, 31, 34...36, 38, 39: self = .other
        default: self = Self.zebra[code] ?? .unknown
        }
    }

    private static let zebra: [UInt16: Symbology] = [
        1: .code39, 2: .codabar, 3: .code128, 4: .twoOfFive, 5: .other, 6: .interleaved2of5, 7: .code93, 8: .upcA,
        9: .upcE, 10: .ean8, 11: .ean13, 12: .code11, 13: .code49, 14: .msi, 15: .gs1128, 16: .upcE, 17: .pdf417,
        18: .code16K, 19: .code39, 20: .other, 21: .trioptic, 23: .other, 24: .codabar, 25: .isbt128,
        26: .microPDF417, 27: .dataMatrix, 28: .qr, 29: .compositeA, 32: .code32, 33: .isbt128, 37: .maxiCode,
        40: .pdf417, 44: .microQR, 45: .aztec, 48: .dataBar, 49: .dataBarLimited, 50: .dataBarExpanded, 55: .other,
        72: .upcASupplemental, 73: .upcESupplemental, 74: .ean8Supplemental, 75: .ean13Supplemental,
        80: .upcESupplemental, 89: .compositeC, 90: .tlc39, 105: .other, 113: .matrix2of5, 114: .other,
        136: .upcASupplemental, 137: .upcESupplemental, 138: .ean8Supplemental, 139: .ean13Supplemental,
        144: .upcESupplemental, 154: .microPDF417,
    ]
}
