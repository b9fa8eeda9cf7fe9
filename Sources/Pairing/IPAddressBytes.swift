import Glibc

/// The bytes of an IPv4 or IPv6 address.
struct IPAddressBytes {
    let bytes: [UInt8]

    /// - Returns: `nil` when the text is no number of a host.
    init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            bytes = withUnsafeBytes(of: &six) { Array($0) }
        } else {
            return nil
        }
    }
}
