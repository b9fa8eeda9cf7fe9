extension WedgeDecoder {
    /// Whether a scan looks as if the scanner were set to another keyboard layout than ``settings`` say.
    /// - Returns: a sentence for a technician that says what to set; `nil` when nothing looks wrong.
    package func layoutSuspicion(_ data: [UInt8]) -> String? {
        guard let text = String(validating: data, as: UTF8.self)?.unicodeScalars else { return nil }
        if isDigitRow(text, []) {
            return "The digits look typed on a US keyboard and read as \"\(settings.layout)\": "
                + "set layout: us, or set the scanner to \"\(settings.layout)\""
        }
        if isDigitRow(text, .leftShift) {
            return "The digits look typed with Shift, as a French, Belgian or Czech keyboard types them, and read as "
                + "\"\(settings.layout)\": set layout: fr, be or cz, or set the scanner to \"\(settings.layout)\""
        }
        if isWebAddress(text) {
            return "The web address looks typed on a US keyboard and read as \"\(settings.layout)\": "
                + "set layout: us, or set the scanner to \"\(settings.layout)\""
        }
        return nil
    }

    /// Whether all characters are those that the row of digits types, none of them is a digit, and there are as many as in
    /// an EAN-8 or more.
    private func isDigitRow(_ text: String.UnicodeScalarView, _ modifiers: WedgeModifiers) -> Bool {
        let row = WedgeKey.digits.map { character($0, modifiers) }
        guard !row.contains(where: { $0.map(Self.isDigit) ?? true }), text.count >= 8 else { return false }
        return text.allSatisfy { row.contains($0) }
    }

    /// "http" or "https", then what the keys of "://" type where it is something else.
    private func isWebAddress(_ text: String.UnicodeScalarView) -> Bool {
        guard let colon = character(WedgeKey.semicolon, .leftShift), let slash = character(WedgeKey.slash, []),
            colon != ":" || slash != "/"
        else { return false }
        return ["http", "https"].contains { scheme in
            text.starts(with: Array(scheme.unicodeScalars) + [colon, slash, slash])
        }
    }

    private func character(_ usage: UInt8, _ modifiers: WedgeModifiers) -> Unicode.Scalar? {
        let character = keymap.character(of: usage, in: WedgeKeymap.State(modifiers: modifiers))
        return character.scalar ?? character.deadKeysym.flatMap { keymap.deadKey($0)?.spacing }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
