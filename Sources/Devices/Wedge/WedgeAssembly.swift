/// The scan that is being typed: a value without clock, which is told the time.
struct WedgeAssembly: Sendable {
    private let limits: WedgeLimits
    private let identifierIsSent: Bool
    private var data: [UInt8] = []
    private var keys = 0
    private var fault: WedgeIgnored?
    private var isAfterTerminator = false
    /// When the last key of the scan went down; `nil` when no scan is under way.
    private(set) var lastKey: ContinuousClock.Instant?

    init(settings: WedgeSettings, limits: WedgeLimits) {
        self.limits = limits
        identifierIsSent = settings.identifierIsSent
    }

    /// A key of the scan went down, whether or not it typed anything yet.
    mutating func touch(at now: ContinuousClock.Instant) {
        keys += 1
        lastKey = now
    }

    @inline(__always)
    mutating func append(_ scalar: Unicode.Scalar) {
        if scalar.value < 0x80 {
            append(byte: UInt8(truncatingIfNeeded: scalar.value))
        } else {
            for byte in String(scalar).utf8 { append(byte: byte) }
        }
    }

    @inline(__always)
    mutating func append(byte: UInt8) {
        // Behind a terminator these are the rest of CR LF, and no label begins with them.
        if isAfterTerminator, data.isEmpty, byte == 0x0A || byte == 0x0D { return }
        guard data.count < limits.scanBytesMax else { return spoil(.scanTooLong) }
        data.append(byte)
    }

    /// Something of the label is missing, so none of it is given.
    mutating func spoil(_ fault: WedgeIgnored) {
        self.fault = self.fault ?? fault
    }

    mutating func clear(isAfterTerminator: Bool = false) {
        data.removeAll(keepingCapacity: true)
        keys = 0
        fault = nil
        lastKey = nil
        self.isAfterTerminator = isAfterTerminator
    }

    /// Ends the scan.
    mutating func finish(bySilence: Bool) -> WedgeOutcome {
        defer { clear(isAfterTerminator: !bySilence) }
        if let fault { return .ignored(fault) }
        var bytes = data[...]
        if bySilence { bytes = Self.withoutSuffix(bytes) }
        let identifier = identifierIsSent ? Self.identifier(in: bytes) : nil
        if identifier != nil { bytes = bytes.dropFirst(3) }
        guard !bytes.isEmpty else { return .ignored(.emptyScan) }
        return .scan(
            WedgeScan(
                data: Array(bytes), identifier: identifier, keys: keys, endedBySilence: bySilence))
    }

    /// CR, or CR LF, typed with Ctrl, where neither ends a scan.
    private static func withoutSuffix(_ data: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        if data.last == 0x0D { return data.dropLast() }
        return data.suffix(2).elementsEqual([0x0D, 0x0A]) ? data.dropLast(2) : data
    }

    private static func identifier(in data: ArraySlice<UInt8>) -> AIMIdentifier? {
        let head = data.prefix(3)
        guard head.count == 3, head[head.startIndex] == 0x5D else { return nil }
        return AIMIdentifier(code: head[head.startIndex + 1], modifier: head[head.startIndex + 2])
    }
}
