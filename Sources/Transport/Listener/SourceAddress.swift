import Glibc
package import NIOCore

/// An address as limits count it: who has one address of it has all of it.
///
/// A host with IPv6 makes itself any address of its network (RFC 4862, RFC 8981), so its first 64 bits count alone. An IPv4
/// address that came over an IPv6 socket (`::ffff:192.0.2.1`, RFC 4291) is that address.
package enum SourceAddress {
    private static let networkBytes = 8
    private static let bytesOfAddress = 16
    /// What stands before an IPv4 address: 80 bits of zeros and 16 of ones.
    private static let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]

    /// "192.0.2.1", "2001:db8:0:1::/64".
    /// - Returns: the text as it is when it is no number of a host.
    package static func key(_ address: String) -> String {
        // The interface's name is no part of the number: "fe80::1%eth0".
        let number = address.prefix { $0 != "%" }
        var bytes = [UInt8](repeating: 0, count: bytesOfAddress)
        guard inet_pton(AF_INET6, String(number), &bytes) == 1 else { return address }
        if Array(bytes.prefix(mapped.count)) == mapped {
            return bytes.suffix(4).map { String($0) }.joined(separator: ".")
        }
        let groups = stride(from: 0, to: networkBytes, by: 2).map { at in
            String(UInt16(bytes[at]) << 8 | UInt16(bytes[at + 1]), radix: 16)
        }
        return groups.joined(separator: ":") + "::/64"
    }

    /// The key of the other side of a connection; empty for a Unix socket.
    package static func key(of address: SocketAddress?) -> String {
        address?.ipAddress.map(key) ?? ""
    }
}
