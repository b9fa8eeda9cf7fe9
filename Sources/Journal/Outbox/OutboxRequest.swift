/// A call that asks for an entry, as it came.
package struct OutboxRequest: Sendable, Equatable {
    /// The call's name: "countertop.v1.Changes/Join".
    package let call: String
    /// The operation id that the till gave it. It belongs to one call of the whole edge, whatever system that goes to.
    package let operation: [UInt8]
    package let body: [UInt8]

    package init(call: String, operation: [UInt8], body: [UInt8]) {
        self.call = call
        self.operation = operation
        self.body = body
    }
}
