/// What is true of one plugged virtual device: who has it open, who claimed what, who reads, what waits to be read. A
/// value without threads; ``VirtualPlug`` keeps it behind a lock.
struct VirtualPlugState: Sendable {
    typealias Handler = @Sendable (USBCompletion) -> Void

    struct Reading: Sendable {
        let port: UInt64
        let interface: UInt8
        let bufferBytes: Int
        let handler: Handler
        /// The completion that ends it, once that is decided.
        var ending: USBCompletion?
    }

    /// One completion to hand over.
    struct Delivery: Sendable {
        let completion: USBCompletion
        let handler: Handler
        /// The reading has ended with this completion.
        let isLast: Bool
    }

    private(set) var isGone = false
    private var openPorts: Set<UInt64> = []
    private var claims: [UInt8: UInt64] = [:]
    private var halted: Set<UInt8> = []
    private var readings: [UInt8: Reading] = [:]
    private var waiting: [UInt8: [USBCompletion]] = [:]
    private var operations: [UInt64: Int] = [:]

    var claimedInterfaces: Set<UInt8> { Set(claims.keys) }

    mutating func open(port: UInt64) -> USBError.Code? {
        guard !isGone else { return .gone }
        openPorts.insert(port)
        return nil
    }

    func isOpen(port: UInt64) -> Bool { openPorts.contains(port) }

    /// Drops everything the port has.
    /// - Returns: the number of readings that ended without a word.
    mutating func close(port: UInt64) -> Int {
        openPorts.remove(port)
        operations[port] = nil
        claims = claims.filter { $0.value != port }
        let count = readings.count
        readings = readings.filter { $0.value.port != port }
        return count - readings.count
    }

    /// - Returns: every port that was open.
    func ports() -> Set<UInt64> { openPorts }

    mutating func claim(interface: UInt8, port: UInt64) -> USBError.Code? {
        guard !isGone, isOpen(port: port) else { return .gone }
        guard claims[interface] == nil || claims[interface] == port else { return .busy }
        claims[interface] = port
        return nil
    }

    func holds(interface: UInt8, port: UInt64) -> Bool { claims[interface] == port }

    /// - Returns: the endpoints whose readings end by it.
    mutating func release(interface: UInt8, port: UInt64) -> [UInt8] {
        guard holds(interface: interface, port: port) else { return [] }
        claims[interface] = nil
        return endReadings(.cancelled) { $0.interface == interface }
    }

    /// - Returns: false when the endpoint is being read already.
    mutating func read(endpoint: UInt8, _ reading: Reading) -> Bool {
        guard readings[endpoint] == nil else { return false }
        var reading = reading
        if isGone {
            reading.ending = .gone
        } else if !holds(interface: reading.interface, port: reading.port) {
            reading.ending = .failed
        } else if halted.contains(endpoint) {
            reading.ending = .stalled
        }
        readings[endpoint] = reading
        return true
    }

    /// - Returns: false when too many completions wait already, or the device is gone.
    mutating func complete(endpoint: UInt8, _ completion: USBCompletion) -> Bool {
        guard !isGone, waiting[endpoint, default: []].count < USBLimits.virtualCompletionsMax else { return false }
        waiting[endpoint, default: []].append(completion)
        return true
    }

    /// What is to be handed over next from an endpoint; `nil` when nobody reads or nothing waits.
    mutating func deliver(endpoint: UInt8) -> Delivery? {
        guard let reading = readings[endpoint] else { return nil }
        if let ending = reading.ending { return end(endpoint, reading, ending) }
        guard let completion = waiting[endpoint]?.first else { return nil }
        waiting[endpoint]?.removeFirst()
        guard case .completed(let bytes) = completion else { return end(endpoint, reading, completion) }
        guard bytes.count <= reading.bufferBytes else { return end(endpoint, reading, .overflow) }
        return Delivery(completion: completion, handler: reading.handler, isLast: false)
    }

    private mutating func end(_ endpoint: UInt8, _ reading: Reading, _ completion: USBCompletion) -> Delivery {
        readings[endpoint] = nil
        if completion == .stalled { halted.insert(endpoint) }
        return Delivery(completion: completion, handler: reading.handler, isLast: true)
    }

    /// True when something is ready to be handed over.
    func isReady(endpoint: UInt8) -> Bool {
        guard let reading = readings[endpoint] else { return false }
        return reading.ending != nil || waiting[endpoint]?.isEmpty == false
    }

    mutating func beginOperation(port: UInt64) -> Bool {
        guard isOpen(port: port), operations[port, default: 0] < USBLimits.operationsMax else { return false }
        operations[port, default: 0] += 1
        return true
    }

    mutating func endOperation(port: UInt64) {
        guard let count = operations[port] else { return }
        operations[port] = count - 1
    }

    func isHalted(endpoint: UInt8) -> Bool { halted.contains(endpoint) }

    mutating func halt(endpoint: UInt8) { halted.insert(endpoint) }

    mutating func clearHalt(endpoint: UInt8) { halted.remove(endpoint) }

    /// - Returns: the endpoints whose readings end by it.
    mutating func reset(port: UInt64) -> [UInt8] {
        halted = []
        return endReadings(.cancelled) { $0.port == port }
    }

    /// What waits to be read is lost, as it is in a device without power.
    /// - Returns: the endpoints whose readings end by it.
    mutating func unplug() -> [UInt8] {
        isGone = true
        claims = [:]
        waiting = [:]
        return endReadings(.gone) { _ in true }
    }

    private mutating func endReadings(_ ending: USBCompletion, where condition: (Reading) -> Bool) -> [UInt8] {
        var endpoints: [UInt8] = []
        for (endpoint, reading) in readings.sorted(by: { $0.key < $1.key }) where condition(reading) {
            if reading.ending == nil { readings[endpoint]?.ending = ending }
            endpoints.append(endpoint)
        }
        return endpoints
    }
}
