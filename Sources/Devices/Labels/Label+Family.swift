extension Label {
    /// What a label's symbology says about the kind of number it holds.
    package enum Family: UInt8, Sendable, CaseIterable {
        /// No symbology is known: a keyboard wedge, typed in.
        case none = 0
        /// A GTIN printed as EAN or UPC.
        case eanUPC = 1
        /// GS1 element strings.
        case gs1 = 2
        /// Any other symbology.
        case other = 3
    }
}

extension Symbology {
    package var family: Label.Family {
        switch self {
        case .unknown: .none
        case .upcA, .upcE, .ean8, .ean13, .upcASupplemental, .upcESupplemental, .ean8Supplemental, .ean13Supplemental:
            .eanUPC
        case .gs1128, .dataBar, .dataBarExpanded, .dataBarLimited, .compositeA, .compositeB, .compositeC,
            .gs1DataMatrix, .gs1QR:
            .gs1
        default: .other
        }
    }
}
