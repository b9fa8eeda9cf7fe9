extension USBEventThread: SerialExecutor {
    public func enqueue(_ job: consuming ExecutorJob) {
        post(UnownedJob(job))
    }

    public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    public func checkIsolated() {
        precondition(isCurrent, "Expected to run on the USB event thread")
    }

    public func isIsolatingCurrentContext() -> Bool? {
        isCurrent
    }
}
