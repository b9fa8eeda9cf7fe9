extension WedgeSettings {
    /// Looks its layout and variant up in xkb-data.
    /// - Throws: ``DevicesError`` `.layoutUnknown`: what to write instead.
    package func checkLayout() throws(DevicesError) {
        _ = try WedgeKeymap.named(layout, variant: variant)
    }
}
