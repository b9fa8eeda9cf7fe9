import Devices
import Logging
import Synchronization
import USB

/// Takes what the hubs tell, on the USB thread: devices into the registry and to their lanes, scans into the intake.
final class DeviceIntake: Sendable {
    private let parts: EdgeParts
    private let thread: USBEventThread
    private let logger: Logger
    /// Who waits until no device is being opened.
    private let waiting = Mutex<[Settling]>([])
    /// What the log was told.
    private let told = Mutex(ToldDevices())

    init(parts: EdgeParts, thread: USBEventThread, logger: Logger) {
        self.parts = parts
        self.thread = thread
        self.logger = logger
    }

    /// Starts a hub on a bus, whose devices this takes.
    func startHub(on bus: any USBBus, _ configuration: DeviceConfiguration) throws {
        let hub = parts.registry.add { number in
            DeviceHub(bus: bus, configuration: configuration) { [self] in take($0, hub: number) }
        }
        try hub.start()
    }

    /// Returns when every device that is plugged in has been opened or given up, or after `wait`.
    func settled(within wait: Duration) async {
        await withCheckedContinuation { caller in
            let settling = Settling(caller)
            let isTimed = thread.schedule(after: wait) { settling.end() } != nil
            // What the bus has told of so far is taken before this runs. Until then a device that is ready says nothing of one
            // that was plugged in just now.
            let isPosted = thread.execute { [self] in
                waiting.withLock { $0.append(settling) }
                endSettlingIfDone()
            }
            if !isTimed || !isPosted { settling.end() }
        }
    }

    private func endSettlingIfDone() {
        guard waiting.withLock({ !$0.isEmpty }), !parts.registry.isAnyOpening else { return }
        let done = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for settling in done { settling.end() }
    }

    private func take(_ event: DeviceEvent, hub: Int) {
        var note: String?
        defer {
            parts.deviceWatches.take(event)
            if let note { parts.deviceWatches.tell(note, of: event) }
        }
        switch event {
        case .scan(let scan): note = take(scan)
        case .changed(let info): changed(info, hub: hub)
        case .left(let info): left(info)
        case .problem(let info, let words):
            logger.warning("\(words)", metadata: info.device.metadata)
        case .report: break
        }
    }

    /// - Returns: why the scan came to nothing, for people who look for that; `nil` when it did not.
    private func take(_ scan: DeviceScan) -> String? {
        guard let lane = parts.registry.lane(of: scan.path) else { return nil }
        switch parts.intake.take(ReadLabel(scan, lane: lane)) {
        case .taken: return nil
        case .repeated:
            parts.metrics.repeated(lane: lane)
            logger.debug(
                "A customer's code was read again, which is no new scan.",
                metadata: ["device": "\(scan.path)", "lane": "\(lane)"])
            return Self.repeatedWords
        case .refused:
            // The person who holds the label hears that it has to be read again.
            parts.registry.send(.beep(.error), to: scan.path.description)
            return Self.refusedWords
        }
    }

    private static let repeatedWords = """
        This is no new scan: the same customer's code was read again within \(BounceFilter.time.components.seconds) s, as one is \
        that is held in front of the scanner.
        """
    private static let refusedWords = "This scan was refused, because too many wait for the disk. Scan again."

    private func changed(_ info: DeviceInfo, hub: Int) {
        let (lane, before) = parts.registry.changed(info, hub: hub)
        // What a scanner turns out to be able to do is no news for log and lane.
        guard told.withLock({ $0.isNews(info) }) else { return }
        logger.tell(info, lane: lane)
        // A device becomes ready once for each time it is plugged in or opened anew, and its scans then say nothing.
        if let advice = parts.registry.advice(for: info.device.path) {
            logger.warning("\(advice)", metadata: info.device.metadata)
        }
        for lane in Set([lane, before].compactMap { $0 }) {
            parts.lanes.execute { $0.deviceChanged(info, lane: lane) }
        }
        endSettlingIfDone()
    }

    private func left(_ info: DeviceInfo) {
        told.withLock { $0.left(info) }
        let lane = parts.registry.left(info)
        logger.notice("A device was unplugged.", metadata: info.device.metadata)
        if let lane { parts.lanes.execute { $0.deviceLeft(lane: lane) } }
        endSettlingIfDone()
    }
}

/// What the log was last told of each device.
private struct ToldDevices {
    private struct Words: Equatable {
        let plug: UInt64
        let role: DeviceRole
        let state: DeviceState
        let explanation: String
    }

    private var words: [USBPath: Words] = [:]

    mutating func isNews(_ info: DeviceInfo) -> Bool {
        let now = Words(plug: info.device.plug, role: info.role, state: info.state, explanation: info.explanation)
        return words.updateValue(now, forKey: info.device.path) != now
    }

    mutating func left(_ info: DeviceInfo) {
        words[info.device.path] = nil
    }
}

/// Somebody who waits once.
private final class Settling: Sendable {
    private let caller: Mutex<CheckedContinuation<Void, Never>?>

    init(_ caller: CheckedContinuation<Void, Never>) {
        self.caller = Mutex(caller)
    }

    func end() {
        let waiting = caller.withLock { caller in
            defer { caller = nil }
            return caller
        }
        waiting?.resume()
    }
}

extension Logger {
    fileprivate func tell(_ info: DeviceInfo, lane: String?) {
        var metadata = info.device.metadata
        if let lane { metadata["lane"] = "\(lane)" }
        switch info.state {
        case .opening: debug("A device is being opened.", metadata: metadata)
        case .ready: notice("A \(info.role == .display ? "display" : "scanner") is ready.", metadata: metadata)
        case .notClaimed:
            info.role == .other
                ? debug("A device is left to its driver. \(info.explanation)", metadata: metadata)
                : notice("A device is left to its driver. \(info.explanation)", metadata: metadata)
        case .failed: error("A device cannot be used. \(info.explanation)", metadata: metadata)
        }
    }
}

extension USBDevice {
    /// What a log line says of a device. Serial numbers stay out: they are nobody's business.
    fileprivate var metadata: Logger.Metadata { ["device": "\(path)", "id": "\(identity)"] }
}
