/// What bytes on a scanner's line meant, in their order, and what follows from them.
package enum LineOutcome: Sendable, Equatable {
    /// A label is complete.
    case scan(LineScan)
    /// Bytes for the scanner.
    /// - Parameter endsOrder: whether nothing more comes of the order once they are sent.
    case send([UInt8], endsOrder: Bool)
    /// The order has ended.
    /// - Parameter isFollowed: false when the scanner refused it, or does not answer.
    case told(isFollowed: Bool)
    /// The scanner's answer to a question. It is no label.
    case answer([UInt8])
    /// No part of a label, or a label that was dropped.
    case ignored(LineIgnored)
}

/// A label as a scanner gave it on its line.
package struct LineScan: Sendable, Equatable {
    /// The label's bytes, without identifier and terminator.
    package let data: [UInt8]
    /// The AIM identifier, where the settings say that the scanner sends it and it did.
    package let identifier: AIMIdentifier?
    /// What the protocol itself says of the label's kind; `nil` where it says nothing.
    package let symbology: Symbology?

    package init(data: [UInt8], identifier: AIMIdentifier? = nil, symbology: Symbology? = nil) {
        self.data = data
        self.identifier = identifier
        self.symbology = symbology
    }

    /// The label with its symbology.
    /// - Parameter isZebra: whether "]X" is read as Zebra uses it.
    package func label(isZebra: Bool = false) -> Label {
        if let symbology { return Label(data: data, symbology: symbology) }
        return Label(data: data, identifier: identifier, isZebra: isZebra)
    }
}

/// Why bytes are no part of a label, or a whole label was given up.
package enum LineIgnored: Sendable, Equatable, CustomStringConvertible {
    /// A terminator without a label in front of it: the second half of CR LF.
    case emptyScan
    /// The configured terminator did not come, so the label may be half of one.
    case unterminated
    /// More than ``SerialLimits`` allow for one label.
    case scanTooLong
    /// The checksum of a packet is wrong.
    case checksumWrong
    /// No packet begins like this.
    case noPacket
    /// A label in a packet of SSI on a line of text.
    case packetOfSSI
    /// A label as text on a line of SSI.
    case textForSSI
    /// The rest of a packet did not come.
    case packetCut
    /// A packet that the scanner sent again, although it was taken the first time.
    case repeated
    /// The other packets of a label never came.
    case fragmentsMissing
    /// A packet of the protocol that carries no label, by its opcode or report.
    case other(UInt8)
    /// The scanner refuses an order, for the reason of this number.
    case refused(UInt8)
    /// The scanner does not answer an order.
    case unanswered

    package var description: String {
        switch self {
        case .emptyScan: "a terminator without a label"
        case .unterminated: "a label without the configured terminator"
        case .scanTooLong: "the label is longer than any label may be"
        case .checksumWrong: "a packet with a wrong checksum"
        case .noPacket: "bytes that begin no packet"
        case .packetOfSSI: "the scanner speaks SSI, so it needs an entry under serial_scanners with \"dialect: ssi\""
        case .textForSSI:
            "the scanner sends plain text: take \"dialect: ssi\" out of its entry under serial_scanners, or scan the setting "
                + "\"SSI over USB CDC\""
        case .packetCut: "a packet whose rest did not come"
        case .repeated: "a packet sent again that was taken before"
        case .fragmentsMissing: "a label whose other packets did not come"
        case .other(let code): "packet \(String(code, radix: 16)) carries no label"
        case .refused(let cause): "the scanner refuses an order (cause \(cause))"
        case .unanswered: "the scanner does not answer an order"
        }
    }

    /// Whether a person who holds a label has to read it again.
    package var spoilsScan: Bool {
        switch self {
        case .unterminated, .scanTooLong, .fragmentsMissing, .packetOfSSI, .textForSSI: true
        default: false
        }
    }
}
