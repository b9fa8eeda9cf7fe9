/// Writes blocks of a pcapng file (IETF draft-ietf-opsawg-pcapng): one section, one interface, its times in microseconds.
struct PcapNGWriter: Sendable {
    /// The section's header and the interface's description, which begin the file.
    /// - Parameter application: what the file says it was written by.
    static func beginning(application: String) -> [UInt8] {
        var section: [UInt8] = []
        section.append(little: UInt32(0x1A2B_3C4D))
        section.append(little: UInt16(1))
        section.append(little: UInt16(0))
        section.append(little: Int64(-1))
        section += option(4, Array(application.utf8)) + option(0, [])
        var interface: [UInt8] = []
        interface.append(little: LinkType.usbLinuxMapped)
        interface.append(little: UInt16(0))
        interface.append(little: UInt32(0))
        // Microseconds: ten to the power of minus six.
        interface += option(2, Array("usbmon".utf8)) + option(9, [6]) + option(0, [])
        return block(0x0A0D_0D0A, section) + block(1, interface)
    }

    /// An enhanced packet block.
    /// - Parameter time: since 1970, in microseconds.
    static func packet(_ bytes: [UInt8], time: UInt64) -> [UInt8] {
        var body: [UInt8] = []
        body.append(little: UInt32(0))
        body.append(little: UInt32(truncatingIfNeeded: time >> 32))
        body.append(little: UInt32(truncatingIfNeeded: time))
        body.append(little: UInt32(bytes.count))
        body.append(little: UInt32(bytes.count))
        body += bytes
        body.pad()
        return block(6, body)
    }

    private static func block(_ type: UInt32, _ body: [UInt8]) -> [UInt8] {
        var block: [UInt8] = []
        let length = UInt32(body.count + 12)
        block.append(little: type)
        block.append(little: length)
        block += body
        block.append(little: length)
        return block
    }

    private static func option(_ code: UInt16, _ value: [UInt8]) -> [UInt8] {
        var option: [UInt8] = []
        option.append(little: code)
        option.append(little: UInt16(value.count))
        option += value
        option.pad()
        return option
    }
}
