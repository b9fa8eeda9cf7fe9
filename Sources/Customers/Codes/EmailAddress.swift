/// An e-mail address as it is compared: without the white space around it, in lower case.
///
/// By the letter of RFC 5321, section 2.4, the part before the @ may tell capitals from small letters; no provider that
/// customers use does, and people type both.
struct EmailAddress: Sendable, Equatable {
    let folded: String

    /// - Returns: `nil` for a text that has not one @ between two parts, or has white space inside.
    init?(_ text: String) {
        let trimmed = text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        guard !trimmed.contains(where: \.isWhitespace) else { return nil }
        let parts = trimmed.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        folded = String(trimmed).lowercased()
    }
}
