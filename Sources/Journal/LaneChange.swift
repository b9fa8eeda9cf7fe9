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

    package init(state: (@Sendable () -> [UInt8])? = nil, operation: AnsweredOperation? = nil) {
        self.state = state
        self.operation = operation
    }

    package var isEmpty: Bool { settlements.isEmpty && acknowledged == nil && state == nil && operation == nil }
}
