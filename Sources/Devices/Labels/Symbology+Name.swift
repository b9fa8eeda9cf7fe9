extension Symbology {
    /// The name people use: "EAN-13". A number without a name is given as "symbology 999".
    package var name: String {
        if let name = Self.names[rawValue] { return name }
        return (301...312).contains(rawValue) ? "postal \(rawValue)" : "symbology \(rawValue)"
    }

    private static let names: [UInt32: String] = [
        0: "unknown", 101: "UPC-A", 102: "UPC-E", 103: "EAN-8", 104: "EAN-13", 105: "2of5", 106: "I 2of5",
        107: "Codabar", 108: "Code 39", 109: "Code 93", 110: "Code 128", 111: "UPC-A+S",
        112: "UPC-E+S", 113: "UPC-D1", 114: "UPC-D2", 115: "UPC-D3", 116: "UPC-D4", 117: "UPC-D5",
        118: "EAN-8+S", 119: "EAN-13+S", 120: "GS1-128", 121: "OCR-A", 122: "OCR-B",
        131: "DataBar", 132: "DataBar Expanded", 133: "ITF with check",
        134: "DataBar Limited", 135: "Ames", 136: "Matrix 2of5", 137: "Code 39 with check", 138: "Code 32",
        139: "Code CIP", 140: "Trioptic", 141: "ISBT128", 142: "Code 11", 143: "MSI", 144: "Plessey", 145: "Telepen",
        146: "digital watermark", 151: "composite A", 152: "composite B", 153: "composite C", 154: "TLC39",
        201: "PDF417", 202: "MaxiCode", 203: "Data Matrix", 204: "QR", 205: "Micro QR", 206: "Aztec", 207: "MicroPDF",
        208: "GS1 Data Matrix", 209: "GS1 QR", 210: "Code 49", 211: "Code 16K", 212: "Codablock A", 213: "Codablock F",
        214: "Codablock 256", 215: "Han Xin", 501: "other",
    ]
}
