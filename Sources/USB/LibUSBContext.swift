import CLibUSB

/// One libusb context.
///
/// It crosses threads because libusb locks every call on a context itself; the pointer never changes.
final class LibUSBContext: @unchecked Sendable {
    let pointer: OpaquePointer

    init() throws(USBError) {
        var context: OpaquePointer?
        let status = libusb_init(&context)
        guard status == 0, let context else {
            throw USBError(
                .unsupported, "libusb does not start. Check that /dev/bus/usb and /sys/bus/usb are readable.",
                cause: LibUSBError.name(status))
        }
        pointer = context
        // What libusb would print is in the errors already; the environment variable LIBUSB_DEBUG still wins.
        countertop_libusb_keep_quiet(context)
    }

    deinit {
        libusb_exit(pointer)
    }

    /// True when libusb tells of arrivals and departures by itself.
    static var hasHotplug: Bool { libusb_has_capability(LIBUSB_CAP_HAS_HOTPLUG.rawValue) != 0 }

    /// Waits for events for at most `wait`, and handles those that came.
    /// - Returns: false when libusb could not wait.
    func handleEvents(wait: Duration) -> Bool {
        let (seconds, attoseconds) = wait.components
        // Rounded up: a timer must be due when its wait is over.
        let microseconds = (attoseconds + 999_999_999_999) / 1_000_000_000_000
        var time = timeval(
            tv_sec: Int(seconds + microseconds / 1_000_000), tv_usec: Int(microseconds % 1_000_000))
        let status = libusb_handle_events_timeout_completed(pointer, &time, nil)
        return status == 0 || status == LIBUSB_ERROR_INTERRUPTED.rawValue
    }

    /// Ends the present wait, or the next one when none is going on.
    func interrupt() {
        libusb_interrupt_event_handler(pointer)
    }
}
