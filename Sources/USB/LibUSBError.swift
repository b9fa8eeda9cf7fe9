import CLibUSB

/// libusb's error codes, turned into this module's error.
enum LibUSBError {
    static func name(_ status: Int32) -> String {
        String(cString: libusb_error_name(status))
    }

    static func code(_ status: Int32) -> USBError.Code {
        switch libusb_error(rawValue: status) {
        case LIBUSB_ERROR_ACCESS: .accessDenied
        case LIBUSB_ERROR_BUSY: .busy
        case LIBUSB_ERROR_NOT_FOUND: .notFound
        case LIBUSB_ERROR_NO_DEVICE: .gone
        case LIBUSB_ERROR_PIPE: .stalled
        case LIBUSB_ERROR_TIMEOUT: .timedOut
        case LIBUSB_ERROR_NOT_SUPPORTED: .unsupported
        case LIBUSB_ERROR_NO_MEM: .outOfMemory
        default: .inputOutput
        }
    }

    /// - Parameter action: what failed, as the rest of a sentence that begins with "The device at 1-4 (05e0:1200) cannot".
    static func make(_ status: Int32, device: USBDevice, action: String) -> USBError {
        USBError(code(status), device: device, action: action, cause: name(status))
    }
}
