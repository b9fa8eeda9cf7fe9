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
        let isTaken = orders.take(bounded: true) { [self] in
            read(endpoint: endpoint, transferBytes: transferBytes, handler: handler)
        }
        if !isTaken { answer(handler, .failed) }
    }

    private func read(endpoint: UInt8, transferBytes: Int, handler: @escaping @Sendable (USBCompletion) -> Void) {
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
            transfer.fill(handle: handle.pointer, endpoint: found, timeoutMilliseconds: 0)
            transfers.append(transfer)
        }
        let reading = LibUSBReading(transfers: transfers, handler: handler) { [weak self] in
            self?.orders.advance()
        } onEnd: { [weak self] reading in
            self?.readings[endpoint] = nil
            self?.afterFault[endpoint] = reading.afterFault
            self?.orders.advance()
        }
        // What came behind the fault that ended the reading before.
        for report in afterFault.removeValue(forKey: endpoint) ?? [] { answer(handler, report) }
        let status = reading.start()
        guard status == 0 else { return answer(handler, USBCompletion(submission: status)) }
        readings[endpoint] = reading
    }

    func clearHalt(endpoint: UInt8, completion: @escaping @Sendable (USBError?) -> Void) {
        thread.checkIsolated()
        let action = "end the halt of its endpoint \(endpoint)"
        // While it lasts, nobody gets near the device, not even to fetch what has come: what is in flight is taken back before,
        // so that the event thread does not wait for it. Nothing is lost by that, and orders under way come to their own end.
        // What is paused has to be resumed, so both steps are taken or none.
        guard orders.hasRoom(for: 2) else {
            return tell(completion, USBError(.busy, device: device, action: action))
        }
        orders.take(after: .operations) { [self] in
            for reading in readings.values { reading.pause() }
        }
        order(action, afterTransfers: true, completion) { [self] () throws(USBError) in
            guard let (interface, _) = device.configuration.endpoint(at: endpoint), claims.contains(interface) else {
                throw USBError(.notFound, device: device, action: action)
            }
        } _: {
            libusb_clear_halt($0.pointer, endpoint)
        }
    }

    func reset(completion: @escaping @Sendable (USBError?) -> Void) {
        thread.checkIsolated()
        orders.take { [self] in
            // The kernel ends them as if the device were gone.
            for reading in Array(readings.values) { reading.end(with: .cancelled) }
            for operation in Array(operations.values) { operation.end(with: .cancelled) }
            // What came before the reset is part of nothing that comes after it.
            afterFault = [:]
        }
        order("be reset", afterTransfers: true, completion) { () throws(USBError) in
        } _: {
            libusb_reset_device($0.pointer)
        }
    }

    /// Has libusb do something that lasts, and hands over how it ended unless the port was closed meanwhile.
    private func order(
        _ action: String, afterTransfers: Bool = false, _ completion: @escaping @Sendable (USBError?) -> Void,
        check: @escaping () throws(USBError) -> Void, _ call: @escaping @Sendable (LibUSBHandle) -> Int32
    ) {
        let isTaken = orders.take(after: afterTransfers ? .transfers : .nothing, bounded: true) { [self] in
            do throws(USBError) {
                try checkUsable(action)
                try check()
            } catch {
                resumeReadings()
                return tell(completion, error)
            }
            orders.carryOut { [handle] in
                call(handle)
            } then: { [self] status in
                resumeReadings()
                guard !isDropped else { return }
                completion(status == 0 ? nil : LibUSBError.make(status, device: device, action: action))
            }
        }
        if !isTaken { tell(completion, USBError(.busy, device: device, action: action)) }
    }

    /// A port that was closed meanwhile ends its readings instead, and one whose device has left.
    private func resumeReadings() {
        guard isUsable else { return }
        for reading in Array(readings.values) { reading.resume() }
    }

    /// Answers an order that was not given, as late as one that was.
    private func tell(_ completion: @escaping @Sendable (USBError?) -> Void, _ error: USBError) {
        let port = ThreadBound(self, to: thread)
        thread.executeUnbounded {
            if !port.value.isDropped { completion(error) }
        }
    }

    private func operate(
        on endpoint: USBEndpoint, interface: UInt8?, bytes: [UInt8], bufferBytes: Int, timeout: Duration,
        completion: @escaping @Sendable (USBCompletion) -> Void
    ) {
        let isTaken = orders.take(bounded: true) { [self] in
            submit(
                on: endpoint, interface: interface, bytes: bytes, bufferBytes: bufferBytes, timeout: timeout,
                completion: completion)
        }
        if !isTaken { answer(completion, .failed) }
    }

    private func submit(
        on endpoint: USBEndpoint, interface: UInt8?, bytes: [UInt8], bufferBytes: Int, timeout: Duration,
        completion: @escaping @Sendable (USBCompletion) -> Void
    ) {
        guard !isGone else { return answer(completion, .gone) }
        guard isUsable, operations.count < USBLimits.operationsMax, interface.map(claims.contains) ?? true,
            let transfer = LibUSBTransfer(bufferBytes: bufferBytes, thread: thread, census: census)
        else { return answer(completion, .failed) }
        transfer.fill(handle: handle.pointer, endpoint: endpoint, timeoutMilliseconds: Self.milliseconds(timeout))
        transfer.fill(from: bytes)
        let operation = LibUSBOperation(transfer, interface: interface, completion: completion) { [weak self] in
            self?.operations[ObjectIdentifier($0)] = nil
            self?.orders.advance()
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
