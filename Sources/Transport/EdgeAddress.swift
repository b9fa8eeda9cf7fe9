/// Where an edge listens.
public enum EdgeAddress: Sendable, Hashable, CustomStringConvertible {
    /// A name or a number of a host ("127.0.0.1", "::1", "edge.local") and a port. A listener given the port 0 takes any
    /// free one.
    case tcp(host: String, port: Int)
    /// The same over TLS 1.3: "tls://edge.local:7433".
    case tls(host: String, port: Int)
    /// The path of a Unix socket, for tills on the edge's own host. It has at most 107 bytes.
    case unix(path: String)

    public var description: String {
        switch self {
        case .tcp(let host, let port): Self.text(host, port)
        case .tls(let host, let port): "tls://\(Self.text(host, port))"
        case .unix(let path): "unix:\(path)"
        }
    }

    private static func text(_ host: String, _ port: Int) -> String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
