/// Zebra's Simple Serial Interface, the host's side (SSI Programmer's Guide 72-40451; "SSI Interface" in Zebra's product
/// reference guides): every packet is acknowledged, what is not is sent again with a bit that says so, and a long label comes
/// in several packets.
package struct SSIDialect: Sendable {
    /// An order that the scanner has not acknowledged yet.
    private struct Order {
        let packet: SSIPacket
        var resends = 0
        var deadline: ContinuousClock.Instant
    }

    private let limits: SerialLimits
    private var reader: SSIReader
    private var assembly: FragmentAssembly
    private var pending: Order?
    /// The last packet of the scanner that was taken, and when.
    private var taken: (packet: SSIPacket, at: ContinuousClock.Instant)?
    /// Whether a packet ever came, and how often text came instead.
    private var hasSpoken = false
    private var texts = 0
    /// Whether something came garbled since: the next packet that was sent before is then the first that arrives.
    private var isGarbled = false

    package init(limits: SerialLimits = .standard) {
        self.limits = limits
        reader = SSIReader(limits: limits)
        assembly = FragmentAssembly(limits: limits)
    }

    /// How long after a packet was taken it may come again: as long as the scanner tries.
    private var repeatWait: Duration { limits.acknowledgementWait * (limits.resendsMax + 2) }
}

extension SSIDialect: ScannerDialect {
    var controls: (any ScannerControls)? { Self.words }

    var provesWholeness: Bool { true }

    package mutating func take(_ bytes: [UInt8], at now: ContinuousClock.Instant) -> [LineOutcome] {
        var outcomes = expire(at: now)
        for byte in bytes {
            switch reader.take(byte, at: now) {
            case .packet(let packet):
                hasSpoken = true
                outcomes += take(packet, at: now)
            case .fault(let reason): outcomes += garbled(reason)
            case nil: break
            }
        }
        return outcomes
    }

    package mutating func order(_ bytes: [UInt8], at now: ContinuousClock.Instant) -> [LineOutcome] {
        guard let opcode = bytes.first else { return [.told(isFollowed: false)] }
        let packet = SSIPacket(opcode, data: Array(bytes.dropFirst()))
        pending = Order(packet: packet, deadline: now + limits.acknowledgementWait)
        return [.send(packet.bytes, endsOrder: false)]
    }

    package var deadline: ContinuousClock.Instant? {
        [reader.deadline, assembly.deadline, pending?.deadline].compactMap { $0 }.min()
    }

    package mutating func expire(at now: ContinuousClock.Instant) -> [LineOutcome] {
        var outcomes: [LineOutcome] = []
        if case .fault(let reason) = reader.expire(at: now) { outcomes += garbled(reason) }
        if assembly.expire(at: now) { outcomes.append(.ignored(.fragmentsMissing)) }
        if let pending, pending.deadline <= now { outcomes += sendAgain(at: now, otherwise: .unanswered) }
        return outcomes
    }

    package mutating func reset() {
        reader.reset()
        assembly.reset()
        pending = nil
        taken = nil
        isGarbled = false
    }

    private mutating func garbled(_ reason: LineIgnored) -> [LineOutcome] {
        isGarbled = true
        return [.ignored(isText ? .textForSSI : reason), Self.refusal(SSIPacket.Cause.resend)]
    }

    /// Whether the scanner is set to plain text: what makes no packet is text again, and no packet ever came.
    private var isText: Bool {
        mutating get {
            let printable = reader.rejected.count { (0x20..<0x7F).contains($0) }
            let isPrintable = printable >= Self.textBytesMin && printable + Self.controlsMax >= reader.rejected.count
            guard !hasSpoken, isPrintable else { return false }
            texts += 1
            return texts >= Self.textsMin
        }
    }

    private static let textBytesMin = 4
    /// Terminators among the text: a packet has more bytes that are no letters.
    private static let controlsMax = 3
    private static let textsMin = 2

    private mutating func take(_ packet: SSIPacket, at now: ContinuousClock.Instant) -> [LineOutcome] {
        // The host's own words, which a line may echo.
        guard packet.source == SSIPacket.decoderSource else { return [.ignored(.other(packet.opcode))] }
        switch packet.opcode {
        case SSIPacket.Opcode.acknowledge: return ended(pending == nil ? [] : [.told(isFollowed: true)])
        case SSIPacket.Opcode.refuse: return refused(packet.data.first ?? 0, at: now)
        case SSIPacket.Opcode.replyRevision:
            return ended([.answer(packet.data)] + (pending == nil ? [] : [.told(isFollowed: true)]))
        // Answers stand for an acknowledgement, and get none.
        case SSIPacket.Opcode.replyID, SSIPacket.Opcode.capabilitiesReply, SSIPacket.Opcode.paramSend:
            return ended([.ignored(.other(packet.opcode))] + (pending == nil ? [] : [.told(isFollowed: true)]))
        case SSIPacket.Opcode.event: return [Self.acknowledgement, .ignored(.other(packet.opcode))]
        case SSIPacket.Opcode.decodeData: return [Self.acknowledgement] + takeData(packet, at: now)
        default: return [.ignored(.other(packet.opcode)), Self.refusal(SSIPacket.Cause.badContext)]
        }
    }

    /// Bar code type, then the label or a part of it. Each packet repeats the type.
    private mutating func takeData(_ packet: SSIPacket, at now: ContinuousClock.Instant) -> [LineOutcome] {
        if packet.isResent, !isGarbled, let taken, taken.at + repeatWait > now, taken.packet.data == packet.data {
            return [.ignored(.repeated)]
        }
        taken = (packet, now)
        isGarbled = false
        guard let type = packet.data.first else { return [.ignored(.emptyScan)] }
        let outcome = assembly.take(
            packet.data.dropFirst(), code: UInt16(type), isLast: !packet.continues, at: now)
        return outcome.map { [$0] } ?? []
    }

    private mutating func refused(_ cause: UInt8, at now: ContinuousClock.Instant) -> [LineOutcome] {
        guard pending != nil else { return [.ignored(.refused(cause))] }
        if cause == SSIPacket.Cause.resend { return sendAgain(at: now, otherwise: .refused(cause)) }
        return ended([.ignored(.refused(cause)), .told(isFollowed: false)])
    }

    private mutating func sendAgain(
        at now: ContinuousClock.Instant, otherwise reason: LineIgnored
    ) -> [LineOutcome] {
        guard var order = pending else { return [] }
        guard order.resends < limits.resendsMax else { return ended([.ignored(reason), .told(isFollowed: false)]) }
        order.resends += 1
        order.deadline = now + limits.acknowledgementWait
        pending = order
        return [.send(order.packet.resent.bytes, endsOrder: false)]
    }

    private mutating func ended(_ outcomes: [LineOutcome]) -> [LineOutcome] {
        pending = nil
        return outcomes
    }

    private static let acknowledgement = LineOutcome.send(
        SSIPacket(SSIPacket.Opcode.acknowledge).bytes, endsOrder: false)

    private static func refusal(_ cause: UInt8) -> LineOutcome {
        .send(SSIPacket(SSIPacket.Opcode.refuse, data: [cause]).bytes, endsOrder: false)
    }
}
