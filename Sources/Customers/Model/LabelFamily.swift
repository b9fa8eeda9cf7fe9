/// What a label's symbology says about the number it holds.
package enum LabelFamily: UInt8, Sendable, CaseIterable {
    /// No symbology is known: a keyboard wedge, typed in.
    case none = 0
    /// A GTIN printed as EAN or UPC.
    case eanUPC = 1
    /// GS1 element strings.
    case gs1 = 2
    /// Any other symbology.
    case other = 3
}
