/// A packet of a capture.
struct CapturedPacket: Sendable, Equatable {
    /// Since 1970, in microseconds.
    let time: UInt64
    let linkType: UInt16
    let order: ByteOrder
    let bytes: ArraySlice<UInt8>
}

/// What the packets of a capture are (the Tcpdump Group's list of link-layer header types).
enum LinkType {
    /// LINKTYPE_USB_LINUX: usbmon's header of 48 bytes.
    static let usbLinux: UInt16 = 189
    /// LINKTYPE_USB_LINUX_MMAPPED: usbmon's header of 64 bytes.
    static let usbLinuxMapped: UInt16 = 220
}
