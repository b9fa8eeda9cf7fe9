import Storage

/// Which keys may stand in the file, and which surely do not (Bloom, Communications of the ACM 13, 7, 1970): a first load asks
/// for millions of customers and cards that are not there, each in another part of the file.
///
/// It is begun when the file is empty, and every key that is written is added to it. What is taken away, or was never
/// committed, stays in it: then the file is asked for nothing.
struct KeyFilter: Sendable {
    /// 2 MiB: of two million keys one in forty is asked for in vain.
    private static let bits: UInt64 = 1 << 24

    /// The generation of the key that made the digests: under another one a key of the file may be missing in it.
    let generation: UInt8
    private var words = [UInt64](repeating: 0, count: Int(bits / 64))

    init(generation: UInt8 = 1) { self.generation = generation }

    mutating func add(_ key: BlindIndex, kind: Int64) {
        let places = Self.places(key, kind)
        for index in places.indices { words[Int(places[index] / 64)] |= 1 << (places[index] % 64) }
    }

    func mayHave(_ key: BlindIndex, kind: Int64) -> Bool {
        let places = Self.places(key, kind)
        return places.indices.allSatisfy { words[Int(places[$0] / 64)] & 1 << (places[$0] % 64) != 0 }
    }

    /// Keys are digests already; each gives four places. The same digest may be a key of several kinds.
    private static func places(_ key: BlindIndex, _ kind: Int64) -> SIMD4<UInt64> {
        let low = key.low ^ UInt64(bitPattern: kind) &* 0x9E37_79B9_7F4A_7C15
        return SIMD4(key.high % bits, (key.high >> 24) % bits, low % bits, (low >> 24) % bits)
    }
}
