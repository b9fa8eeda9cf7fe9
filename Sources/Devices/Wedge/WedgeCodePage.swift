/// The two code pages of numbers typed with Alt held on Windows.
enum WedgeCodePage {
    /// The character of a byte. Bytes that Windows-1252 leaves out are the control characters of their numbers, and so are
    /// the first 32 of both: a label holds separators, and not the pictures that code page 437 shows for them.
    static func scalar(_ byte: UInt8, isWindows: Bool) -> Unicode.Scalar {
        (isWindows ? CodePage.cp1252 : .cp437).scalar(of: byte) ?? Unicode.Scalar(byte)
    }
}
