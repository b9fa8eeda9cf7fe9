/// What changed in a lane, written in one transaction.
package struct LaneChange: Sendable {
    /// What became of scans that were handed on, by their numbers.
    package var settlements: [UInt64: Settlement] = [:]
    /// A till has applied this scan and all before it.
    package var acknowledged: UInt64?
    /// What the lane has to know after a restart, in the caller's form. It is made on the journal's thread, and sealed.
    package var state: (@Sendable () -> [UInt8])?
    /// What a till was answered for the call that made the change.
    package var operation: AnsweredOperation?
    /// What systems outside are to learn of it; one whose operation id is in the outbox already is passed over.
    package var outbox: [OutboxDraft] = []

    package init(
        state: (@Sendable () -> [UInt8])? = nil, operation: AnsweredOperation? = nil, outbox: [OutboxDraft] = []
    ) {
        self.state = state
        self.operation = operation
        self.outbox = outbox
    }

    package var isEmpty: Bool {
        settlements.isEmpty && acknowledged == nil && state == nil && operation == nil && outbox.isEmpty
    }
}
