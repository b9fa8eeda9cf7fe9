import Dispatch
import Synchronization

extension USBEventThread {
    /// Runs work on the thread and waits for its result; runs it at once when called on the thread.
    /// - Returns: `nil` when the thread is stopping: `work` did not run.
    func perform<Result: Sendable>(_ work: @escaping @Sendable () -> Result) -> Result? {
        if isCurrent { return work() }
        let result = ResultBox<Result>()
        let done = DispatchSemaphore(value: 0)
        let posted = executeUnbounded {
            result.value.withLock { $0 = work() }
            done.signal()
        }
        guard posted else { return nil }
        done.wait()
        return result.value.withLock { $0 }
    }

    private final class ResultBox<Result: Sendable>: Sendable {
        let value = Mutex<Result?>(nil)
    }
}
