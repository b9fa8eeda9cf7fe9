import Devices
import Synchronization

/// How the steps of a test ended, once there is something to tell.
final class TestOutcome: Sendable {
    private let kept = Mutex<[DeviceOrderEnd]?>(nil)

    var ends: [DeviceOrderEnd]? { kept.withLock { $0 } }

    func keep(_ ends: [DeviceOrderEnd]) {
        kept.withLock { $0 = ends }
    }
}
