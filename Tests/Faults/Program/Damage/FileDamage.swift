/// What becomes of a file on a bad disk.
enum FileDamage: CaseIterable {
    /// Some bits are the other way round.
    case flips
    /// The end is missing.
    case cut
    /// Nothing is left.
    case emptied
    /// A page is zeros, as a disk gives a sector that it has lost.
    case zeros
    /// A page is something else.
    case garbage
    /// Two pages stand in each other's place.
    case swapped

    static let pageBytes = 4_096
    private static let flipsMax = 64

    /// - Parameter bytes: those of a file that is not empty.
    func apply(to bytes: inout [UInt8], _ random: inout SplitMix) {
        func below(_ bound: Int) -> Int { Int(random.next() % UInt64(max(1, bound))) }
        let pages = (bytes.count + Self.pageBytes - 1) / Self.pageBytes
        func page(_ number: Int) -> Range<Int> {
            number * Self.pageBytes..<min(bytes.count, (number + 1) * Self.pageBytes)
        }
        switch self {
        case .flips:
            for _ in 0...below(Self.flipsMax) { bytes[below(bytes.count)] ^= 1 << UInt8(below(8)) }
        case .cut: bytes.removeLast(1 + below(bytes.count))
        case .emptied: bytes = []
        case .zeros:
            for place in page(below(pages)) { bytes[place] = 0 }
        case .garbage:
            for place in page(below(pages)) { bytes[place] = UInt8(truncatingIfNeeded: random.next()) }
        case .swapped:
            let (one, other) = (page(below(pages)), page(below(pages)))
            guard one.count == other.count else { return }
            let first = Array(bytes[one])
            bytes.replaceSubrange(one, with: bytes[other])
            bytes.replaceSubrange(other, with: first)
        }
    }
}
