/// What a report from a scanner meant.
package enum HIDPOSOutcome: Sendable, Equatable {
    /// A label is complete.
    case scan(HIDPOSScan)
    /// A part of a scan; its rest follows in other reports.
    case more
    /// No part of a scan.
    case ignored(HIDPOSIgnored)
}

/// A label as the scanner gave it.
package struct HIDPOSScan: Sendable, Equatable {
    /// The label's bytes, without the suffix that some scanners add.
    package let data: [UInt8]
    /// The AIM identifier; `nil` when the scanner sent none.
    package let identifier: AIMIdentifier?
    /// The maker's own byte for the symbology, from the vendor-defined field beside the data; `nil` without such a field.
    package let vendorCode: UInt8?
    /// How many reports it came in.
    package let reports: Int

    package init(data: [UInt8], identifier: AIMIdentifier?, vendorCode: UInt8?, reports: Int) {
        self.data = data
        self.identifier = identifier
        self.vendorCode = vendorCode
        self.reports = reports
    }

    /// The AIM identifier as the scanner sent it: "]E0".
    package var aim: String? { identifier?.description }

    /// The label with its symbology.
    /// - Parameter isZebra: whether "]X" is read as Zebra uses it.
    package func label(isZebra: Bool = false) -> Label {
        Label(data: data, identifier: identifier, vendorCode: vendorCode, isZebra: isZebra)
    }
}

/// Why a report is no part of a scan.
package enum HIDPOSIgnored: Sendable, Equatable, CustomStringConvertible {
    case emptyReport
    /// The descriptor has no report of this id.
    case unknownReport(id: UInt8)
    /// A report of the descriptor that carries no scanned data: a vendor's channel, a status.
    case otherReport(id: UInt8)
    case noData
    /// The report has fewer data bytes than its byte count says.
    case truncated
    /// The byte count is larger than the field it counts, so the label is not known.
    case byteCountTooLarge(declared: Int, capacity: Int)
    /// More than ``HIDPOSLimits`` allow for one label.
    case scanTooLong
    /// The other reports of a label never came.
    case fragmentsMissing
    /// The scanner's answer to a menu command, which comes in the report of scans.
    case commandAnswer

    package var description: String {
        switch self {
        case .emptyReport: "an empty report"
        case .unknownReport(let id): "the descriptor has no report \(id)"
        case .otherReport(let id): "report \(id) carries no scanned data"
        case .noData: "no data bytes"
        case .truncated: "the report ends before its data does"
        case .byteCountTooLarge(let declared, let capacity):
            "the byte count \(declared) exceeds the data field of \(capacity) bytes"
        case .scanTooLong: "the label is longer than any label may be"
        case .fragmentsMissing: "the rest of the label did not come"
        case .commandAnswer: "the answer to a command"
        }
    }

    /// Whether a person who holds a label has to read it again.
    package var spoilsScan: Bool {
        switch self {
        case .truncated, .byteCountTooLarge, .scanTooLong, .fragmentsMissing: true
        case .emptyReport, .unknownReport, .otherReport, .noData, .commandAnswer: false
        }
    }
}
