import Glibc
import NIOCore

/// The file of a Unix socket that an edge listens on.
struct SocketFile: Sendable {
    let path: String
    /// Which file it is, so that only the own one is removed at the end.
    private let device: dev_t
    private let inode: ino_t

    /// Binds a new socket to `path`, after removing a socket there that nobody answers on.
    /// - Parameter isOpen: whether everyone may connect, or the file's owner and group alone.
    /// - Returns: the file, and the bound socket, which the caller has to close or listen on.
    /// - Throws: ``TransportError``.
    static func bind(
        _ path: String, isOpen: Bool = false
    ) throws(TransportError) -> (file: SocketFile, socket: CInt) {
        let mode: mode_t = isOpen ? 0o666 : 0o660
        guard let address = try? SocketAddress(unixDomainSocketPath: path) else {
            throw TransportError(
                .addressInvalid, "\(path) is too long for a socket. Choose a path of at most 107 bytes.")
        }
        try removeStale(path, address)
        let socket = try openSocket()
        do throws(TransportError) {
            // Linux gives the file the mode of the socket, cut by the umask; so it is never open to more than it shall be,
            // not even for a moment. What the umask took is given back afterwards.
            guard fchmod(socket, mode) == 0, connectOrBind(Glibc.bind, socket, address) == 0, chmod(path, mode) == 0
            else { throw failure(errno, path) }
            var status = stat()
            guard lstat(path, &status) == 0 else { throw failure(errno, path) }
            return (SocketFile(path: path, device: status.st_dev, inode: status.st_ino), socket)
        } catch {
            close(socket)
            throw error
        }
    }

    /// Removes the file, if it is still the one that was bound.
    func remove() {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_dev == device, status.st_ino == inode else { return }
        unlink(path)
    }

    private static func removeStale(_ path: String, _ address: SocketAddress) throws(TransportError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            guard errno == ENOENT else { throw failure(errno, path) }
            return
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw TransportError(
                .fileInTheWay, "\(path) exists and is no socket. Move it away, or configure another path.")
        }
        let probe = try openSocket()
        defer { close(probe) }
        // A socket whose queue is full answers EAGAIN: somebody listens there, however slowly.
        guard connectOrBind(Glibc.connect, probe, address) != 0, errno == ECONNREFUSED else {
            throw errno == EACCES ? failure(errno, path) : inUse(path)
        }
        guard unlink(path) == 0 || errno == ENOENT else { throw failure(errno, path) }
    }

    private static func openSocket() throws(TransportError) -> CInt {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let socket = Glibc.socket(AF_UNIX, kind, 0)
        guard socket >= 0 else {
            throw TransportError(.inputOutput, "No socket can be made.", cause: String(cString: strerror(errno)))
        }
        return socket
    }

    private static func connectOrBind(
        _ call: (CInt, UnsafePointer<sockaddr>?, socklen_t) -> CInt, _ socket: CInt, _ address: SocketAddress
    ) -> CInt {
        address.withSockAddr { pointer, length in call(socket, pointer, socklen_t(length)) }
    }

    private static func inUse(_ path: String) -> TransportError {
        TransportError(
            .addressInUse,
            "Somebody answers on \(path) already, most likely another edge. Stop it, or configure another path.")
    }

    private static func failure(_ code: CInt, _ path: String) -> TransportError {
        let cause = String(cString: strerror(code))
        switch code {
        case EADDRINUSE: return inUse(path)
        case EACCES, EPERM, EROFS:
            return TransportError(
                .notPermitted,
                "The socket \(path) cannot be made there by this user. Check the owner and mode of its folder.",
                cause: cause)
        case ENOENT, ENOTDIR:
            return TransportError(
                .addressUnknown, "The folder of the socket \(path) does not exist. Make it, or configure another path.",
                cause: cause)
        default:
            return TransportError(.inputOutput, "The socket \(path) cannot be made.", cause: cause)
        }
    }
}
