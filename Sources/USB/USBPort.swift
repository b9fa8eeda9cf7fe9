/// An opened device. Every method is called on the bus's thread, and every handler runs there.
///
/// A port is not `Sendable`: it belongs to the actor that runs on the bus's thread.
public protocol USBPort: AnyObject {
    /// Takes an interface, detaching its kernel driver; the driver comes back when the interface is released.
    /// - Throws: ``USBError``; the driver is given back when the claim fails after the detach. `.busy` passes while the port
    ///   carries out what was asked of it before.
    func claim(interface: UInt8) throws

    /// Gives an interface and its kernel driver back. What is pending on its endpoints ends as `.cancelled`. Not needed
    /// after the device left.
    func release(interface: UInt8)

    /// A control transfer on endpoint 0. For a request into the host, `data` is empty and the completion holds at most
    /// `setup.length` bytes. A request to an interface or endpoint, unless it is a vendor's, fails while the interface is
    /// not claimed: the kernel refuses it while a driver is bound.
    func control(
        _ setup: USBSetup, data: [UInt8], timeout: Duration, completion: @escaping @Sendable (USBCompletion) -> Void)

    /// Keeps transfers pending on an IN endpoint of a claimed interface and hands over each completion, in order. The first completion that is
    /// not `.completed` is the last: the reading has stopped, and may be started again.
    func startReading(endpoint: UInt8, transferBytes: Int, handler: @escaping @Sendable (USBCompletion) -> Void)

    /// Sends one transfer to an OUT endpoint of a claimed interface.
    func write(
        endpoint: UInt8, data: [UInt8], timeout: Duration, completion: @escaping @Sendable (USBCompletion) -> Void)

    /// Ends an endpoint's halt after a stall (USB 2.0, section 9.4.5). What is asked of the port meanwhile follows after it.
    func clearHalt(endpoint: UInt8, completion: @escaping @Sendable (USBError?) -> Void)

    /// Resets the device on its port. Claims stay; readings and pending transfers end as `.cancelled`, and what the host had
    /// set in the device (line coding, reports sent) is lost. What is asked of the port meanwhile follows after it.
    /// `.notFound` means that it comes back as a new arrival.
    func reset(completion: @escaping @Sendable (USBError?) -> Void)

    /// Cancels every transfer, waits for their completions without blocking the thread, releases every interface, then
    /// closes. No handler runs after `close` returns.
    func close()
}

/// How a transfer ended.
public enum USBCompletion: Sendable, Equatable {
    /// The bytes that came in; empty for a transfer out, and for a zero-length report.
    case completed([UInt8])
    /// The endpoint is halted until ``USBPort/clearHalt(endpoint:)``.
    case stalled
    case timedOut
    case cancelled
    /// More came than fits (babble).
    case overflow
    /// The device is gone.
    case gone
    /// A low-level bus error: the device may be gone, or the next transfer may work.
    case failed
}

/// The eight bytes of a setup packet (USB 2.0, section 9.3).
public struct USBSetup: Sendable, Hashable {
    /// Direction, type and recipient (bmRequestType).
    public let requestType: UInt8
    /// The request (bRequest).
    public let request: UInt8
    /// What the request makes of it (wValue).
    public let value: UInt16
    /// The interface or endpoint, or what the request makes of it (wIndex).
    public let index: UInt16
    /// The bytes of the data stage (wLength).
    public let length: UInt16

    /// A setup packet of these fields.
    public init(requestType: UInt8, request: UInt8, value: UInt16, index: UInt16, length: UInt16) {
        self.requestType = requestType
        self.request = request
        self.value = value
        self.index = index
        self.length = length
    }
}
