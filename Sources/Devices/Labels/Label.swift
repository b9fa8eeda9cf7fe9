/// A label: what it holds and what kind it is.
package struct Label: Sendable, Equatable {
    /// The label's bytes as the scanner sent them, without identifier and suffix.
    package let data: [UInt8]
    package let symbology: Symbology
    package let family: Family

    /// - Parameters:
    ///   - aim: the AIM identifier as the scanner sent it, "]E0".
    ///   - vendorCode: the Honeywell code id, which is finer than the identifier; `nil` for other makers. It is heeded only
    ///     where it agrees with the identifier.
    ///   - isZebra: whether "]X" is read as Zebra uses it.
    package init(data: [UInt8], aim: String?, vendorCode: UInt8? = nil, isZebra: Bool = false) {
        self.init(
            data: data, identifier: aim.flatMap { AIMIdentifier($0) }, vendorCode: vendorCode, isZebra: isZebra)
    }

    /// The same, with the identifier as it is read already.
    package init(data: [UInt8], identifier aim: AIMIdentifier?, vendorCode: UInt8? = nil, isZebra: Bool = false) {
        self.data = data
        guard let aim else {
            symbology = .unknown
            family = .none
            return
        }
        if isZebra, "X" ~= aim.code, let found = Symbology(zebraModifier: aim.modifier) {
            symbology = found
            family = found.family
            return
        }
        let coarse = Symbology(aim: aim, data: data)
        let fine = vendorCode.flatMap { Symbology(honeywellCode: $0) }
        symbology = fine.flatMap { Self.refines($0, aim, data) ? $0 : nil } ?? coarse
        // "]z1" is an Aztec code, for which UnifiedPOS has no GS1 number, and still holds element strings.
        family = aim.family
    }

    /// A label whose symbology the scanner's protocol names by itself.
    package init(data: [UInt8], symbology: Symbology) {
        self.data = data
        self.symbology = symbology
        family = symbology.family
    }

    /// Whether a maker's code says more precisely what the identifier says, and does not contradict the data.
    private static func refines(_ symbology: Symbology, _ aim: AIMIdentifier, _ data: [UInt8]) -> Bool {
        switch (aim.code, symbology) {
        case ("E", .ean13): "0" ~= aim.modifier && data.count == 13
        case ("E", .upcA): "0" ~= aim.modifier && (data.count == 12 || data.count == 13 && data[0] == 0x30)
        // A scanner may expand the eight digits to twelve or thirteen.
        case ("E", .upcE):
            "0" ~= aim.modifier && (6...8 ~= data.count || data.count == 12 || data.count == 13 && data[0] == 0x30)
        case ("A", .code32), ("L", .microPDF417), ("L", .tlc39), ("O", .codablockA), ("O", .codablockF),
            ("e", .dataBarLimited), ("e", .dataBarExpanded), ("X", .hanXin), ("X", .code49), ("X", .matrix2of5):
            true
        default: false
        }
    }
}
