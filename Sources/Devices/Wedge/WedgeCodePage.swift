/// The two code pages of numbers typed with Alt held on Windows.
enum WedgeCodePage {
    /// The character of a byte. Bytes that Windows-1252 leaves out are the control characters of their numbers, and so are
    /// the first 32 of both: a label holds separators, and not the pictures that code page 437 shows for them.
    static func scalar(_ byte: UInt8, isWindows: Bool) -> Unicode.Scalar {
        guard byte >= 0x80 else { return Unicode.Scalar(byte) }
        if !isWindows { return ibm437[Int(byte - 0x80)] }
        guard byte < 0xA0 else { return Unicode.Scalar(byte) }
        return windows1252[Int(byte - 0x80)]
    }

    /// 80 to 9F; from A0 on it is Latin-1.
    private static let windows1252 = Array(
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)

    /// 80 to FF.
    private static let ibm437 = Array(
        ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
            + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}")
            .unicodeScalars)
}
