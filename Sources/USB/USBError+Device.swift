extension USBError {
    /// - Parameter action: what failed, as the rest of a sentence that begins with "The device at 1-4 (05e0:1200) cannot".
    init(_ code: Code, device: USBDevice, action: String, cause: String? = nil) {
        let subject = "The device at \(device.path) (\(device.identity)) cannot \(action)"
        self.init(code, "\(subject): \(Self.explanation(code))", cause: cause)
    }

    private static func explanation(_ code: Code) -> String {
        switch code {
        case .accessDenied:
            "this process may not open its node under /dev/bus/usb. \"sudo countertop doctor\" says what gives it the right."
        case .busy: "another program holds it. Stop that program; \"countertop debug list\" names the driver."
        case .notFound: "it is not there, or it is still being set up. Try again, or plug it in again."
        case .gone: "it was unplugged."
        case .stalled: "it refused the request."
        case .timedOut: "it did not answer in time. Plug it in again."
        case .unsupported: "the kernel or libusb does not offer this."
        case .outOfMemory: "memory ran out (usbfs_memory_mb of the kernel module usbcore bounds it as well)."
        case .malformed: "its descriptors break the standard."
        case .inputOutput: "the bus reported an error. Check cable and hub, or plug it in again."
        }
    }
}
