/// Whose connection it is, for logs and for handlers.
package final class ConnectionInfo: Sendable, CustomStringConvertible {
    /// A number no other connection of the listener has had.
    package let id: UInt64
    /// Where the client connected from: "127.0.0.1:51332", "unix:/run/countertop/edge.sock".
    package let peer: String
    /// What the client calls itself in its Hello, cut and without control characters; empty until then.
    package let client: String

    package init(id: UInt64, peer: String, client: String = "") {
        self.id = id
        self.peer = peer
        self.client = client
    }

    func named(_ client: String, limits: TransportLimits) -> ConnectionInfo {
        let printable = client.unicodeScalars.lazy.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
        return ConnectionInfo(
            id: id, peer: peer, client: String(String.UnicodeScalarView(printable.prefix(limits.clientNameMax))))
    }

    package var description: String {
        client.isEmpty ? "connection \(id) from \(peer)" : "connection \(id) of \(client) from \(peer)"
    }
}
