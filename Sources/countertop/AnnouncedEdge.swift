/// An edge as Avahi tells of it.
struct AnnouncedEdge: Hashable {
    /// What people see: "Countertop on kassa".
    let name: String
    let host: String
    let port: Int
    /// Where it can be reached, each once. An address that needs the name of an interface beside it has it: "fe80::1%eth0".
    var addresses: [String]

    /// The edges in what `avahi-browse --parsable --resolve` prints (avahi-browse(1)): lines of `=;interface;protocol;name;
    /// type;domain;host;address;port;texts`. Other lines, and what cannot be read, are passed over.
    static func all(in text: String) -> [AnnouncedEdge] {
        var edges: [AnnouncedEdge] = []
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: ";", maxSplits: 9, omittingEmptySubsequences: false).map(String.init)
            guard fields.count >= 9, fields[0] == "=", let port = UInt16(fields[8]) else { continue }
            let address = fields[7].hasPrefix("fe80:") ? "\(fields[7])%\(fields[1])" : fields[7]
            let edge = AnnouncedEdge(
                name: unescaped(fields[3]), host: unescaped(fields[6]), port: Int(port), addresses: [address])
            if let index = edges.firstIndex(where: { $0.isSame(as: edge) }) {
                if !edges[index].addresses.contains(address) { edges[index].addresses.append(address) }
            } else {
                edges.append(edge)
            }
        }
        return edges
    }

    private func isSame(as other: AnnouncedEdge) -> Bool {
        name == other.name && host == other.host && port == other.port
    }

    /// Avahi escapes a label as DNS does (RFC 1035, section 5.1): `\DDD` is a byte, `\X` a character that is no digit.
    private static func unescaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let first = rest.popFirst() {
            guard first == UInt8(ascii: "\\"), let next = rest.first else {
                bytes.append(first)
                continue
            }
            if rest.count >= 3, let value = UInt8(String(decoding: rest.prefix(3), as: UTF8.self)) {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(next)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
