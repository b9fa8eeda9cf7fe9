package import Wire

/// What happens to a listener's connections, for the log.
package enum ConnectionEvent: Sendable {
    /// A client connected. It has not said who it is.
    case opened(ConnectionInfo)
    /// It did, and was welcomed.
    case welcomed(ConnectionInfo, version: UInt32)
    /// The connection has ended, for this reason.
    case closed(ConnectionInfo, Status)
    /// A stranger has proved who it is.
    case identified(ConnectionInfo)
    /// No connection came about: its handshake, of TLS or of a browser's WebSocket, failed or took too long.
    case handshakeFailed(peer: String, cause: String)
    /// A connection was closed at once, because too many were open and being refused already, or too many came
    /// from its address.
    case dropped(peer: String)
    /// The listener could not take a connection: no more file descriptors, for one. It goes on listening.
    case acceptFailed(String)
}
