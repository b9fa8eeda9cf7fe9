import Storage

/// What of a batch is sealed, ready to be written.
struct SealedBatch {
    /// The bytes of the batch's scans, in their order.
    let scans: [[UInt8]]
    let states: [String: [UInt8]]
    let operations: [(operation: Operation, answer: [UInt8])]
    let drafts: [SealedDraft]

    init(_ batch: CommitQueue.Batch, with seals: JournalSeals) throws(StorageError) {
        var scans: [[UInt8]] = []
        for item in batch.waiting { scans.append(try seals.scans.seal(item.scan.entry.data)) }
        self.scans = scans
        var states: [String: [UInt8]] = [:]
        for (lane, state) in batch.states { states[lane] = try seals.states.seal(state.make()) }
        self.states = states
        var operations: [(operation: Operation, answer: [UInt8])] = []
        for answered in batch.waiting.compactMap(\.operation) + batch.operations {
            operations.append((answered.operation.written(under: seals.vault), try seals.answers.seal(answered.answer)))
        }
        self.operations = operations
        var drafts: [SealedDraft] = []
        for draft in batch.drafts.sorted(by: { $0.key < $1.key }) {
            drafts.append(try seals.outbox.seal(draft.value))
        }
        self.drafts = drafts
    }
}
