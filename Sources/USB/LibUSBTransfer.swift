import CLibUSB

/// One libusb transfer with its buffer, used again and again.
///
/// While it is in flight libusb holds one reference to it, taken at submission and given back by the callback, so that
/// neither the transfer nor its buffer can be freed too early, and both are freed when nobody needs them.
final class LibUSBTransfer: ReadingTransfer {
    /// What follows a transfer's end. It runs on the event thread, after libusb's callback has returned, so that it may
    /// call everything: inside a callback libusb holds locks that opening and closing a device take as well.
    var onCompletion: (() -> Void)?
    private(set) var isInFlight = false

    private let transfer: UnsafeMutablePointer<libusb_transfer>
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private let thread: USBEventThread
    private let census: USBCensus

    /// - Returns: `nil` when memory ran out.
    init?(bufferBytes: Int, thread: USBEventThread, census: USBCensus) {
        guard let transfer = libusb_alloc_transfer(0) else { return nil }
        self.transfer = transfer
        self.thread = thread
        self.census = census
        buffer = .allocate(capacity: bufferBytes)
        buffer.initialize(repeating: 0)
        transfer.pointee.buffer = buffer.baseAddress
        transfer.pointee.length = Int32(bufferBytes)
        transfer.pointee.callback = transferEnded
        census.transferBegan()
    }

    deinit {
        libusb_free_transfer(transfer)
        buffer.deallocate()
        census.transferEnded()
    }

    var status: libusb_transfer_status { transfer.pointee.status }

    /// True when its data comes into the host.
    var isIn: Bool {
        guard transfer.pointee.type == UInt8(LIBUSB_TRANSFER_TYPE_CONTROL.rawValue) else {
            return transfer.pointee.endpoint & 0x80 != 0
        }
        return (buffer.first ?? 0) & 0x80 != 0
    }

    /// The bytes that came in, after the setup packet for a control transfer.
    var received: [UInt8] {
        let count = Int(transfer.pointee.actual_length)
        let start = transfer.pointee.type == UInt8(LIBUSB_TRANSFER_TYPE_CONTROL.rawValue) ? Self.setupBytes : 0
        guard count > 0, start + count <= buffer.count else { return [] }
        return Array(buffer[start..<start + count])
    }

    func fill(handle: OpaquePointer, endpoint: USBEndpoint, timeoutMilliseconds: UInt32) {
        transfer.pointee.dev_handle = handle
        transfer.pointee.endpoint = endpoint.address
        transfer.pointee.type = endpoint.kind.rawValue
        transfer.pointee.timeout = timeoutMilliseconds
    }

    func fill(from bytes: [UInt8]) {
        for (index, byte) in bytes.prefix(buffer.count).enumerated() { buffer[index] = byte }
    }

    /// - Returns: libusb's status; 0 means that ``onCompletion`` will be called, anything else that it will not.
    func submit() -> Int32 {
        let box = Unmanaged.passRetained(self)
        transfer.pointee.user_data = box.toOpaque()
        let status = libusb_submit_transfer(transfer)
        if status == 0 { isInFlight = true } else { box.release() }
        return status
    }

    /// Asks for the end of a transfer in flight. It still ends by its callback, perhaps with data.
    func cancel() {
        guard isInFlight else { return }
        _ = libusb_cancel_transfer(transfer)
    }

    /// How it ended as one of a reading.
    var completion: USBCompletion { USBCompletion(status: status, bytes: received).keepingReport(received) }

    fileprivate func endedInCallback() {
        let transfer = ThreadBound(self, to: thread)
        thread.executeUnbounded { transfer.value.ended() }
    }

    private func ended() {
        isInFlight = false
        onCompletion?()
    }

    /// The setup packet in front of a control transfer's data.
    static let setupBytes = 8
}

private func transferEnded(_ transfer: UnsafeMutablePointer<libusb_transfer>?) {
    guard let box = transfer?.pointee.user_data else { return }
    Unmanaged<LibUSBTransfer>.fromOpaque(box).takeRetainedValue().endedInCallback()
}
