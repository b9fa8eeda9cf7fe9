import Glibc

/// A blocking TCP socket on loopback without anything around it.
final class LeanSocket: Sendable {
    let descriptor: Int32

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit {
        close(descriptor)
    }

    /// Connects to a port of this host.
    convenience init(port: Int) throws {
        self.init(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        var address = Self.loopback(port)
        let result = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Self.failure("The port \(port) takes no connection.") }
    }

    /// Two sockets that are connected to each other.
    static func pair() throws -> (near: LeanSocket, far: LeanSocket) {
        let (listener, port) = try listening()
        let near = try LeanSocket(port: port)
        let far = accept(listener.descriptor, nil, nil)
        guard far >= 0 else { throw failure("The connection is not accepted.") }
        return (near, LeanSocket(far))
    }

    /// A port that nobody listened on a moment ago, for a program that cannot choose one itself.
    static func freePort() throws -> Int {
        try listening().port
    }

    private static func listening() throws -> (listener: LeanSocket, port: Int) {
        let listener = LeanSocket(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        var address = loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard bind(listener.descriptor, address, length) == 0 else { return Int32(-1) }
                return getsockname(listener.descriptor, address, &length)
            }
        }
        guard result == 0, listen(listener.descriptor, 1) == 0 else { throw failure("No port can be listened on.") }
        return (listener, Int(UInt16(bigEndian: address.sin_port)))
    }

    func send(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let sent = Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            guard sent > 0 else { throw Self.failure("The other side takes no bytes.") }
            rest = UnsafeRawBufferPointer(rebasing: rest[sent...])
        }
    }

    func send(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try send($0) }
    }

    /// Waits for bytes.
    /// - Returns: how many came.
    func receive(into memory: UnsafeMutableRawBufferPointer) throws -> Int {
        let received = recv(descriptor, memory.baseAddress, memory.count, 0)
        guard received > 0 else { throw Self.failure("The other side has closed the connection.") }
        return received
    }

    private static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(clamping: port)).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return address
    }

    private static func failure(_ message: String) -> BenchError {
        BenchError(message, cause: String(cString: strerror(errno)))
    }
}
