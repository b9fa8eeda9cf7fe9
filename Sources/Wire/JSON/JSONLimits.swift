/// The bounds of a JSON text.
enum JSONLimits {
    /// The longest text, in bytes: a message that fills a frame, each byte of it written as an escape.
    static let textBytesMax = 1 << 20
    /// How deep objects and lists may lie within each other: twice ``WireLimits/depthMax``, as a message within a list is two.
    static let depthMax = 16
}
