/// Something that only the event thread may touch, held by something that every thread may hold.
///
/// The compiler cannot see threads, so this stands in for its check: every access asks whether it is on the thread.
final class ThreadBound<Value>: @unchecked Sendable {
    private let thread: USBEventThread
    private let bound: Value

    init(_ value: Value, to thread: USBEventThread) {
        bound = value
        self.thread = thread
    }

    var value: Value {
        thread.checkIsolated()
        return bound
    }
}
