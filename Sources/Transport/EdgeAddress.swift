/// Where an edge listens.
public enum EdgeAddress: Sendable, Hashable, CustomStringConvertible {
    /// A name or a number of a host ("127.0.0.1", "::1", "edge.local") and a port. A listener given the port 0 takes any
    /// free one.
    case tcp(host: String, port: Int)
    /// The path of a Unix socket, for tills on the edge's own host. It has at most 107 bytes.
    case unix(path: String)

    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
