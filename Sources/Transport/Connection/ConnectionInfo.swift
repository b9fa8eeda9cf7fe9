/// Whose connection it is, for logs and for handlers.
package final class ConnectionInfo: Sendable, CustomStringConvertible {
    /// A number no other connection of the listener has had.
    package let id: UInt64
    /// Where the client connected from: "127.0.0.1:51332", "unix:/run/countertop/edge.sock".
    package let peer: String
    /// What the client calls itself in its Hello, cut and without control characters; empty until then.
    package let client: String
    /// Who it is, as far as it has proved it.
    package let caller: Caller
    /// The address it connected from, as limits count it (``SourceAddress``); empty for a Unix socket.
    package let address: String
    /// What a stranger signs to prove who it is: 32 random bytes of this connection; empty when it needs no such proof.
    package let nonce: [UInt8]

    package init(
        id: UInt64, peer: String, client: String = "", caller: Caller = .local, address: String = "",
        nonce: [UInt8] = []
    ) {
        self.id = id
        self.peer = peer
        self.client = client
        self.caller = caller
        self.address = address
        self.nonce = nonce
    }

    /// By what it is known when it breaks a rule: who it is, where it came from.
    var source: String { "\(caller.id)@\(address)" }

    func identified(as caller: Caller) -> ConnectionInfo {
        ConnectionInfo(id: id, peer: peer, client: client, caller: caller, address: address)
    }

    func named(_ client: String, limits: TransportLimits) -> ConnectionInfo {
        let printable = client.unicodeScalars.lazy.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
        return ConnectionInfo(
            id: id, peer: peer, client: String(String.UnicodeScalarView(printable.prefix(limits.clientNameMax))),
            caller: caller, address: address, nonce: nonce)
    }

    package var description: String {
        client.isEmpty ? "connection \(id) from \(peer)" : "connection \(id) of \(client) from \(peer)"
    }
}
