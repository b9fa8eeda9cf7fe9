/// A phone number as ITU-T E.164 writes it.
package struct PhoneNumber: Sendable, Hashable {
    /// A plus sign and 7 to 15 digits.
    package let e164: String

    /// Reads a number however it is typed.
    /// - Parameter region: whose numbers come without a country code.
    /// - Returns: `nil` for a text that is no number.
    package init?(_ text: String, region: PhoneRegion) {
        guard let typed = TypedNumber(text) else { return nil }
        guard let e164 = typed.e164(in: region) else { return nil }
        self.e164 = e164
    }
}
