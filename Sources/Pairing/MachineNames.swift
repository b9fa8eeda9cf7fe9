import Glibc

/// The names and addresses by which this machine can be reached.
package enum MachineNames {
    /// The host's name, its name in the local network's own naming (`NAME.local`), and the addresses of its interfaces, those
    /// excepted that need the name of an interface beside them. Sorted, each once.
    package static func all() -> [String] {
        var names: Set<String> = ["localhost", "127.0.0.1", "::1"]
        if let host = hostName() {
            names.insert(host)
            if !host.contains(".") { names.insert("\(host).local") }
        }
        names.formUnion(addresses())
        return names.sorted()
    }

    private static func hostName() -> String? {
        var bytes = [CChar](repeating: 0, count: 256)
        guard gethostname(&bytes, bytes.count - 1) == 0 else { return nil }
        let name = String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).lowercased()
        return isName(name) ? name : nil
    }

    /// Whether a certificate can hold it as a DNS name (RFC 1123, section 2.1).
    package static func isName(_ name: String) -> Bool {
        (1...253).contains(name.utf8.count)
            && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
            }
    }

    /// Whether it is the number of a host.
    package static func isAddress(_ text: String) -> Bool { IPAddressBytes(text) != nil }

    /// Whether the machine has this address now, on whichever interface.
    package static func has(address: String) -> Bool {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address, "0", &hints, &list) == 0, let found = list?.pointee else { return false }
        defer { freeaddrinfo(list) }
        let descriptor = socket(found.ai_family, found.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // The kernel lets a socket have no address but the machine's own. Nothing is sent.
        return bind(descriptor, found.ai_addr, found.ai_addrlen) == 0
    }

    private static func addresses() -> [String] {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&first) == 0 else { return [] }
        defer { freeifaddrs(first) }
        var texts: [String] = []
        var next = first
        while let entry = next?.pointee {
            next = entry.ifa_next
            guard let address = entry.ifa_addr, entry.ifa_flags & UInt32(IFF_UP) != 0 else { continue }
            if let text = number(address) { texts.append(text) }
        }
        return texts
    }

    private static func number(_ address: UnsafeMutablePointer<sockaddr>) -> String? {
        let family = Int32(address.pointee.sa_family)
        let length: socklen_t
        switch family {
        case AF_INET: length = socklen_t(MemoryLayout<sockaddr_in>.size)
        case AF_INET6: length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        default: return nil
        }
        var bytes = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        guard getnameinfo(address, length, &bytes, socklen_t(bytes.count), nil, 0, NI_NUMERICHOST) == 0 else {
            return nil
        }
        let text = String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return text.contains("%") ? nil : text
    }
}
