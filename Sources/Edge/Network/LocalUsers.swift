import Glibc
import Transport
import Wire

/// What the users of the edge's own machine may do over its Unix socket.
struct LocalUsers: Sendable {
    /// Its members administer the edge.
    static let administrators = "countertop"
    /// Its members are tills of any lane.
    static let tills = "countertop-till"

    /// The user the edge runs as, who may do anything to it in any case.
    var ownUser: UInt32
    /// `nil` when the machine has no such group.
    var administratorGroup: UInt32?
    var tillGroup: UInt32?

    /// As this machine has them.
    static func ofThisMachine() -> LocalUsers {
        LocalUsers(
            ownUser: geteuid(), administratorGroup: SystemGroup.number(administrators),
            tillGroup: SystemGroup.number(tills))
    }

    /// Who a process of this user is.
    func caller(_ credentials: PeerCredentials) -> Result<Caller, Status> {
        let id = "uid-\(credentials.user)"
        if credentials.user == 0 || credentials.user == ownUser || isIn(administratorGroup, credentials) {
            return .success(Caller(.administrator, id: id))
        }
        if isIn(tillGroup, credentials) { return .success(Caller(.till, id: id)) }
        return .failure(
            Status(
                .localUserUnknown,
                "The user \(credentials.user) is in neither of the groups \(Self.tills) (watch, resolve) and "
                    + "\(Self.administrators) (administer). Add it with usermod -aG, and log in anew."))
    }

    private func isIn(_ group: UInt32?, _ credentials: PeerCredentials) -> Bool {
        group.map(credentials.groups.contains) ?? false
    }
}
