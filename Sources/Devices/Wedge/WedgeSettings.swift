/// How a scanner that types was set up.
package struct WedgeSettings: Sendable, Hashable {
    /// What the number means that is typed on the numeric keypad while the left Alt key is held.
    package enum AltCodes: String, Sendable, Hashable, CaseIterable {
        /// As on Windows: with a leading 0 a byte of Windows-1252, without one of code page 437. Control characters are
        /// themselves in both.
        case codePage
        /// The number of a Unicode scalar.
        case unicode
        /// One to four bytes of UTF-8, the first one the highest.
        case utf8Integer
    }

    /// The keys that end a scan.
    package struct Terminators: OptionSet, Sendable, Hashable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Enter, and that of the numeric keypad.
        package static let enter = Terminators(rawValue: 1)
        package static let tab = Terminators(rawValue: 2)
    }

    /// The keyboard layout that the scanner is set to, by its name in xkb-data: "us", "de", "fr".
    package var layout = "us"
    /// A variant of the layout by its name in xkb-data, "nodeadkeys"; empty for the usual one.
    package var variant = ""
    package var altCodes = AltCodes.codePage
    package var terminators: Terminators = [.enter, .tab]
    /// How long after its last key a scan without a terminator ends. Slow scanners take 100 ms from key to key.
    package var silence = Duration.milliseconds(200)
    /// Whether the scanner types the AIM identifier in front of the label. Only then is "]cm" no part of the label.
    package var identifierIsSent = false
    /// Whether Ctrl and the key of "]" on a US keyboard (usage 30) mean GS on every layout, as scanners send GS1's separator.
    package var ctrlBracketIsGS = true
    /// Keys that stand for a byte, by their usage on page 07: some scanners type GS as F8 (41) or as Down (51).
    package var functionKeys: [UInt8: UInt8] = [:]

    package init() {}
}
