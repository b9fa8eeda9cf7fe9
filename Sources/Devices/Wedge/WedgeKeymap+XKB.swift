internal import CXKBCommon

extension WedgeKeymap {
    /// Compiles a layout of xkb-data. No pointer of the library outlives the call.
    /// - Throws: ``DevicesError`` `.layoutUnknown` when xkb-data has no such layout or variant, or is not installed.
    init(layout: String, variant: String) throws(DevicesError) {
        guard Self.isName(layout), variant.isEmpty || Self.isName(variant), let keyboard = XKBKeyboard(layout, variant)
        else {
            throw DevicesError(
                .layoutUnknown,
                "There is no keyboard layout \(Self.quoted(layout, variant)), so what this scanner types cannot be read. "
                    + "Set layout to a name of xkb-data such as us, de or fr, and see that xkb-data is installed")
        }
        // States in which the library sees the same modifiers and locks type the same.
        var known: [UInt64: State] = [:]
        for place in 0..<State.count {
            let state = State(place: place)
            keyboard.enter(state)
            if let twin = known[keyboard.effect] {
                share(state, with: twin)
            } else {
                known[keyboard.effect] = state
                set((0...255).map { keyboard.character(of: $0) }, for: state)
            }
        }
        guard character(of: WedgeKey.digits.lowerBound, in: State()) != .none else {
            throw DevicesError(
                .layoutUnknown,
                "\(Self.quoted(layout, variant)) is no keyboard layout: it has no digits. "
                    + "Set layout to a name of xkb-data such as us, de or fr")
        }
    }

    /// Names of layouts and variants are words; anything else could name a file elsewhere, or several layouts.
    private static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte == 0x2D || byte == 0x5F
            }
    }

    private static func quoted(_ layout: String, _ variant: String) -> String {
        "\"\(layout.prefix(64))\"" + (variant.isEmpty ? "" : " with the variant \"\(variant.prefix(64))\"")
    }
}

extension WedgeKeymap.State {
    init(place: Int) {
        modifiers = WedgeModifiers(rawValue: UInt8(truncatingIfNeeded: place))
        capsLock = place & 256 != 0
        numLock = place & 512 != 0
    }
}
