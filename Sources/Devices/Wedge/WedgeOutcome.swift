/// What a report from a keyboard meant.
package enum WedgeOutcome: Sendable, Equatable {
    /// A label is complete.
    case scan(WedgeScan)
    /// A part of a scan; its rest follows in other reports.
    case more
    /// No part of a scan.
    case ignored(WedgeIgnored)
}

/// A label as the scanner typed it.
package struct WedgeScan: Sendable, Equatable {
    /// The label's bytes: characters as UTF-8, control characters as themselves; without terminator.
    package let data: [UInt8]
    /// The AIM identifier, where the settings say that the scanner types it and it did.
    package let identifier: AIMIdentifier?
    /// How many keys were pressed for it, modifiers and the terminator not counted.
    package let keys: Int
    /// Whether no terminator came and silence ended it.
    package let endedBySilence: Bool

    package init(data: [UInt8], identifier: AIMIdentifier?, keys: Int, endedBySilence: Bool = false) {
        self.data = data
        self.identifier = identifier
        self.keys = keys
        self.endedBySilence = endedBySilence
    }

    /// The AIM identifier as the scanner typed it: "]E0".
    package var aim: String? { identifier?.description }

    /// The label with its symbology, which is unknown without an identifier.
    /// - Parameter isZebra: whether "]X" is read as Zebra uses it.
    package func label(isZebra: Bool = false) -> Label {
        Label(data: data, identifier: identifier, isZebra: isZebra)
    }
}

/// Why a report is no part of a scan, or a whole scan was given up.
package enum WedgeIgnored: Sendable, Equatable, CustomStringConvertible {
    case emptyReport
    /// The descriptor has no report of this id.
    case unknownReport(id: UInt8)
    /// A report of the descriptor without keys: media keys, a vendor's channel.
    case otherReport(id: UInt8)
    /// The keyboard says that it does not know which keys are down.
    case rollOver
    /// Keys came up, or nothing changed, and no scan is under way.
    case noKey
    /// A terminator without a label in front of it: the second half of CR LF.
    case emptyScan
    /// More than ``WedgeLimits`` allow for one label. The scan is given up.
    case scanTooLong
    /// A number typed with Alt held that is no character. The scan is given up: a label that lacks one might be another's.
    case altCodeUnknown

    package var description: String {
        switch self {
        case .emptyReport: "an empty report"
        case .unknownReport(let id): "the descriptor has no report \(id)"
        case .otherReport(let id): "report \(id) carries no keys"
        case .rollOver: "the keyboard does not know which keys are down"
        case .noKey: "no key went down"
        case .emptyScan: "a terminator without a label"
        case .scanTooLong: "the label is longer than any label may be"
        case .altCodeUnknown: "a number typed with Alt held is no character in the configured reading"
        }
    }

    /// Whether a person who holds a label has to read it again.
    package var spoilsScan: Bool {
        switch self {
        case .scanTooLong, .altCodeUnknown: true
        case .emptyReport, .unknownReport, .otherReport, .rollOver, .noKey, .emptyScan: false
        }
    }
}
