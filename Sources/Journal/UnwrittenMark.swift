import Glibc

/// A few bytes on the disk beside the journal, written over in place, which needs no room, so that they work on a full disk:
/// whether numbers were given to scans which the journal's file never received, and how many it did receive.
///
/// A start that finds the first set, or the journal with fewer than the second says, must not continue the numbering, or a
/// till would take new scans for ones it has had.
final class UnwrittenMark {
    /// What an epoch's lanes have on the disk.
    struct Told: Sendable, Equatable {
        let epoch: UInt64
        /// The last numbers of all lanes together.
        let numbers: UInt64
    }

    private static let clear = UInt8(ascii: "0")
    private static let set = UInt8(ascii: "1")
    /// Where what the journal has received stands: the epoch, the numbers, and a sum of both.
    private static let toldPlace = off_t(8)

    private let file: Int32
    private(set) var isSet: Bool

    /// - Parameter path: the journal's file.
    init(path: String) {
        file = open("\(path).unwritten", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        var byte = UnwrittenMark.clear
        let isThere = file >= 0 && pread(file, &byte, 1, 0) == 1
        isSet = isThere && byte == UnwrittenMark.set
        if !isThere { write(UnwrittenMark.clear) }
    }

    deinit {
        if file >= 0 { close(file) }
    }

    /// Does what the disk allows; where not even this works, a restart before the disk is well again can give a number
    /// twice.
    func update(_ value: Bool) {
        guard value != isSet, write(value ? UnwrittenMark.set : UnwrittenMark.clear) else { return }
        isSet = value
    }

    /// - Returns: whether the disk took it; if not, the next word is tried again.
    @discardableResult
    private func write(_ byte: UInt8) -> Bool {
        guard file >= 0, withUnsafeBytes(of: byte, { pwrite(file, $0.baseAddress, 1, 0) }) == 1 else { return false }
        return fdatasync(file) == 0
    }

    // MARK: What the journal has received

    /// What was noted last; `nil` when nothing was, or it is damaged.
    var told: Told? { Told(file: file, at: Self.toldPlace) }

    /// Notes what is on the disk, before anybody is told of it. It is not waited for: after a power cut an older word may be
    /// there, which is no less true.
    func note(_ told: Told) { told.write(to: file, at: Self.toldPlace) }
}

extension UnwrittenMark.Told {
    /// - Returns: `nil` when nothing stands there, or it is damaged.
    init?(file: Int32, at place: off_t) {
        var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
        let count = withUnsafeMutableBytes(of: &words) { pread(file, $0.baseAddress, $0.count, place) }
        guard count == MemoryLayout.size(ofValue: words), words.2 == Self.sum(words.0, words.1) else { return nil }
        self.init(epoch: words.0, numbers: words.1)
    }

    func write(to file: Int32, at place: off_t) {
        let words = (epoch, numbers, Self.sum(epoch, numbers))
        _ = withUnsafeBytes(of: words) { pwrite(file, $0.baseAddress, $0.count, place) }
    }

    /// Tells a word from bits that were turned over.
    private static func sum(_ epoch: UInt64, _ numbers: UInt64) -> UInt64 {
        (epoch ^ 0x9E37_79B9_7F4A_7C15) &* 0xBF58_476D_1CE4_E5B9 ^ (numbers &+ 1) &* 0x94D0_49BB_1331_11EB
    }
}
