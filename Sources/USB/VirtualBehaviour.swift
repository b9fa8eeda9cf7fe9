/// How a virtual device answers what it is sent. Both functions run on the bus's thread and return at once.
public protocol VirtualBehaviour: Sendable {
    /// Answers a control transfer. For a request into the host `data` is empty and the completion holds the answer, which
    /// is cut to `setup.length` bytes.
    func control(_ setup: USBSetup, data: [UInt8]) -> USBCompletion

    /// Takes a transfer to an OUT endpoint. After `.stalled` the endpoint stays halted, and this is not called again, until
    /// ``USBPort/clearHalt(endpoint:)``.
    func write(endpoint: UInt8, data: [UInt8]) -> USBCompletion
}
