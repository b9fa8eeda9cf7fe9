import CLibUSB

extension LibUSBPort {
    func control(
        _ setup: USBSetup, data: [UInt8], timeout: Duration, completion: @escaping @Sendable (USBCompletion) -> Void
    ) {
        thread.checkIsolated()
        let length = Int(setup.length)
        guard data.count == (setup.isIn ? 0 : length), length <= USBLimits.controlBytesMax else {
            return answer(completion, .failed)
        }
        var interface: UInt8?
        switch setup.claimNeeded(in: device.configuration) {
        case .none: break
        case .unknownEndpoint: return answer(completion, .failed)
        case .interface(let needed): interface = needed
        }
        operate(
            on: USBEndpoint(address: 0, kind: .control, packetBytesMax: 8), interface: interface,
            bytes: setup.packet + data, bufferBytes: LibUSBTransfer.setupBytes + length, timeout: timeout,
            completion: completion)
    }

    func write(
        endpoint: UInt8, data: [UInt8], timeout: Duration, completion: @escaping @Sendable (USBCompletion) -> Void
    ) {
        thread.checkIsolated()
        guard let (interface, found) = device.configuration.endpoint(at: endpoint), !found.isIn, found.carriesData,
            data.count <= USBLimits.transferBytesMax
        else { return answer(completion, .failed) }
        operate(
            on: found, interface: interface, bytes: data, bufferBytes: data.count, timeout: timeout,
            completion: completion)
    }

    func startReading(endpoint: UInt8, transferBytes: Int, handler: @escaping @Sendable (USBCompletion) -> Void) {
        thread.checkIsolated()
        guard !isGone else { return answer(handler, .gone) }
        guard isUsable, let (interface, found) = device.configuration.endpoint(at: endpoint), found.isIn,
            found.carriesData, claims.contains(interface), readings[endpoint] == nil
        else { return answer(handler, .failed) }
        let bufferBytes = found.bufferBytes(for: transferBytes)
        var transfers: [LibUSBTransfer] = []
        for _ in 0..<USBLimits.transfersInFlight {
            guard let transfer = LibUSBTransfer(bufferBytes: bufferBytes, thread: thread, census: census) else {
                return answer(handler, .failed)
            }
            transfer.fill(handle: handle, endpoint: found, timeoutMilliseconds: 0)
            transfers.append(transfer)
        }
        let reading = LibUSBReading(transfers: transfers, handler: handler) { [weak self] _ in
            self?.readings[endpoint] = nil
            self?.closeWhenIdle()
        }
        let status = reading.start()
        guard status == 0 else { return answer(handler, USBCompletion(submission: status)) }
        readings[endpoint] = reading
    }

    func clearHalt(endpoint: UInt8) throws {
        thread.checkIsolated()
        let action = "end the halt of its endpoint \(endpoint)"
        try checkUsable(action)
        guard let (interface, _) = device.configuration.endpoint(at: endpoint), claims.contains(interface) else {
            throw USBError(.notFound, device: device, action: action)
        }
        let status = libusb_clear_halt(handle, endpoint)
        guard status == 0 else { throw LibUSBError.make(status, device: device, action: action) }
    }

    func reset() throws {
        thread.checkIsolated()
        try checkUsable("be reset")
        // The kernel ends them as if the device were gone.
        for reading in Array(readings.values) { reading.end(with: .cancelled) }
        for operation in Array(operations.values) { operation.end(with: .cancelled) }
        let status = libusb_reset_device(handle)
        guard status == 0 else { throw LibUSBError.make(status, device: device, action: "be reset") }
    }

    private func operate(
        on endpoint: USBEndpoint, interface: UInt8?, bytes: [UInt8], bufferBytes: Int, timeout: Duration,
        completion: @escaping @Sendable (USBCompletion) -> Void
    ) {
        guard !isGone else { return answer(completion, .gone) }
        guard isUsable, operations.count < USBLimits.operationsMax, interface.map(claims.contains) ?? true,
            let transfer = LibUSBTransfer(bufferBytes: bufferBytes, thread: thread, census: census)
        else { return answer(completion, .failed) }
        transfer.fill(handle: handle, endpoint: endpoint, timeoutMilliseconds: Self.milliseconds(timeout))
        transfer.fill(from: bytes)
        let operation = LibUSBOperation(transfer, interface: interface, completion: completion) { [weak self] in
            self?.operations[ObjectIdentifier($0)] = nil
            self?.closeWhenIdle()
        }
        let status = operation.start()
        guard status == 0 else { return answer(completion, USBCompletion(submission: status)) }
        operations[ObjectIdentifier(operation)] = operation
    }

    /// Rounded up, and never 0, which means for ever.
    private static func milliseconds(_ timeout: Duration) -> UInt32 {
        let (seconds, attoseconds) = min(max(timeout, .milliseconds(1)), USBLimits.timeoutMax).components
        return UInt32(seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}

extension USBSetup {
    /// The eight bytes as they go over the wire (USB 2.0, table 9-2).
    fileprivate var packet: [UInt8] {
        [requestType, request] + [value, index, length].flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    }
}
