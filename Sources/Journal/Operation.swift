import Storage

/// A call that a till may make again: by keyed digests of its id and of what it asks for, so that neither is in the file.
package struct Operation: Sendable, Hashable, Codable {
    /// Which operation it is.
    package let key: [UInt8]
    /// What it asks for.
    let payload: [UInt8]
    /// The generation of the key under which that was digested.
    let generation: UInt8
    /// The same as it was written under the key before, while that changes.
    let payloadBefore: [UInt8]?
    /// Whose it is; empty for the edge's own.
    package let lane: String

    /// As it is written: what it asks for would not be known again under another key, and its id alone tells.
    func written(under vault: Vault) -> Operation {
        guard vault.generation != generation else { return self }
        return Operation(key: key, payload: [], generation: vault.generation, payloadBefore: nil, lane: lane)
    }

    /// Whether another one has the same id and is of the same call.
    package func isSame(as other: Operation) -> Bool { key == other.key && isCall(other.payload) }

    /// Whether a row is of this very call. In a row that was rewritten under another key what it asked for is not known any
    /// more: its id alone tells.
    func isCall(_ written: [UInt8]) -> Bool {
        written.isEmpty || written == payload || written == payloadBefore
    }
}

/// An operation with its answer.
package struct AnsweredOperation: Sendable, Equatable {
    package let operation: Operation
    /// The answer, in the caller's form; sealed in the file.
    package let answer: [UInt8]

    package init(_ operation: Operation, answer: [UInt8]) {
        self.operation = operation
        self.answer = answer
    }
}

/// A scan that was asked for by an operation.
package struct ScanOperation: Sendable {
    package let operation: Operation
    /// The answer, made from the number the scan gets.
    package let answer: @Sendable (_ epoch: UInt64, _ sequence: UInt64) -> [UInt8]

    package init(_ operation: Operation, answer: @escaping @Sendable (_ epoch: UInt64, _ sequence: UInt64) -> [UInt8]) {
        self.operation = operation
        self.answer = answer
    }
}

/// What the journal knows of an operation.
package enum OperationRecord: Sendable, Equatable {
    /// It was never carried out, or so long ago that it is forgotten.
    case new
    case answered([UInt8])
    /// Another call had its id.
    case other
}
