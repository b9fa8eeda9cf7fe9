import Glibc

/// How many changes of everything but scans the journal's file has received, noted beside it in the file of the
/// ``UnwrittenMark``: a start that finds fewer in the journal knows that its log was cut, though no scan is missing.
final class ChangesMark: Sendable {
    /// Where it stands: the epoch, the number, and a sum of both.
    private static let place = off_t(32)

    private let file: Int32

    /// - Parameter path: the journal's file.
    init(path: String) {
        file = open("\(path).unwritten", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    }

    deinit {
        if file >= 0 { close(file) }
    }

    /// What was noted last; `nil` when nothing was, or it is damaged.
    var told: UnwrittenMark.Told? { UnwrittenMark.Told(file: file, at: Self.place) }

    /// Notes what is on the disk. It is not waited for: an older word is no less true.
    func note(epoch: UInt64, changes: UInt64) {
        UnwrittenMark.Told(epoch: epoch, numbers: changes).write(to: file, at: Self.place)
    }
}
