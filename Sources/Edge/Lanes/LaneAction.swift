import Devices

/// What a lane wants done. The host carries the actions out in order.
enum LaneAction: Sendable {
    case deliver(LaneScan, ScanOutcome, to: LaneAudience)
    /// The journal keeps what became of the scan.
    case settle(sequence: UInt64, ScanOutcome)
    /// The journal keeps what the lane has to know after a restart.
    case remember
    /// The lane's state is another one: everyone who watches learns it.
    case publishState
    case show(DisplayScreen)
    case beep(LaneBeep, device: String)
    case arm(Bool)
    /// Another till took the lane over.
    case letGo(LaneTill)
}

/// Who gets a scan.
enum LaneAudience: Sendable {
    case till
    case observers
    case everyone
}

enum LaneBeep: Sendable {
    case goodRead
    case notOnFile
    case error
}
