import Foundation

/// What stays of a customer who is gone: it refuses his records.
struct Tombstone: Equatable {
    /// Milliseconds since 1970.
    let erasedAt: Int64
    /// Whether the store was asked to forget him; a source let go of him otherwise.
    let isAsked: Bool

    /// Whether a record is one of somebody who is a customer again.
    ///
    /// A source that let go of somebody and has him again says both itself, one after the other. Where the store was asked, it
    /// takes a change that the source dates, and dates later: one that has not heard of the erasure gives him with every reading.
    func admits(_ record: CustomerRecord) -> Bool {
        record.changedAt.milliseconds > erasedAt && (record.isDated || !isAsked)
    }
}
