extension USBEventThread: SerialExecutor {
    /// Runs a job of an actor on this thread. Safe on every thread.
    public func enqueue(_ job: consuming ExecutorJob) {
        post(UnownedJob(job))
    }

    /// This thread, as actors hold it.
    public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    /// Stops the process when it is called on another thread.
    public func checkIsolated() {
        precondition(isCurrent, "Expected to run on the USB event thread")
    }

    /// True on this thread.
    public func isIsolatingCurrentContext() -> Bool? {
        isCurrent
    }
}
