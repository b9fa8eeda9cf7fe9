import Glibc
import NIOCore

/// Which user's process is at the other end of a Unix socket, as the kernel says (unix(7), SO_PEERCRED, SO_PEERGROUPS).
package struct PeerCredentials: Sendable, Hashable {
    package let user: UInt32
    /// The primary group first, then the others.
    package let groups: [UInt32]

    package init(user: UInt32, groups: [UInt32]) {
        self.user = user
        self.groups = groups
    }

    /// Asks the kernel. A process in more groups than fit counts as one of its primary group alone.
    static func read(of channel: any Channel) -> EventLoopFuture<PeerCredentials> {
        guard let socket = channel as? any SocketOptionProvider else {
            return channel.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
        }
        let credentials: EventLoopFuture<RawCredentials> = socket.unsafeGetSocketOption(
            level: .socket, name: .init(rawValue: SO_PEERCRED))
        return credentials.flatMap { raw in
            let groups: EventLoopFuture<RawGroups> = socket.unsafeGetSocketOption(
                level: .socket, name: .init(rawValue: SO_PEERGROUPS))
            return groups.map(\.all).recover { _ in [] }.map {
                PeerCredentials(user: raw.user, groups: [raw.group] + $0)
            }
        }
    }
}

/// `struct ucred` of <sys/socket.h>.
private struct RawCredentials: Sendable {
    let process: Int32
    let user: UInt32
    let group: UInt32
}

/// Room for the groups of a process. What the kernel leaves unwritten is 0, which is root's group and says nothing here.
private struct RawGroups: Sendable {
    private typealias Eight = (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32)
    private let words: (Eight, Eight, Eight, Eight, Eight, Eight, Eight, Eight)

    var all: [UInt32] {
        withUnsafeBytes(of: words) { Array($0.bindMemory(to: UInt32.self)).filter { $0 != 0 } }
    }
}
