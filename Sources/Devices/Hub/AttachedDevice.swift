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
    let isTracing: Bool
    let onEvent: @Sendable (DeviceEvent) -> Void
    /// How it types if it is a keyboard that is a scanner; `nil` when it is not known to be one.
    let wedgeSettings: WedgeSettings?

    private(set) var info: DeviceInfo
    private(set) var isGone = false
    var port: (any USBPort)?
    var claims: Set<UInt8> = []
    var lines: [ScannerLine] = []
    var display: DisplayLine?
    var orders = ScannerOrders(feedback: nil)
    /// The interface of the scanner's controls.
    var controlInterface: USBInterface?
    var wantsArmed = true
    /// What its display is to show, as long as it is open: a text of before would be somebody else's greeting.
    var wantedLines: [String]?
    /// Whether an interface did not give a report descriptor that can be read.
    var isUnreadable = false
    /// Whether a reset is under way.
    var isResetting = false
    /// Whether a reset is being followed up.
    var isSettingUp = false
    /// The step that the bring-up waits for; there is one at a time.
    private var waiting: CheckedContinuation<USBCompletion, Never>?
    private var waitTimer: USBTimer?

    init(
        _ device: USBDevice, bus: any USBBus, configuration: DeviceConfiguration, limits: HubLimits, isTracing: Bool,
        onEvent: @escaping @Sendable (DeviceEvent) -> Void
    ) {
        self.device = device
        self.bus = bus
        self.configuration = configuration
        self.limits = limits
        self.isTracing = isTracing
        self.onEvent = onEvent
        thread = bus.thread
        let rule = configuration.rule(for: device)
        wedgeSettings = rule ?? (DeviceTable.isKnownScanner(device) ? configuration.wedge : nil)
        info = DeviceInfo(
            device: device, mode: DeviceTable.mode(of: device),
            interfaces: device.configuration.interfaces.filter { $0.alternateSetting == 0 }.map {
                DeviceInterface(
                    number: $0.number, driver: bus.kernelDriver(of: device, interface: $0.number),
                    usage: $0.classUsage)
            })
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
        lines = []
        display = nil
        wantedLines = nil
        controlInterface = nil
        isResetting = false
        orders = ScannerOrders(feedback: nil)
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

    private func wait(_ begin: (isolated AttachedDevice) -> Void) async -> USBCompletion {
        await withCheckedContinuation { continuation in
            waiting = continuation
            begin(self)
        }
    }

    private func resume(with completion: USBCompletion) {
        waitTimer?.cancel()
        waitTimer = nil
        waiting.take()?.resume(returning: completion)
    }
}
