/// What of an entry is sealed: the operation id and the subject, each behind its length, and the payload.
struct OutboxContent: Equatable {
    var operation: [UInt8] = []
    var subject = ""
    var payload: [UInt8] = []

    init(_ draft: OutboxDraft) {
        (operation, subject, payload) = (draft.operation, draft.subject, draft.payload)
    }

    /// - Parameter bytes: what ``bytes`` gave; of others nothing is taken.
    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        let part = { () -> [UInt8]? in
            guard let length = rest.popFirst(), rest.count >= Int(length) else { return nil }
            defer { rest = rest.dropFirst(Int(length)) }
            return Array(rest.prefix(Int(length)))
        }
        guard let operation = part(), let subject = part() else { return }
        (self.operation, self.subject, payload) = (operation, String(decoding: subject, as: UTF8.self), Array(rest))
    }

    /// The same about another subject.
    func moved(to subject: String) -> OutboxContent {
        var content = self
        content.subject = subject
        return content
    }

    var bytes: [UInt8] {
        [UInt8(truncatingIfNeeded: operation.count)] + operation + [UInt8(truncatingIfNeeded: subject.utf8.count)]
            + Array(subject.utf8) + payload
    }
}
