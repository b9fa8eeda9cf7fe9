/// How a serial line is set: speed and the shape of a character.
package struct SerialLineSettings: Sendable, Hashable {
    /// Numbered as in a line coding (CDC PSTN 1.2, table 17).
    package enum Parity: UInt8, Sendable, Hashable, CaseIterable {
        case none = 0
        case odd = 1
        case even = 2
    }

    /// Bits a second.
    package var baud: UInt32 = 9600
    /// 7 or 8.
    package var dataBits: UInt8 = 8
    package var parity = Parity.none
    /// 1 or 2.
    package var stopBits: UInt8 = 1

    package init() {}

    package init(baud: UInt32) {
        self.baud = baud
    }

    /// "9600 8N1", as people write it.
    package var description: String {
        let letter =
            switch parity {
            case .none: "N"
            case .odd: "O"
            case .even: "E"
            }
        return "\(baud) \(dataBits)\(letter)\(stopBits)"
    }
}
