import CLibUSB

extension USBCompletion {
    /// How the kernel's URB status arrives here: 0 and EREMOTEIO completed, ENODEV and ESHUTDOWN gone, EPIPE stalled,
    /// EOVERFLOW overflow, ENOENT and ECONNRESET cancelled or timed out, everything else failed (libusb 1.0.26,
    /// linux_usbfs.c).
    init(status: libusb_transfer_status, bytes: @autoclosure () -> [UInt8]) {
        switch status {
        case LIBUSB_TRANSFER_COMPLETED: self = .completed(bytes())
        case LIBUSB_TRANSFER_STALL: self = .stalled
        case LIBUSB_TRANSFER_TIMED_OUT: self = .timedOut
        case LIBUSB_TRANSFER_CANCELLED: self = .cancelled
        case LIBUSB_TRANSFER_OVERFLOW: self = .overflow
        case LIBUSB_TRANSFER_NO_DEVICE: self = .gone
        default: self = .failed
        }
    }

    /// The end of a transfer that could not even be submitted.
    init(submission status: Int32) {
        switch libusb_error(rawValue: status) {
        case LIBUSB_ERROR_NO_DEVICE: self = .gone
        case LIBUSB_ERROR_PIPE: self = .stalled
        default: self = .failed
        }
    }
}

extension USBCompletion {
    /// A reading's end that keeps what came: the device may have sent a report before it was told of the end
    /// (libusb_cancel_transfer), and it sends it only once.
    func keepingReport(_ received: @autoclosure () -> [UInt8]) -> USBCompletion {
        guard self == .cancelled else { return self }
        let report = received()
        return report.isEmpty ? self : .completed(report)
    }
}
