extension WedgeKeymap {
    /// The accent of a dead key; `nil` for one that no scanner types.
    ///
    /// On "us" with the variant "intl" the acute accent and a space are an apostrophe, and the diaeresis and a space a
    /// quotation mark, as on Windows: those have no other key there without AltGr.
    func deadKey(_ keysym: UInt32) -> WedgeDeadKey? {
        guard let key = WedgeDeadKey.known[keysym] else { return nil }
        let lookAlike: Unicode.Scalar
        switch key.combining {
        case "\u{301}": lookAlike = "'"
        case "\u{308}": lookAlike = "\""
        default: return key
        }
        return hasKey(for: lookAlike) ? key : WedgeDeadKey(combining: key.combining, spacing: lookAlike)
    }

    private func hasKey(for scalar: Unicode.Scalar) -> Bool {
        [State(), State(modifiers: .leftShift)].contains { state in
            (UInt8(0)..<WedgeKey.firstModifier).contains { character(of: $0, in: state).scalar == scalar }
        }
    }
}
