import Customers
import Devices
import Journal

/// A journaled scan together with what the replica said of it.
struct LaneScan: Sendable {
    let epoch: UInt64
    let sequence: UInt64
    let entry: ScanEntry
    let answer: Answer
    /// False while the disk refuses and scans go on without being written down.
    let journaled: Bool
    /// Until when a till may take the scan; afterwards it is delivered as expired and never attached.
    let takenBefore: ContinuousClock.Instant

    init(_ scan: JournaledScan, answer: Answer, takenBefore: ContinuousClock.Instant) {
        epoch = scan.epoch
        sequence = scan.sequence
        entry = scan.entry
        journaled = scan.journaled
        self.answer = answer
        self.takenBefore = takenBefore
    }
}

/// What a lane did with a scan; the numbers are those of the wire and of the journal.
enum Attachment: UInt8, Sendable {
    /// No till has taken the scan yet.
    case undecided = 0
    /// Not a single customer.
    case none
    case attached
    case held
    case confirmReplace
    case already
    case heldInstead
}
