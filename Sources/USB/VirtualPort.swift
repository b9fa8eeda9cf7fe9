/// An opened virtual device. It answers as libusb's does: never before the call has returned, and only on the thread.
final class VirtualPort: USBPort {
    private let plug: VirtualPlug
    private let id: UInt64
    private let thread: USBEventThread
    private let census: USBCensus

    private var device: USBDevice { plug.device }

    init(_ plug: VirtualPlug, id: UInt64, thread: USBEventThread, census: USBCensus) throws(USBError) {
        if let code = plug.withState({ $0.open(port: id) }) {
            throw USBError(code, device: plug.device, action: "be opened")
        }
        self.plug = plug
        self.id = id
        self.thread = thread
        self.census = census
        census.portBegan()
    }

    deinit {
        census.portEnded()
    }

    func claim(interface: UInt8) throws {
        thread.checkIsolated()
        let action = "give its interface \(interface)"
        guard device.configuration.hasInterface(interface) else {
            throw USBError(.notFound, device: device, action: action)
        }
        if let code = plug.withState({ $0.claim(interface: interface, port: id) }) {
            throw USBError(code, device: device, action: action)
        }
    }

    func release(interface: UInt8) {
        thread.checkIsolated()
        for endpoint in plug.withState({ $0.release(interface: interface, port: id) }) { plug.post(endpoint) }
    }

    func control(
        _ setup: USBSetup, data: [UInt8], timeout: Duration, completion: @escaping @Sendable (USBCompletion) -> Void
    ) {
        let claim = setup.claimNeeded(in: device.configuration)
        let isWellFormed = data.count == (setup.isIn ? 0 : Int(setup.length))
        operate(completion) { [plug, id] in
            guard isWellFormed, Int(setup.length) <= USBLimits.controlBytesMax else { return .failed }
            switch claim {
            case .unknownEndpoint: return .failed
            case .interface(let interface):
                guard plug.withState({ $0.holds(interface: interface, port: id) }) else { return .failed }
            case .none: break
            }
            let answer = plug.behaviour.control(setup, data: data)
            guard case .completed(let bytes) = answer else { return answer }
            return .completed(setup.isIn ? Array(bytes.prefix(Int(setup.length))) : [])
        }
    }

    func startReading(endpoint: UInt8, transferBytes: Int, handler: @escaping @Sendable (USBCompletion) -> Void) {
        thread.checkIsolated()
        guard plug.withState({ $0.isOpen(port: id) }) else { return }
        guard let (interface, found) = device.configuration.endpoint(at: endpoint), found.isIn, found.carriesData else {
            return refuse(handler)
        }
        let reading = VirtualPlugState.Reading(
            port: id, interface: interface, bufferBytes: found.bufferBytes(for: transferBytes), handler: handler)
        guard plug.withState({ $0.read(endpoint: endpoint, reading) }) else { return refuse(handler) }
        census.transferBegan()
        plug.post(endpoint)
    }

    func write(
        endpoint: UInt8, data: [UInt8], timeout: Duration, completion: @escaping @Sendable (USBCompletion) -> Void
    ) {
        let found = device.configuration.endpoint(at: endpoint)
        operate(completion) { [plug, id] in
            guard let (interface, endpoint) = found, !endpoint.isIn, endpoint.carriesData,
                data.count <= USBLimits.transferBytesMax,
                plug.withState({ $0.holds(interface: interface, port: id) })
            else { return .failed }
            guard !plug.withState({ $0.isHalted(endpoint: endpoint.address) }) else { return .stalled }
            let answer = plug.behaviour.write(endpoint: endpoint.address, data: data)
            if answer == .stalled { plug.withState { $0.halt(endpoint: endpoint.address) } }
            guard case .completed = answer else { return answer }
            return .completed([])
        }
    }

    func clearHalt(endpoint: UInt8, completion: @escaping @Sendable (USBError?) -> Void) {
        order("clear the halt of its endpoint \(endpoint)", completion) { plug, _ in
            plug.withState { $0.clearHalt(endpoint: endpoint) }
        }
    }

    func reset(completion: @escaping @Sendable (USBError?) -> Void) {
        order("be reset", completion) { plug, id in
            for endpoint in plug.withState({ $0.reset(port: id) }) { plug.post(endpoint) }
        }
    }

    func close() {
        thread.checkIsolated()
        plug.close(port: id)
    }

    /// Carries out what the kernel would, and hands over how it ended unless the port was closed meanwhile.
    private func order(
        _ action: String, _ completion: @escaping @Sendable (USBError?) -> Void, _ body: (VirtualPlug, UInt64) -> Void
    ) {
        thread.checkIsolated()
        let isThere = plug.withState { !$0.isGone && $0.isOpen(port: id) }
        if isThere { body(plug, id) }
        let fault = isThere ? nil : USBError(.gone, device: device, action: action)
        thread.executeUnbounded { [plug, id] in
            if plug.withState({ $0.isOpen(port: id) }) { completion(fault) }
        }
    }

    private func refuse(_ completion: @escaping @Sendable (USBCompletion) -> Void) {
        operate(completion) { .failed }
    }

    /// Runs one operation when the calls before it have been answered, and hands its end over unless the port was closed.
    private func operate(
        _ completion: @escaping @Sendable (USBCompletion) -> Void, _ body: @escaping @Sendable () -> USBCompletion
    ) {
        thread.checkIsolated()
        guard plug.withState({ $0.isOpen(port: id) }) else { return }
        let mayRun = plug.withState { $0.beginOperation(port: id) }
        census.transferBegan()
        let posted = thread.executeUnbounded { [plug, id, census] in
            defer { census.transferEnded() }
            guard plug.withState({ $0.isOpen(port: id) }) else { return }
            let end = plug.withState({ $0.isGone }) ? .gone : mayRun ? body() : .failed
            if mayRun { plug.withState { $0.endOperation(port: id) } }
            completion(end)
        }
        if !posted { census.transferEnded() }
    }
}
