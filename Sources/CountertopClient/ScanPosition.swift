public import Wire

/// A scan's place among its lane's scans: what a till keeps to resume after it.
public struct ScanPosition: Sendable, Hashable, Codable {
    /// The journal's epoch: numbers of different epochs have nothing to do with each other.
    public var epoch: UInt64
    /// The scan's number within the lane. Numbers have no gaps.
    public var sequence: UInt64

    public init(epoch: UInt64, sequence: UInt64) {
        self.epoch = epoch
        self.sequence = sequence
    }
}

extension Scan {
    /// Where the scan stands in its lane.
    public var position: ScanPosition { ScanPosition(epoch: epoch, sequence: sequence) }
}
