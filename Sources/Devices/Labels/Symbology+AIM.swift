extension Symbology {
    /// What an AIM identifier and the data behind it say.
    ///
    /// EAN-13, UPC-A and UPC-E share "]E0" and are told apart by their lengths: 13 digits are an EAN-13, or, with a leading
    /// 0, a UPC-A that the scanner widened (the bars are the same); 12 are a UPC-A; 6 to 8 a UPC-E.
    /// - Parameter data: the label's bytes, without the identifier.
    package init(aim: AIMIdentifier, data: [UInt8]) {
        self =
            switch aim.code {
            case "A": .code39
            case "B": .telepen
            case "C": aim.isGS1 ? .gs1128 : .code128
            case "E": Self.eanUPC(modifier: aim.modifier, data)
            case "F": .codabar
            case "G": .code93
            case "H": .code11
            case "I": .interleaved2of5
            case "K": .code16K
            case "L": .pdf417
            case "M": .msi
            case "O": Self.codablock(modifier: aim.modifier)
            case "P": .plessey
            case "Q": aim.isGS1 ? .gs1QR : .qr
            case "R", "S": .twoOfFive
            case "U": .maxiCode
            case "Z": .unknown
            case "d": aim.isGS1 ? .gs1DataMatrix : .dataMatrix
            case "e": .dataBar
            case "h": .hanXin
            case "z": .aztec
            default: .other
            }
    }

    private static func eanUPC(modifier: UInt8, _ data: [UInt8]) -> Symbology {
        switch (modifier, data.count) {
        case ("4", _): .ean8
        case ("0", 13): data[0] == 0x30 ? .upcA : .ean13
        case ("0", 12): .upcA
        case ("0", 6...8): .upcE
        // With an add-on of two or five digits in the same message.
        case ("3", 15), ("3", 18): data[0] == 0x30 ? .upcASupplemental : .ean13Supplemental
        case ("3", 14), ("3", 17): .upcASupplemental
        default: .unknown
        }
    }

    private static func codablock(modifier: UInt8) -> Symbology {
        switch modifier {
        case "4", "5": .codablockF
        case "6": .codablockA
        default: .other
        }
    }
}
