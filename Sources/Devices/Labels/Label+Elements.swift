package import GS1

extension Label {
    /// What GS1's identifiers in the label say, and what is wrong with it: of element strings, and of a GS1 Digital Link in
    /// any symbology. `nil` for a label that holds neither.
    package var elements: ElementString? {
        Self.elements(of: data, family)
    }

    static func elements(of data: [UInt8], _ family: Family) -> ElementString? {
        if family == .gs1 { return ElementString(data) }
        return family == .eanUPC ? nil : DigitalLink.elements(of: data)
    }
}
