import Glibc

/// A byte on the disk that says whether numbers were given to scans which the journal's file never received.
///
/// The file beside the journal is written over in place, which needs no room, so that it works on a full disk. A start
/// that finds it set must not continue the numbering, or a till would take new scans for ones it has had.
final class UnwrittenMark {
    private static let clear = UInt8(ascii: "0")
    private static let set = UInt8(ascii: "1")

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
}
