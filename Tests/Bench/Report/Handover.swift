import Dispatch
import Foundation
import Synchronization

/// Work on a thread of its own, and its result.
final class Handover<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let done = DispatchSemaphore(value: 0)

    func start(_ work: @escaping @Sendable () throws -> Value) {
        let thread = Thread { [self] in
            let value = Result { try work() }
            result.withLock { $0 = value }
            done.signal()
        }
        thread.start()
    }

    /// Waits for the result, once.
    func wait() throws -> Value {
        done.wait()
        guard let result = result.withLock({ $0 }) else { throw BenchError("A thread ended without a result.") }
        return try result.get()
    }
}
