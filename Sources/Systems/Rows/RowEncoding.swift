/// What tells an encoding that cannot be read at all.
enum RowEncoding {
    /// - Throws: ``SystemsError`` `broken` for UTF-16 and UTF-32, which their first bytes tell (Unicode, section 23.8).
    static func check(_ bytes: [UInt8]) throws(SystemsError) {
        guard bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) else { return }
        throw SystemsError(
            .broken, "Line 1, column 1: the text is UTF-16. Save it as UTF-8, or as CSV UTF-8 in a spreadsheet program."
        )
    }
}
