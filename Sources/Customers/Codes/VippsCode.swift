import GS1

/// A code of Vipps MobilePay (QR API, "Personal QR").
package enum VippsCode: Sendable, Equatable {
    /// A personal code of version 1, which holds the phone number in clear: `/28/2/01/031/4712345678?v=1`.
    case phone(e164: String)
    /// A personal code of version 2, `/p/TOKEN`, which only Vipps can turn into a phone number.
    case token
    /// A merchant's code, or another that names no person.
    case notPersonal

    /// The hosts of the codes. MobilePay's codes are documented under the same exchange, and under no host of their own.
    static let hosts: Set<String> = ["qr.vipps.no"]
    /// The path in front of the number in a code of version 1.
    private static let clearPath = ["28", "2", "01", "031"]

    /// - Returns: `nil` for a text that is no code of Vipps.
    package init?(_ data: [UInt8]) {
        guard let link = Link(data), VippsCode.hosts.contains(link.host) else { return nil }
        let path = link.path
        if path.count == 2, path[0] == "p", !path[1].isEmpty {
            self = .token
        } else if path.count == 5, Array(path.prefix(4)) == VippsCode.clearPath, link.query == "v=1",
            (8...15).contains(path[4].utf8.count), path[4].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            path[4].first != "0"
        {
            self = .phone(e164: "+\(path[4])")
        } else {
            self = .notPersonal
        }
    }
}
