/// A HID display that no maker sells: composed from the usage tables of page 14, because no report descriptor of a real one
/// is published. It stands in where no display is plugged in, and is read through the parser like any other.
///
/// | report | way | bytes behind the id |
/// |---|---|---|
/// | 1 | feature | rows, columns, 1 for an ASCII set |
/// | 2 | out | bit 0 clear, bit 1 enable |
/// | 3 | out | row and column from 0, 20 characters |
/// | 4 | in | 1 not ready, 2 ready, 3 not loadable, 4 font unreadable |
package struct SyntheticDisplay: Sendable, Equatable {
    package static let size = DisplaySize.standard

    package static let reportDescriptor: [UInt8] = [
        0x05, 0x14,  // Usage Page (Alphanumeric Display)
        0x09, 0x01,  // Usage (Alphanumeric Display)
        0xA1, 0x01,  // Collection (Application)
        0x15, 0x00,  //   Logical Minimum (0)
        0x75, 0x08,  //   Report Size (8)
        0x09, 0x20,  //   Usage (Display Attributes Report)
        0xA1, 0x02,  //   Collection (Logical)
        0x85, 0x01,  //     Report ID (1)
        0x25, 0x50,  //     Logical Maximum (80)
        0x09, 0x35,  //     Usage (Rows)
        0x09, 0x36,  //     Usage (Columns)
        0x95, 0x02,  //     Report Count (2)
        0xB1, 0x03,  //     Feature (Constant, Variable)
        0x25, 0x01,  //     Logical Maximum (1)
        0x09, 0x21,  //     Usage (ASCII Character Set)
        0x95, 0x01,  //     Report Count (1)
        0xB1, 0x03,  //     Feature (Constant, Variable)
        0xC0,  //         End Collection
        0x09, 0x24,  //   Usage (Display Control Report)
        0xA1, 0x02,  //   Collection (Logical)
        0x85, 0x02,  //     Report ID (2)
        0x75, 0x01,  //     Report Size (1)
        0x95, 0x02,  //     Report Count (2)
        0x09, 0x25,  //     Usage (Clear Display)
        0x09, 0x26,  //     Usage (Display Enable)
        0x91, 0x02,  //     Output (Data, Variable)
        0x95, 0x06,  //     Report Count (6)
        0x91, 0x03,  //     Output (Constant, Variable)
        0xC0,  //         End Collection
        0x09, 0x2B,  //   Usage (Character Report)
        0xA1, 0x02,  //   Collection (Logical)
        0x85, 0x03,  //     Report ID (3)
        0x75, 0x08,  //     Report Size (8)
        0x95, 0x01,  //     Report Count (1)
        0x25, 0x01,  //     Logical Maximum (1)
        0x09, 0x33,  //     Usage (Row)
        0x91, 0x02,  //     Output (Data, Variable)
        0x25, 0x13,  //     Logical Maximum (19)
        0x09, 0x34,  //     Usage (Column)
        0x91, 0x02,  //     Output (Data, Variable)
        0x26, 0xFF, 0x00,  // Logical Maximum (255)
        0x09, 0x2C,  //     Usage (Display Data)
        0x95, 0x14,  //     Report Count (20)
        0x92, 0x02, 0x01,  // Output (Data, Variable, Buffered Bytes)
        0xC0,  //         End Collection
        0x09, 0x2D,  //   Usage (Display Status)
        0xA1, 0x02,  //   Collection (Logical)
        0x85, 0x04,  //     Report ID (4)
        0x15, 0x01,  //     Logical Minimum (1)
        0x25, 0x04,  //     Logical Maximum (4)
        0x19, 0x2E,  //     Usage Minimum (Status Not Ready)
        0x29, 0x31,  //     Usage Maximum (Font Data Cannot Be Read)
        0x95, 0x01,  //     Report Count (1)
        0x81, 0x00,  //     Input (Data, Array)
        0xC0,  //         End Collection
        0xC0,  //       End Collection
    ]

    /// The answer to GET_REPORT for feature report 1.
    package static let attributesReport: [UInt8] = [1, UInt8(size.rows), UInt8(size.columns), 1]

    /// What it shows: one string a row.
    package private(set) var lines: [String] = blank
    package private(set) var isEnabled = true

    package init() {}

    /// Takes a report as the host sends it, by interrupt OUT or by SET_REPORT. What it does not know it ignores.
    package mutating func take(_ report: [UInt8]) {
        switch report.first {
        case 2 where report.count == 2:
            if report[1] & 1 != 0 { lines = Self.blank }
            isEnabled = report[1] & 2 != 0
        case 3 where report.count == 23 && report[1] < Self.size.rows && report[2] < Self.size.columns:
            var cells = Array(lines[Int(report[1])].utf8)
            for (index, byte) in report[3...].enumerated() where Int(report[2]) + index < cells.count {
                cells[Int(report[2]) + index] = byte
            }
            lines[Int(report[1])] = String(decoding: cells, as: UTF8.self)
        default: break
        }
    }

    private static let blank = Array(repeating: String(repeating: " ", count: size.columns), count: size.rows)
}
