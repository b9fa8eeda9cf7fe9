package import Foundation

/// One label as it was read in a lane.
package struct ScanEntry: Sendable, Equatable {
    package var lane: String
    /// The label's bytes; sealed in the file. Empty once they were erased.
    package var data: [UInt8]
    /// The symbology as UnifiedPOS numbers it.
    package var symbology: UInt32
    /// The AIM identifier as the scanner sent it, empty when it sent none.
    package var aim: String
    /// Where the label came from: a port path, or another word of the caller's.
    package var device: String
    /// When it was read, kept to the microsecond.
    package var scannedAt: Date
    /// The same by the clock that nobody sets; `nil` for one of an earlier version, or where the machine has none.
    package var bootTime: BootTime?
    /// The caller's own number for the kind of label.
    package var family: UInt8

    package init(
        lane: String, data: [UInt8], symbology: UInt32, aim: String, device: String, scannedAt: Date,
        bootTime: BootTime? = nil, family: UInt8
    ) {
        self.lane = lane
        self.data = data
        self.symbology = symbology
        self.aim = aim
        self.device = device
        self.scannedAt = scannedAt
        self.bootTime = bootTime
        self.family = family
    }
}
