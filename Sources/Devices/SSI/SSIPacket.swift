/// A packet of Zebra's Simple Serial Interface: length, opcode, source, status, data, checksum.
package struct SSIPacket: Sendable, Equatable {
    /// The message's kind, by the numbers of Zebra's reference guides ("SSI Commands").
    package enum Opcode {
        package static let requestRevision: UInt8 = 0xA3
        package static let replyRevision: UInt8 = 0xA4
        package static let replyID: UInt8 = 0xA6
        package static let aimOff: UInt8 = 0xC4
        package static let aimOn: UInt8 = 0xC5
        package static let paramSend: UInt8 = 0xC6
        package static let acknowledge: UInt8 = 0xD0
        package static let refuse: UInt8 = 0xD1
        package static let capabilitiesReply: UInt8 = 0xD4
        package static let startDecode: UInt8 = 0xE4
        package static let stopDecode: UInt8 = 0xE5
        package static let beep: UInt8 = 0xE6
        package static let ledOn: UInt8 = 0xE7
        package static let ledOff: UInt8 = 0xE8
        package static let scanEnable: UInt8 = 0xE9
        package static let scanDisable: UInt8 = 0xEA
        package static let decodeData: UInt8 = 0xF3
        package static let event: UInt8 = 0xF6
    }

    /// Why a packet is refused.
    package enum Cause {
        /// The checksum is wrong: send it again.
        package static let resend: UInt8 = 1
        /// The opcode is not known.
        package static let badContext: UInt8 = 2
    }

    package static let hostSource: UInt8 = 4
    package static let decoderSource: UInt8 = 0
    /// Length, opcode, source and status.
    package static let headBytes = 4
    package static let checksumBytes = 2

    package let opcode: UInt8
    package let source: UInt8
    package let status: UInt8
    /// At most 251 bytes: the length counts the head and has one byte.
    package let data: [UInt8]

    package init(_ opcode: UInt8, source: UInt8 = hostSource, status: UInt8 = 0, data: [UInt8] = []) {
        self.opcode = opcode
        self.source = source
        self.status = status
        self.data = Array(data.prefix(255 - Self.headBytes))
    }

    /// Whether the packet was sent before.
    package var isResent: Bool { status & 1 != 0 }
    /// Whether another packet of the same message follows.
    package var continues: Bool { status & 2 != 0 }

    /// The packet marked as one that was sent before.
    package var resent: SSIPacket { SSIPacket(opcode, source: source, status: status | 1, data: data) }

    /// As it goes over the line.
    package var bytes: [UInt8] {
        let message = [UInt8(Self.headBytes + data.count), opcode, source, status] + data
        let checksum = Self.checksum(message)
        return message + [UInt8(checksum >> 8), UInt8(truncatingIfNeeded: checksum)]
    }

    /// The two's complement of the sum of all bytes.
    package static func checksum(_ message: some Sequence<UInt8>) -> UInt16 {
        0 &- message.reduce(UInt16(0)) { $0 &+ UInt16($1) }
    }
}
