/// Symbologies by the names and numbers of UnifiedPOS (ScanDataType).
public struct Symbology: WireEnum {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    public static let unknown = Self(rawValue: 0)
    public static let upca = Self(rawValue: 101)
    public static let upce = Self(rawValue: 102)
    public static let ean8 = Self(rawValue: 103)
    public static let ean13 = Self(rawValue: 104)
    public static let tf = Self(rawValue: 105)
    public static let itf = Self(rawValue: 106)
    public static let codabar = Self(rawValue: 107)
    public static let code39 = Self(rawValue: 108)
    public static let code93 = Self(rawValue: 109)
    public static let code128 = Self(rawValue: 110)
    public static let upcaS = Self(rawValue: 111)
    public static let upceS = Self(rawValue: 112)
    public static let ean8S = Self(rawValue: 118)
    public static let ean13S = Self(rawValue: 119)
    public static let ean128 = Self(rawValue: 120)
    public static let gs1databar = Self(rawValue: 131)
    public static let gs1databarE = Self(rawValue: 132)
    public static let code11 = Self(rawValue: 142)
    public static let msi = Self(rawValue: 143)
    public static let plessey = Self(rawValue: 144)
    public static let telepen = Self(rawValue: 145)
    public static let pdf417 = Self(rawValue: 201)
    public static let maxicode = Self(rawValue: 202)
    public static let datamatrix = Self(rawValue: 203)
    public static let qrcode = Self(rawValue: 204)
    public static let aztec = Self(rawValue: 206)
    public static let gs1datamatrix = Self(rawValue: 208)
    public static let gs1qrcode = Self(rawValue: 209)
    public static let code16k = Self(rawValue: 211)
    public static let codablockA = Self(rawValue: 212)
    public static let codablockF = Self(rawValue: 213)
    public static let hanXin = Self(rawValue: 215)
    public static let other = Self(rawValue: 501)

    public static let names: [Self: String] = [
        .unknown: "UNKNOWN",
        .upca: "UPCA",
        .upce: "UPCE",
        .ean8: "EAN8",
        .ean13: "EAN13",
        .tf: "TF",
        .itf: "ITF",
        .codabar: "CODABAR",
        .code39: "CODE39",
        .code93: "CODE93",
        .code128: "CODE128",
        .upcaS: "UPCA_S",
        .upceS: "UPCE_S",
        .ean8S: "EAN8_S",
        .ean13S: "EAN13_S",
        .ean128: "EAN128",
        .gs1databar: "GS1DATABAR",
        .gs1databarE: "GS1DATABAR_E",
        .code11: "CODE11",
        .msi: "MSI",
        .plessey: "PLESSEY",
        .telepen: "TELEPEN",
        .pdf417: "PDF417",
        .maxicode: "MAXICODE",
        .datamatrix: "DATAMATRIX",
        .qrcode: "QRCODE",
        .aztec: "AZTEC",
        .gs1datamatrix: "GS1DATAMATRIX",
        .gs1qrcode: "GS1QRCODE",
        .code16k: "CODE16K",
        .codablockA: "CODABLOCK_A",
        .codablockF: "CODABLOCK_F",
        .hanXin: "HAN_XIN",
        .other: "OTHER",
    ]
}
