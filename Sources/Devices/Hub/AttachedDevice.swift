import Foundation
import USB

/// One device from its arrival to its departure: finds out what it is, claims what is a scanner's or a display's, reads
/// and writes it. It lives on the bus's thread, so that a report becomes a scan without a hop.
actor AttachedDevice {
    nonisolated let device: USBDevice
    nonisolated let thread: USBEventThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    let bus: any USBBus
    let configuration: DeviceConfiguration
    let limits: HubLimits
    /// Whether every report is told.
    var isTracing: Bool
    /// Whether scanners are asked for their revision when they are ready. An answer that cannot be told from a label would
    /// take one from a customer, so that an edge asks none.
    let asksRevision: Bool
    let onEvent: @Sendable (DeviceEvent) -> Void
    /// How it types if it is a keyboard that is a scanner; `nil` when it is not known to be one.
    let wedgeSettings: WedgeSettings?
    /// When the bus told of it.
    let arrivedAt: ContinuousClock.Instant
    /// How its line is read if it is a scanner on one.
    let linePlan: LinePlan?
    /// The line of a display that the configuration names.
    let displayPlan: LinePlan?

    private(set) var info: DeviceInfo
    private(set) var isGone = false
    var port: (any USBPort)?
    var claims: Set<UInt8> = []
    var lines: [ScannerLine] = []
    var display: DisplayLine?
    /// A label that was typed, until it is sure that HID POS does not give it as well.
    var heldScan: DeviceScan?
    var heldTimer: USBTimer?
    /// Whether a person was told that HID POS gives nothing.
    var isSilenceTold = false
    var orders = ScannerOrders(controls: nil)
    /// Ends that a scanner reads nothing because somebody tried it out.
    var holdTimer: USBTimer?
    /// Who waits for the end of an order.
    var orderCallers: [OrderCaller] = []
    /// The interface of the scanner's controls.
    var controlInterface: USBInterface?
    var wantsArmed = true
    /// What its display is to show, as long as it is open: a text of before would be somebody else's greeting.
    var wantedScreen: DisplayScreen?
    /// Whether an interface did not give a report descriptor that can be read.
    var isUnreadable = false
    /// What follows when it takes nothing of what it is sent.
    var writeRecovery: WriteRecovery
    /// Whether a reset is under way.
    var isResetting = false
    /// Whether a reset is being followed up.
    var isSettingUp = false
    /// Why it cannot be opened, from the answer to the resumption of who waits for it.
    var openFault: USBError?
    /// The step that the bring-up waits for; there is one at a time.
    private var waiting: CheckedContinuation<USBCompletion, Never>?
    private var waitTimer: USBTimer?

    init(
        _ device: USBDevice, bus: any USBBus, configuration: DeviceConfiguration, limits: HubLimits, isTracing: Bool,
        asksRevision: Bool, onEvent: @escaping @Sendable (DeviceEvent) -> Void
    ) {
        self.device = device
        self.bus = bus
        self.configuration = configuration
        self.limits = limits
        writeRecovery = WriteRecovery(limits: limits)
        self.isTracing = isTracing
        self.asksRevision = asksRevision
        arrivedAt = device.arrivedAt ?? .now
        self.onEvent = onEvent
        thread = bus.thread
        let rule = configuration.rule(for: device)
        wedgeSettings = rule ?? (DeviceTable.isKnownScanner(device) ? configuration.wedge : nil)
        let ofDisplay = configuration.displayRule(for: device).flatMap { LinePlan(device, $0) }
        let ofScanner = ofDisplay == nil ? LinePlan(device, configuration) : nil
        (displayPlan, linePlan) = (ofDisplay, ofScanner)
        let plan = ofDisplay ?? ofScanner
        info = DeviceInfo(
            device: device, mode: DeviceTable.mode(of: device),
            interfaces: device.configuration.interfaces.filter { $0.alternateSetting == 0 }.map {
                DeviceInterface(
                    number: $0.number, driver: bus.kernelDriver(of: device, interface: $0.number),
                    usage: plan?.uses($0) == true ? plan?.usage ?? "" : $0.classUsage)
            })
        info.capabilities = configuration.capabilities(of: device)
    }

    /// Begins to find out what it is.
    func arrive() {
        tell()
        Task { await bringUp() }
    }

    /// Ends everything. Nothing is told any more.
    func leave() {
        isGone = true
        closePort()
    }

    /// Changes what is known and tells of it when it did.
    func update(_ change: (inout DeviceInfo) -> Void) {
        let before = info
        change(&info)
        if info != before { tell() }
    }

    /// Keeps an interface's report descriptor, which no driver shows while the interface is claimed. It is told with the next
    /// change.
    func keep(_ descriptor: [UInt8], of interface: USBInterface) {
        guard let index = info.interfaces.firstIndex(where: { $0.number == interface.number }) else { return }
        info.interfaces[index].reportDescriptor = descriptor
    }

    private func tell() {
        guard !isGone else { return }
        onEvent(.changed(info))
    }

    func complain(_ sentence: String) {
        guard !isGone else { return }
        onEvent(.problem(info, sentence))
    }

    /// Gives every interface and its kernel driver back.
    func closePort() {
        for line in lines { line.timer?.cancel() }
        display?.timer?.cancel()
        display?.ticker?.cancel()
        holdTimer?.cancel()
        holdTimer = nil
        // It was read: that the scanner goes now changes nothing.
        giveHeldScan()
        lines = []
        display = nil
        wantedScreen = nil
        controlInterface = nil
        isResetting = false
        dropOrders()
        orders = ScannerOrders(controls: nil)
        claims = []
        port?.close()
        port = nil
        // A closed port answers nothing any more.
        resume(with: .gone)
    }

    // MARK: Waiting

    /// - Returns: false when the device left meanwhile.
    func pause(_ duration: Duration) async -> Bool {
        guard !isGone else { return false }
        return await wait { device in
            device.waitTimer = device.thread.schedule(after: duration) { [weak device] in
                device?.assumeIsolated { $0.resume(with: .completed([])) }
            }
            if device.waitTimer == nil { device.resume(with: .gone) }
        } != .gone
    }

    /// Sends a control transfer and waits for its end; `.gone` when the device leaves meanwhile.
    func control(_ setup: USBSetup, data: [UInt8] = []) async -> USBCompletion {
        guard port != nil else { return .gone }
        return await wait { device in
            device.port?.control(setup, data: data, timeout: device.limits.answerWait) { [weak device] completion in
                device?.assumeIsolated { $0.resume(with: completion) }
            }
        }
    }

    /// Writes to a line and waits for the end.
    func write(_ bytes: [UInt8], to plan: LinePlan) async -> USBCompletion {
        guard port != nil else { return .gone }
        return await wait { device in
            device.write(bytes, to: plan) { [weak device] completion in
                device?.assumeIsolated { $0.resume(with: completion) }
            }
        }
    }

    /// Ends an endpoint's halt and waits for it.
    func clearHalt(of endpoint: USBEndpoint) async {
        guard port != nil else { return }
        _ = await wait { device in
            device.port?.clearHalt(endpoint: endpoint.address) { [weak device] _ in
                device?.assumeIsolated { $0.resume(with: .completed([])) }
            }
        }
    }

    func wait(_ begin: (isolated AttachedDevice) -> Void) async -> USBCompletion {
        await withCheckedContinuation { continuation in
            waiting = continuation
            begin(self)
        }
    }

    func resume(with completion: USBCompletion) {
        waitTimer?.cancel()
        waitTimer = nil
        waiting.take()?.resume(returning: completion)
    }
}
