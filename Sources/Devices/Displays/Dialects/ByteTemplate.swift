/// Bytes with places in them: `1F 24 01 {row} {text}`.
///
/// Two hexadecimal digits are a byte, a name in braces is a place. This is how a command of a display is written, in the
/// table of the dialects and in the configuration.
package struct ByteTemplate: Sendable, Hashable, CustomStringConvertible {
    /// A place, and what fills it.
    package enum Place: String, Sendable, CaseIterable {
        /// The row as one byte, from 1.
        case row
        /// The row as decimal digits, from 1.
        case rowDigits = "row_digits"
        /// The column as one byte, from 1.
        case column
        /// The column as decimal digits, from 1.
        case columnDigits = "column_digits"
        /// The number of the cell, or of the row's first one, as one byte, from 0: row by row.
        case cell
        /// The row's bytes.
        case text
        /// The brightness as one byte, 1 to 4.
        case level
        /// How long a blinking text is seen, and then not, as one byte, in 50 ms; 0 for a steady text.
        case ticks
    }

    private enum Part: Sendable, Hashable {
        case byte(UInt8)
        case place(Place)
    }

    /// How long a template may be, in characters.
    package static let charactersMax = 200

    private let parts: [Part]
    package let description: String

    /// - Throws: ``DevicesError`` `.notATemplate`, with what is wrong.
    package init(_ text: String) throws(DevicesError) {
        guard text.utf8.count <= Self.charactersMax else {
            throw DevicesError(.notATemplate, "A command is at most \(Self.charactersMax) characters long.")
        }
        var parts: [Part] = []
        for word in text.split(whereSeparator: \.isWhitespace) { parts.append(try Self.part(word)) }
        self.parts = parts
        description = text
    }

    private static func part(_ word: Substring) throws(DevicesError) -> Part {
        if word.first == "{", word.last == "}" {
            if let place = Place(rawValue: String(word.dropFirst().dropLast())) { return .place(place) }
            let known = Place.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
            throw DevicesError(.notATemplate, "\(word) is no place of a command. There are \(known).")
        }
        guard word.utf8.count == 2, let byte = UInt8(word, radix: 16), word.first?.isHexDigit == true else {
            throw DevicesError(
                .notATemplate, "\"\(word)\" is no byte. A byte is two hexadecimal digits, such as 1B.")
        }
        return .byte(byte)
    }

    package func has(_ place: Place) -> Bool { parts.contains(.place(place)) }

    /// - Parameter fill: the bytes of a place.
    package func bytes(_ fill: (Place) -> [UInt8] = { _ in [] }) -> [UInt8] {
        parts.flatMap { part in
            switch part {
            case .byte(let byte): [byte]
            case .place(let place): fill(place)
            }
        }
    }
}
