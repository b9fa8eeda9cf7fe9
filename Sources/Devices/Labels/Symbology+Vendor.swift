extension Symbology {
    /// The Honeywell code id, which Honeywell and Access-IS scanners send beside the AIM identifier.
    /// - Returns: `nil` for a byte without a symbology of UnifiedPOS.
    package init?(honeywellCode code: UInt8) {
        guard let symbology = Self.honeywell[code] else { return nil }
        self = symbology
    }

    /// Zebra's use of "]X": the modifier names a symbology that has an identifier of its own elsewhere. Which kind of
    /// DataBar r, s and t are is not known, so all three are a DataBar.
    package init?(zebraModifier modifier: UInt8) {
        switch modifier {
        case "9": self = .ean13
        case "C": self = .ean8
        case "g": self = .upcA
        case "k": self = .upcE
        case "r", "s", "t": self = .dataBar
        case "V": self = .pdf417
        case "S": self = .microQR
        default: return nil
        }
    }

    private static let honeywell: [UInt8: Symbology] = [
        0x3C: .code32, 0x44: .ean8, 0x45: .upcE, 0x48: .hanXin, 0x52: .microPDF417, 0x54: .tlc39, 0x56: .codablockA,
        0x61: .codabar, 0x62: .code39, 0x63: .upcA, 0x64: .ean13, 0x65: .interleaved2of5, 0x66: .twoOfFive, 0x67: .msi,
        0x68: .code11, 0x69: .code93, 0x6A: .code128, 0x6C: .code49, 0x6D: .matrix2of5, 0x71: .codablockF,
        0x72: .pdf417, 0x73: .qr, 0x74: .telepen, 0x77: .dataMatrix, 0x78: .maxiCode, 0x79: .dataBar, 0x7A: .aztec,
        0x7B: .dataBarLimited, 0x7C: .gs1128, 0x7D: .dataBarExpanded,
    ]
}
