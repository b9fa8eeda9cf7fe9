import CLibUSB

/// libusb's tale of arrivals and departures, told on the event thread outside libusb's callbacks.
final class LibUSBHotplug {
    enum Event: Sendable {
        case arrived(LibUSBDevice)
        case left(LibUSBDevice)
    }

    private let context: LibUSBContext
    private var handle: libusb_hotplug_callback_handle = 0
    private let listener: Unmanaged<Listener>

    /// Begins with the devices that are there. Call it on the event thread, so that no departure comes in between.
    /// - Throws: ``USBError`` `.unsupported` or `.outOfMemory`.
    init(thread: USBEventThread, onEvent: @escaping @Sendable (Event) -> Void) throws(USBError) {
        context = thread.context
        listener = .passRetained(Listener(thread: thread, onEvent: onEvent))
        guard LibUSBContext.hasHotplug else {
            listener.release()
            throw USBError(
                .unsupported,
                """
                This libusb does not tell when devices come and go, so none would be found. Install a libusb 1.0 that was \
                built with udev, as the distributions' packages are.
                """)
        }
        let events = LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED.rawValue | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT.rawValue
        let status = libusb_hotplug_register_callback(
            context.pointer, Int32(events), Int32(LIBUSB_HOTPLUG_ENUMERATE.rawValue), LIBUSB_HOTPLUG_MATCH_ANY,
            LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, deviceChanged, listener.toOpaque(), &handle)
        guard status == 0 else {
            listener.release()
            throw USBError(
                LibUSBError.code(status), "libusb cannot watch for devices. Check that udev runs.",
                cause: LibUSBError.name(status))
        }
    }

    /// Ends the tale. Call it on the event thread, where no callback can be running.
    func stop() {
        libusb_hotplug_deregister_callback(context.pointer, handle)
        listener.release()
    }

    fileprivate final class Listener: Sendable {
        private let thread: USBEventThread
        private let onEvent: @Sendable (Event) -> Void

        init(thread: USBEventThread, onEvent: @escaping @Sendable (Event) -> Void) {
            self.thread = thread
            self.onEvent = onEvent
        }

        /// Goes through the mailbox twice: what the device sent before it left was taken by libusb in the same turn, after
        /// this callback, and is handed over first.
        func changed(_ device: OpaquePointer, hasArrived: Bool) {
            let device = LibUSBDevice(device, context: thread.context)
            thread.executeUnbounded { [thread, onEvent] in
                thread.executeUnbounded { onEvent(hasArrived ? .arrived(device) : .left(device)) }
            }
        }
    }
}

/// - Returns: 0, which keeps the callback registered.
private func deviceChanged(
    _: OpaquePointer?, _ device: OpaquePointer?, _ event: libusb_hotplug_event, _ listener: UnsafeMutableRawPointer?
) -> Int32 {
    guard let device, let listener else { return 0 }
    Unmanaged<LibUSBHotplug.Listener>.fromOpaque(listener).takeUnretainedValue()
        .changed(device, hasArrived: event == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED)
    return 0
}
