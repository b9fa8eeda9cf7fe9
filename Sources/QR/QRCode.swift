import CQREncode

/// A text as a QR code (ISO/IEC 18004), to be shown in a terminal.
package struct QRCode: Sendable {
    /// The rows from the top; `true` is dark.
    package let rows: [[Bool]]

    /// How many light modules stand around the code (ISO/IEC 18004, section 5.3.8).
    private static let quietZone = 4

    /// - Returns: `nil` when the text is too long, or the library has no memory.
    package init?(_ text: String) {
        guard let code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 0) else { return nil }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        let modules = UnsafeBufferPointer(start: code.pointee.data, count: width * width)
        rows = (0..<width).map { row in (0..<width).map { modules[row * width + $0] & 1 == 1 } }
    }

    /// The code in lines of a terminal, two rows a line, light on dark, as most terminals are.
    package var lines: [String] {
        let width = rows.count + 2 * Self.quietZone
        let blank = [[Bool]](repeating: [Bool](repeating: false, count: width), count: Self.quietZone)
        let margin = [Bool](repeating: false, count: Self.quietZone)
        let all = blank + rows.map { margin + $0 + margin } + blank
        return stride(from: 0, to: all.count, by: 2).map { top in
            (0..<width).map { column in
                let isBottomLight = top + 1 < all.count && !all[top + 1][column]
                return switch (!all[top][column], isBottomLight) {
                case (true, true): "█"
                case (true, false): "▀"
                case (false, true): "▄"
                case (false, false): " "
                }
            }.joined()
        }
    }
}
