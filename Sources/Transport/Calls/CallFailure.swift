package import Wire

/// How a client's call ended, when not with its answer.
package struct CallFailure: Error, Sendable, Equatable {
    /// The edge's status, or the client's own when the edge said nothing.
    package let status: Status
    /// False when the edge surely never began the call, so that it is safe to make again whatever it does.
    package let wasServed: Bool

    package init(_ status: Status, wasServed: Bool) {
        self.status = status
        self.wasServed = wasServed
    }
}
