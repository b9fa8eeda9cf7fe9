/// A keyed digest by which an exact value is found without being stored; see ``Vault/index(of:domain:)``. It is a value of two
/// words rather than an array, because a first load makes and sorts millions of them.
package struct BlindIndex: Sendable, Hashable, Comparable {
    /// The length as it stands in a file.
    package static let byteCount = 16

    /// The first eight bytes, the first of them the highest.
    package let high: UInt64
    /// The others.
    package let low: UInt64

    /// - Parameter bytes: ``byteCount`` of them; further ones do not count, and missing ones are zero.
    package init(_ bytes: UnsafeRawBufferPointer) {
        var words: (UInt64, UInt64) = (0, 0)
        withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes.prefix(16))) }
        (high, low) = (UInt64(bigEndian: words.0), UInt64(bigEndian: words.1))
    }

    package var bytes: [UInt8] { withBytes { [UInt8]($0) } }

    /// Lends the bytes.
    func withBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        try withUnsafeBytes(of: (high.bigEndian, low.bigEndian), body)
    }

    /// The order of the bytes, which is the order in a file's index.
    package static func < (one: BlindIndex, other: BlindIndex) -> Bool {
        one.high == other.high ? one.low < other.low : one.high < other.high
    }

    package func hash(into hasher: inout Hasher) {
        // Its bits are as good as random, and nobody without the key chooses them.
        hasher.combine(high)
    }
}
