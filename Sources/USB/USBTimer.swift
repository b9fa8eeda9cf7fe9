/// Work that waits on the event thread for its time.
public struct USBTimer: Sendable {
    private let thread: USBEventThread
    private let id: UInt64

    init(thread: USBEventThread, id: UInt64) {
        self.thread = thread
        self.id = id
    }

    /// Drops the work. Called on the event thread, it will surely not run; called elsewhere, it may be running just now.
    public func cancel() {
        thread.cancelTimer(id)
    }
}
