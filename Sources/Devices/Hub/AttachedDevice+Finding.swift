import USB

extension AttachedDevice {
    /// Finds out what an interface is for. A driver is never taken from an interface that may be somebody's keyboard: what
    /// the kernel has read is asked first, and only an interface that nobody drives is claimed to be looked at.
    /// - Returns: `nil` when it cannot be told, so that it is to be left alone.
    func find(_ interface: USBInterface) async throws(DeviceFault) -> InterfaceFinding? {
        if let finding = knownToKernel(interface) { return finding }
        if wedgeSettings == nil {
            guard await staysFree(interface) else { return knownToKernel(interface) }
        }
        try await claimToLook(at: interface)
        guard let descriptor = await readDescriptor(of: interface) else {
            giveBack(interface)
            isUnreadable = true
            return nil
        }
        let finding = InterfaceFinding(descriptor, isScanner: wedgeSettings != nil)
        if finding.isOther { giveBack(interface) }
        if case .keyboard = finding, wedgeSettings == nil { giveBack(interface) }
        return finding
    }

    private func knownToKernel(_ interface: USBInterface) -> InterfaceFinding? {
        guard let bytes = bus.reportDescriptor(of: device, interface: interface.number) else { return nil }
        keep(bytes, of: interface)
        return (try? HIDReportDescriptor(bytes)).map {
            InterfaceFinding($0, isScanner: wedgeSettings != nil)
        }
    }

    /// Waits for a driver to be bound.
    /// - Returns: whether none was.
    private func staysFree(_ interface: USBInterface) async -> Bool {
        var waits = Backoff(first: limits.driverWait, max: limits.driverWait, triesMax: limits.driverTriesMax)
        while bus.kernelDriver(of: device, interface: interface.number) == nil {
            guard let wait = waits.next() else { return true }
            guard await pause(wait) else { return false }
        }
        return false
    }

    /// Claims an interface of which nothing is known yet. That an unknown device may not be opened is no fault of it.
    private func claimToLook(at interface: USBInterface) async throws(DeviceFault) {
        do throws(DeviceFault) {
            try await claim(interface)
        } catch {
            var fault = error
            if error.canOpen == false, wedgeSettings == nil, DeviceTable.entry(for: device) == nil {
                fault = DeviceFault(
                    """
                    It may not be opened, so it cannot be told what it is. If it is a scanner or a display, this is in the \
                    way: \(error.explanation)
                    """, canOpen: false)
                fault.isUnknown = true
            }
            throw fault
        }
    }

    /// Opens the device if it is not, and claims one interface.
    func claim(_ interface: USBInterface) async throws(DeviceFault) {
        guard !claims.contains(interface.number) else { return }
        try await open()
        try await tried(isOpening: false) { device throws(USBError) in
            guard let port = device.port else { throw USBError(.gone, "The device left") }
            do { try port.claim(interface: interface.number) } catch { throw USBError(wrapping: error) }
            device.claims.insert(interface.number)
        }
    }

    private func open() async throws(DeviceFault) {
        guard port == nil else { return }
        try await tried(isOpening: true) { device throws(USBError) in
            do { device.port = try device.bus.open(device.device) } catch { throw USBError(wrapping: error) }
        }
        update { $0.canOpen = true }
    }

    /// Tries what may fail for a moment after an arrival, a bounded number of times.
    private func tried(
        isOpening: Bool, _ body: (isolated AttachedDevice) throws(USBError) -> Void
    ) async throws(DeviceFault) {
        var waits = Backoff(first: limits.openWait, max: limits.openWaitMax, triesMax: limits.openTriesMax)
        while true {
            do throws(USBError) {
                if isOpening { try await prepareToOpen() }
                return try body(self)
            } catch {
                let passes: Set<USBError.Code> = [.accessDenied, .busy, .notFound, .gone, .inputOutput]
                guard !isGone, passes.contains(error.code), let wait = waits.next(), await pause(wait) else {
                    throw DeviceFault(error, isOpening: isOpening)
                }
            }
        }
    }

    /// Waits until the kernel lets the device be opened.
    private func prepareToOpen() async throws(USBError) {
        let teller = thread.schedule(after: limits.openingTellWait) { [weak self] in
            self?.assumeIsolated { device in
                device.update { $0.explanation = Self.heldByKernel }
            }
        }
        defer { teller?.cancel() }
        let end = await wait { device in
            device.bus.prepareToOpen(device.device) { [weak device] fault in
                device?.assumeIsolated { device in
                    device.openFault = fault
                    device.resume(with: .completed([]))
                }
            }
        }
        guard end != .gone else { throw USBError(.gone, "The device left.") }
        if let fault = openFault.take() { throw fault }
    }

    private static let heldByKernel = """
        It does not answer the kernel, which goes on asking it for up to half a minute and lets nobody open it meanwhile. If it \
        is not ready then, plug it in again; if that does not help, try another cable or port.
        """

    func giveBack(_ interface: USBInterface) {
        guard claims.remove(interface.number) != nil else { return }
        port?.release(interface: interface.number)
    }

    /// Asks the interface for its report descriptor (HID 1.11, section 7.1.1).
    /// - Returns: `nil` when it does not give one that can be read.
    func readDescriptor(of interface: USBInterface) async -> HIDReportDescriptor? {
        let bytesMax = HIDLimits.standard.descriptorBytesMax
        let announced = min(interface.reportDescriptorBytes ?? bytesMax, bytesMax)
        for attempt in 1...max(1, limits.descriptorTriesMax) {
            // A length that does not lead to a descriptor may be a wrong one: then whatever there is is asked for.
            let length = attempt == 1 ? announced : bytesMax
            let answer = await control(.reportDescriptor(interface: interface.number, length: UInt16(length)))
            if answer == .gone { return nil }
            guard case .completed(let bytes) = answer, !bytes.isEmpty else { continue }
            keep(bytes, of: interface)
            if let descriptor = try? HIDReportDescriptor(bytes), !descriptor.reports.isEmpty { return descriptor }
        }
        return nil
    }
}

extension USBError {
    /// The error of a port, which throws no other.
    fileprivate init(wrapping error: any Error) {
        let other = USBError(.inputOutput, "The bus failed. Plug the device in again.", cause: "\(error)")
        self = error as? USBError ?? other
    }
}
