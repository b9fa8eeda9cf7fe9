import Synchronization
import USB

/// Which devices were told something already.
final class ToldOnce: Sendable {
    private let paths = Mutex<Set<USBPath>>([])

    /// Whether the device was not told yet. It counts as told from now on.
    func isFirst(_ path: USBPath) -> Bool { paths.withLock { $0.insert(path).inserted } }
}
