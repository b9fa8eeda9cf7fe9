/// A customer who is gone from the local copy, and whose traces in the edge's files are still to be removed or handed over.
package struct DepartingCustomer: Sendable, Equatable {
    /// The opaque id.
    package let customer: String
    /// The opaque id of the customer whom the traces go to; empty for one who is forgotten.
    package let successor: String
    /// By what the customer was known, in the caller's form; sealed in the file. Empty where that cannot be read.
    package let content: [UInt8]

    package init(customer: String, successor: String, content: [UInt8]) {
        self.customer = customer
        self.successor = successor
        self.content = content
    }
}
