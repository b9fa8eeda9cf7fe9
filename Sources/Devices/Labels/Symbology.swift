/// A kind of label, by the numbers of UnifiedPOS (ScanDataType; JavaPOS 1.15 contracts, `ScannerConst`).
package struct Symbology: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package static let unknown = Symbology(rawValue: 0)
    package static let upcA = Symbology(rawValue: 101)
    package static let upcE = Symbology(rawValue: 102)
    package static let ean8 = Symbology(rawValue: 103)
    package static let ean13 = Symbology(rawValue: 104)
    /// Standard 2 of 5.
    package static let twoOfFive = Symbology(rawValue: 105)
    package static let interleaved2of5 = Symbology(rawValue: 106)
    package static let codabar = Symbology(rawValue: 107)
    package static let code39 = Symbology(rawValue: 108)
    package static let code93 = Symbology(rawValue: 109)
    package static let code128 = Symbology(rawValue: 110)
    /// With an add-on of two or five digits.
    package static let upcASupplemental = Symbology(rawValue: 111)
    package static let upcESupplemental = Symbology(rawValue: 112)
    package static let upcD1 = Symbology(rawValue: 113)
    package static let upcD2 = Symbology(rawValue: 114)
    package static let upcD3 = Symbology(rawValue: 115)
    package static let upcD4 = Symbology(rawValue: 116)
    package static let upcD5 = Symbology(rawValue: 117)
    package static let ean8Supplemental = Symbology(rawValue: 118)
    package static let ean13Supplemental = Symbology(rawValue: 119)
    /// GS1-128, formerly EAN-128.
    package static let gs1128 = Symbology(rawValue: 120)
    package static let ocrA = Symbology(rawValue: 121)
    package static let ocrB = Symbology(rawValue: 122)
    package static let dataBar = Symbology(rawValue: 131)
    package static let dataBarExpanded = Symbology(rawValue: 132)
    package static let interleaved2of5Checked = Symbology(rawValue: 133)
    package static let dataBarLimited = Symbology(rawValue: 134)
    package static let ames = Symbology(rawValue: 135)
    package static let matrix2of5 = Symbology(rawValue: 136)
    package static let code39Checked = Symbology(rawValue: 137)
    package static let code32 = Symbology(rawValue: 138)
    package static let codeCIP = Symbology(rawValue: 139)
    package static let trioptic = Symbology(rawValue: 140)
    package static let isbt128 = Symbology(rawValue: 141)
    package static let code11 = Symbology(rawValue: 142)
    package static let msi = Symbology(rawValue: 143)
    package static let plessey = Symbology(rawValue: 144)
    package static let telepen = Symbology(rawValue: 145)
    package static let digitalWatermark = Symbology(rawValue: 146)
    package static let compositeA = Symbology(rawValue: 151)
    package static let compositeB = Symbology(rawValue: 152)
    package static let compositeC = Symbology(rawValue: 153)
    package static let tlc39 = Symbology(rawValue: 154)
    package static let pdf417 = Symbology(rawValue: 201)
    package static let maxiCode = Symbology(rawValue: 202)
    package static let dataMatrix = Symbology(rawValue: 203)
    package static let qr = Symbology(rawValue: 204)
    package static let microQR = Symbology(rawValue: 205)
    package static let aztec = Symbology(rawValue: 206)
    package static let microPDF417 = Symbology(rawValue: 207)
    package static let gs1DataMatrix = Symbology(rawValue: 208)
    package static let gs1QR = Symbology(rawValue: 209)
    package static let code49 = Symbology(rawValue: 210)
    package static let code16K = Symbology(rawValue: 211)
    package static let codablockA = Symbology(rawValue: 212)
    package static let codablockF = Symbology(rawValue: 213)
    package static let codablock256 = Symbology(rawValue: 214)
    package static let hanXin = Symbology(rawValue: 215)
    /// Known to the scanner, and without a number of its own.
    package static let other = Symbology(rawValue: 501)

    package var description: String { name }

    /// Whether it takes a camera to read it. Stacked codes such as PDF417 are none: a laser may read them.
    package var isMatrix: Bool {
        [
            Symbology.maxiCode, .dataMatrix, .qr, .microQR, .aztec, .gs1DataMatrix, .gs1QR, .hanXin,
        ].contains(self)
    }
}
