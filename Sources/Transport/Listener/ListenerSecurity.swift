package import Wire

/// How a listener finds out who connects.
package enum ListenerSecurity: Sendable {
    /// It does not: whoever can connect is this caller.
    case open(Caller)
    /// By the user of the process at the other end of a Unix socket.
    case peerCredentials(@Sendable (PeerCredentials) -> Result<Caller, Status>)
    /// By the client's certificate, over TLS 1.3.
    case tls(ListenerTLS)
    /// By a signature, over TLS 1.3 and WebSocket.
    case webSocket(ListenerTLS, WebSocketRules)
}

extension ListenerSecurity {
    var isTLS: Bool {
        switch self {
        case .tls, .webSocket: true
        case .open, .peerCredentials: false
        }
    }

    /// Whether it asks which user connects.
    var checksUsers: Bool {
        if case .peerCredentials = self { true } else { false }
    }
}
