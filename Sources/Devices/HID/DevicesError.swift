/// What went wrong between bytes and their meaning.
package struct DevicesError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// A report descriptor that breaks HID 1.11.
        case descriptorMalformed
        /// A report descriptor beyond a bound of ``HIDLimits``.
        case descriptorTooLarge
        /// The descriptor is sound, and not that of a bar code scanner.
        case notAScanner
        /// The descriptor is sound, and not that of a character display.
        case notADisplay
        /// The descriptor is sound, and not that of a keyboard.
        case notAKeyboard
        /// xkb-data has no such keyboard layout or variant.
        case layoutUnknown
        /// A display's command that cannot be understood.
        case notATemplate
    }

    package let code: Code
    /// What happened, why, and what to do. Holds no scanned data.
    package let message: String
    /// Where in the descriptor, in bytes from its start.
    package let byteOffset: Int?
    /// The words of whatever failed below.
    package let cause: String?

    package init(_ code: Code, _ message: String, byteOffset: Int? = nil, cause: String? = nil) {
        self.code = code
        self.message = message
        self.byteOffset = byteOffset
        self.cause = cause
    }

    package var description: String {
        let place = byteOffset.map { " at byte \($0)" } ?? ""
        return "\(message)\(place)" + (cause.map { " (\($0))" } ?? "")
    }
}
