extension WireCursor {
    /// Refuses what is no UTF-8 (Unicode, table 3-7), and a NUL, at which protobuf-c would cut the text off.
    consuming func checkText() throws(WireError) {
        var rest = self
        while !rest.isAtEnd {
            guard let length = rest.characterBytes() else {
                throw WireError(.textInvalid, "A text is no UTF-8, or holds a NUL. Send such data as bytes.")
            }
            rest.advance(length)
        }
    }

    /// How many bytes the character here has; `nil` when it is none.
    @inline(__always)
    private func characterBytes() -> Int? {
        switch position[0] {
        case 0x01...0x7F: 1
        case 0xC2...0xDF: continues(at: 1, 0x80...0xBF) ? 2 : nil
        case 0xE0: continues(at: 1, 0xA0...0xBF) && continues(at: 2, 0x80...0xBF) ? 3 : nil
        case 0xED: continues(at: 1, 0x80...0x9F) && continues(at: 2, 0x80...0xBF) ? 3 : nil
        case 0xE1...0xEF: continues(at: 1, 0x80...0xBF) && continues(at: 2, 0x80...0xBF) ? 3 : nil
        case 0xF0: continues(at: 1, 0x90...0xBF) && continuesTwice(at: 2) ? 4 : nil
        case 0xF1...0xF3: continues(at: 1, 0x80...0xBF) && continuesTwice(at: 2) ? 4 : nil
        case 0xF4: continues(at: 1, 0x80...0x8F) && continuesTwice(at: 2) ? 4 : nil
        default: nil
        }
    }

    private func continuesTwice(at index: Int) -> Bool {
        continues(at: index, 0x80...0xBF) && continues(at: index + 1, 0x80...0xBF)
    }

    @inline(__always)
    private func continues(at index: Int, _ range: ClosedRange<UInt8>) -> Bool {
        index < end - position && range.contains(position[index])
    }
}
