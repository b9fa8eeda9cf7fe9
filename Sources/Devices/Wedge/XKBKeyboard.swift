internal import CXKBCommon

/// A keyboard of libxkbcommon, whose keys can be pressed to see what they type. Not thread-safe, and short-lived.
final class XKBKeyboard {
    private let context: OpaquePointer
    private let keymap: OpaquePointer
    private var state: OpaquePointer

    /// - Returns: `nil` when the layout cannot be compiled.
    init?(_ layout: String, _ variant: String) {
        // The environment's XKB_DEFAULT_ variables are for desktops.
        guard let context = xkb_context_new(XKB_CONTEXT_NO_ENVIRONMENT_NAMES) else { return nil }
        // Nothing is to be printed: the error says it.
        xkb_context_set_log_level(context, xkb_log_level(rawValue: 0))
        guard let keymap = Self.compile(context, layout, variant) else {
            xkb_context_unref(context)
            return nil
        }
        guard let state = xkb_state_new(keymap) else {
            xkb_keymap_unref(keymap)
            xkb_context_unref(context)
            return nil
        }
        (self.context, self.keymap, self.state) = (context, keymap, state)
    }

    deinit {
        xkb_state_unref(state)
        xkb_keymap_unref(keymap)
        xkb_context_unref(context)
    }

    private static func compile(_ context: OpaquePointer, _ layout: String, _ variant: String) -> OpaquePointer? {
        layout.withCString { layout in
            variant.withCString { variant in
                // Without names of rules, model and options the library takes its own: evdev, pc105, none.
                var names = xkb_rule_names(rules: nil, model: nil, layout: layout, variant: variant, options: nil)
                return xkb_keymap_new_from_names(context, &names, XKB_KEYMAP_COMPILE_NO_FLAGS)
            }
        }
    }

    /// Begins anew with all keys up, toggles the locks, and holds the modifiers down.
    func enter(_ wanted: WedgeKeymap.State) {
        guard let fresh = xkb_state_new(keymap) else { return }
        xkb_state_unref(state)
        state = fresh
        if wanted.capsLock { tap(WedgeKey.capsLock) }
        if wanted.numLock { tap(WedgeKey.numLock) }
        for bit in 0..<UInt8(8) where wanted.modifiers.rawValue >> bit & 1 == 1 {
            xkb_state_update_key(state, Self.code(WedgeKey.firstModifier + bit), XKB_KEY_DOWN)
        }
    }

    /// What tells the library's states apart: the modifiers in effect, and the group of the layout.
    var effect: UInt64 {
        let group = xkb_state_serialize_layout(state, XKB_STATE_LAYOUT_EFFECTIVE)
        return UInt64(group) << 32 | UInt64(xkb_state_serialize_mods(state, XKB_STATE_MODS_EFFECTIVE))
    }

    /// What a key types in this state.
    ///
    /// With Ctrl held it types a control character or nothing. Where the layout has no Latin letter on a letter's key, the
    /// key's letter on a US keyboard says which.
    func character(of usage: UInt8) -> WedgeCharacter {
        guard usage < WedgeKey.firstModifier, WedgeKey.evdevCodes[Int(usage)] != 0 else { return .none }
        let typed = plainCharacter(of: Self.code(usage))
        guard isControlDown, typed.control == nil else { return typed }
        guard WedgeKey.letters.contains(usage), typed.rawValue > 0x7F else { return .none }
        return WedgeCharacter(rawValue: UInt32(usage - WedgeKey.letters.lowerBound + 1))
    }

    private var isControlDown: Bool {
        xkb_state_mod_name_is_active(state, XKB_MOD_NAME_CTRL, XKB_STATE_MODS_EFFECTIVE) > 0
    }

    private func plainCharacter(of code: UInt32) -> WedgeCharacter {
        let keysym = xkb_state_key_get_one_sym(state, code)
        if WedgeDeadKey.keysyms.contains(keysym) { return WedgeCharacter(dead: keysym) }
        // A layout's key may type several scalars; no label has them, and the first stands for all.
        let length = 16
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: length) { buffer in
            let count = Int(xkb_state_key_get_utf8(state, code, buffer.baseAddress, length))
            guard count > 0, count < length else { return .none }
            let text = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            return text.unicodeScalars.first.map { WedgeCharacter($0) } ?? .none
        }
    }

    private func tap(_ usage: UInt8) {
        xkb_state_update_key(state, Self.code(usage), XKB_KEY_DOWN)
        xkb_state_update_key(state, Self.code(usage), XKB_KEY_UP)
    }

    private static func code(_ usage: UInt8) -> UInt32 {
        UInt32(WedgeKey.evdevCodes[Int(usage)]) + WedgeKey.xkbOffset
    }
}
