extension USBSetup {
    /// True when the data stage goes into the host (USB 2.0, table 9-2).
    public var isIn: Bool { requestType & 0x80 != 0 }

    /// What has to be claimed before this request may be sent.
    enum Claim: Equatable {
        case none
        case interface(UInt8)
        /// The request names an endpoint that no interface has.
        case unknownEndpoint
    }

    /// Requests to the device and vendor requests need no claim; all others need the interface they name, or the one
    /// that owns the endpoint they name. That is the rule of the Linux kernel's usbfs (devio.c, `check_ctrlrecip`), which
    /// would otherwise claim the interface behind this module's back.
    func claimNeeded(in configuration: USBConfiguration) -> Claim {
        let isVendorRequest = requestType & 0x60 == 0x40
        guard !isVendorRequest else { return .none }
        let number = UInt8(truncatingIfNeeded: index)
        switch requestType & 0x1f {
        case 1: return .interface(number)
        case 2 where number & 0x0f != 0:
            return configuration.endpoint(at: number).map { .interface($0.interface) } ?? .unknownEndpoint
        default: return .none
        }
    }
}
