import Glibc

/// The groups of this machine.
package enum SystemGroup {
    /// The number of a group by its name; `nil` when there is none.
    package static func number(_ name: String) -> UInt32? {
        var entry = group()
        var buffer = [CChar](repeating: 0, count: 16_384)
        var found: UnsafeMutablePointer<group>?
        guard getgrnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
        return entry.gr_gid
    }
}
