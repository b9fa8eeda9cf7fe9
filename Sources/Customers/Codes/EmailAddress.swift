/// An e-mail address as it is compared: without the white space around it, in lower case.
///
/// By the letter of RFC 5321, section 2.4, the part before the @ may tell capitals from small letters; no provider that
/// customers use does, and people type both.
package struct EmailAddress: Sendable, Equatable {
    package let folded: String

    /// - Returns: `nil` for a text that has not one @ between two parts, or has white space inside.
    package init?(_ text: String) {
        if let plain = EmailAddress.plain(text) {
            folded = plain
            return
        }
        let trimmed = text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        guard !trimmed.contains(where: \.isWhitespace) else { return nil }
        let parts = trimmed.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        folded = String(trimmed).lowercased()
    }

    /// The usual case, read by bytes, which a first load of a million customers does a million times: printable ASCII
    /// without white space.
    private static func plain(_ text: String) -> String? {
        let bytes = text.utf8
        guard bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        guard let at = bytes.firstIndex(of: UInt8(ascii: "@")), at != bytes.startIndex else { return nil }
        let domain = bytes[bytes.index(after: at)...]
        guard !domain.isEmpty, !domain.contains(UInt8(ascii: "@")) else { return nil }
        let folded = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return String(decoding: folded, as: UTF8.self)
    }
}
