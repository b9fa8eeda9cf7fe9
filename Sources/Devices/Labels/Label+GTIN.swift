import GS1

extension Label {
    /// The product number of an EAN or UPC label as 14 digits, so that the same product compares equal however it is
    /// printed (GS1 General Specifications, section 3.3.2). `nil` for other labels and for a wrong check digit.
    package var gtin14: String? {
        guard family == .eanUPC else { return nil }
        switch (symbology, data.count) {
        case (.upcE, 6...8): return GTIN(upcE: data)?.digits14
        case (.ean8, 8), (.upcA, 12), (.upcE, 12), (.upcA, 13), (.upcE, 13), (.ean13, 13):
            return GTIN(digits: data)?.digits14
        // An add-on is no part of the number.
        case (.ean13Supplemental, 15), (.ean13Supplemental, 18), (.upcASupplemental, 15), (.upcASupplemental, 18):
            return GTIN(digits: data.prefix(13))?.digits14
        case (.upcASupplemental, 14), (.upcASupplemental, 17): return GTIN(digits: data.prefix(12))?.digits14
        default: return nil
        }
    }
}
