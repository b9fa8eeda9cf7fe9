/// Finds packets in the bytes of a line: a value without clock, which is told the time.
struct SSIReader: Sendable {
    enum Finding: Sendable, Equatable {
        case packet(SSIPacket)
        case fault(LineIgnored)
    }

    private let limits: SerialLimits
    private var bytes: [UInt8] = []
    private var last: ContinuousClock.Instant?
    /// The bytes that made no packet last.
    private(set) var rejected: [UInt8] = []

    init(limits: SerialLimits) {
        self.limits = limits
    }

    /// - Returns: what the byte completed, `nil` when nothing.
    mutating func take(_ byte: UInt8, at now: ContinuousClock.Instant) -> Finding? {
        if bytes.isEmpty {
            // NUL wakes a sleeping partner up.
            guard byte != 0 else { return nil }
            guard byte >= SSIPacket.headBytes else {
                rejected = [byte]
                return .fault(.noPacket)
            }
        }
        bytes.append(byte)
        last = now
        let length = Int(bytes[0])
        guard bytes.count == length + SSIPacket.checksumBytes else { return nil }
        defer { reset() }
        let checksum = UInt16(bytes[length]) << 8 | UInt16(bytes[length + 1])
        guard SSIPacket.checksum(bytes[..<length]) == checksum else {
            rejected = bytes
            return .fault(.checksumWrong)
        }
        return .packet(
            SSIPacket(
                bytes[1], source: bytes[2], status: bytes[3], data: Array(bytes[SSIPacket.headBytes..<length])))
    }

    var deadline: ContinuousClock.Instant? { last.map { $0 + limits.packetWait } }

    /// Gives up a packet whose rest is overdue.
    mutating func expire(at now: ContinuousClock.Instant) -> Finding? {
        guard let deadline, deadline <= now else { return nil }
        rejected = bytes
        reset()
        return .fault(.packetCut)
    }

    mutating func reset() {
        bytes = []
        last = nil
    }
}
