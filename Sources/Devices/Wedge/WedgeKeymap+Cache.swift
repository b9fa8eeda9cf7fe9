internal import Synchronization

extension WedgeKeymap {
    /// A layout costs some 10 ms to compile, and scanners come and go on a thread that also reads others.
    private static let cache = Mutex<[Name: WedgeKeymap]>([:])
    private static let cachedMax = 16

    private struct Name: Hashable {
        let layout: String
        let variant: String
    }

    /// A layout that was compiled before, or a new one. Safe on any thread.
    /// - Throws: ``DevicesError`` `.layoutUnknown`.
    static func named(_ layout: String, variant: String) throws(DevicesError) -> WedgeKeymap {
        let name = Name(layout: layout, variant: variant)
        if let keymap = cache.withLock({ $0[name] }) { return keymap }
        let keymap = try WedgeKeymap(layout: layout, variant: variant)
        cache.withLock { keymaps in
            if keymaps.count >= cachedMax { keymaps = [:] }
            keymaps[name] = keymap
        }
        return keymap
    }
}
