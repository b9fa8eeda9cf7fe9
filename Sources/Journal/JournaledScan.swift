/// A scan with its number.
package struct JournaledScan: Sendable, Equatable {
    /// Which numbering the sequence belongs to.
    package let epoch: UInt64
    /// The scan's number in its lane and epoch, from 1, without gaps.
    package let sequence: UInt64
    package let entry: ScanEntry
    /// What became of the scan, in the caller's numbers; 0 until it is settled.
    package var attachment: UInt8
    /// Whether nobody took the scan within its time.
    package var expired: Bool
    /// False while the scan is only in memory because the disk refuses.
    package var journaled: Bool

    package init(
        epoch: UInt64, sequence: UInt64, entry: ScanEntry, attachment: UInt8 = 0, expired: Bool = false,
        journaled: Bool = true
    ) {
        self.epoch = epoch
        self.sequence = sequence
        self.entry = entry
        self.attachment = attachment
        self.expired = expired
        self.journaled = journaled
    }

    /// The scan without the bytes that were read.
    var blanked: JournaledScan {
        var entry = entry
        entry.data = []
        return JournaledScan(
            epoch: epoch, sequence: sequence, entry: entry, attachment: attachment, expired: expired,
            journaled: journaled)
    }

    var place: ScanPlace { ScanPlace(lane: entry.lane, sequence: sequence) }
}

/// Where a scan of the present epoch stands.
struct ScanPlace: Hashable, Sendable {
    let lane: String
    let sequence: UInt64
}

/// What became of a scan.
package struct Settlement: Equatable, Sendable {
    /// In the caller's numbers.
    package var attachment: UInt8
    /// Whether nobody took the scan within its time.
    package var expired: Bool

    package init(attachment: UInt8, expired: Bool) {
        self.attachment = attachment
        self.expired = expired
    }
}
