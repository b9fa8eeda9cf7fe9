import Devices
import Edge
import Foundation
import Glibc

/// What of the machine's set-up bears on opening devices.
enum MachineAccess {
    private static let group = "countertop"
    private static let ruleFolders = [
        "/etc/udev/rules.d", "/run/udev/rules.d", "/usr/lib/udev/rules.d", "/lib/udev/rules.d",
    ]

    /// As it is now, for this process.
    static func facts() -> AccessFacts {
        var facts = AccessFacts()
        facts.isRoot = geteuid() == 0
        facts.user = NSUserName()
        facts.groups = groups
        facts.edgeGroup = SystemGroup.number(group)
        facts.ruleFile = ruleFolders.map { "\($0)/\(UdevRules.fileName)" }.first {
            FileManager.default.fileExists(atPath: $0)
        }
        return facts
    }

    private static var groups: Set<UInt32> {
        let count = getgroups(0, nil)
        guard count >= 0 else { return [getegid()] }
        var groups = [gid_t](repeating: 0, count: Int(count))
        let filled = getgroups(count, &groups)
        return Set(groups.prefix(Int(max(filled, 0)))).union([getegid()])
    }
}

/// Whether a Unix socket may be connected to by this user.
struct SocketAccess {
    /// False when it is there and its permissions keep this user out.
    let isOpenable: Bool

    init(_ path: String) {
        isOpenable = access(path, F_OK) != 0 && errno == ENOENT || access(path, R_OK | W_OK) == 0
    }
}
