/// A web address in a code, as far as codes need it: `https://HOST/A/B?QUERY`.
package struct Link: Sendable, Equatable {
    /// In lower case, without a port.
    package let host: String
    /// The parts between the slashes, as they are written.
    package let path: [String]
    package let query: String

    /// - Returns: `nil` for a text that is none, or has characters that an address cannot have (RFC 3986, section 2).
    package init?(_ data: [UInt8]) {
        guard let scheme = Link.schemes.first(where: { Link.begins(data, $0) }) else { return nil }
        guard data.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        let text = String(decoding: data.dropFirst(scheme.utf8.count), as: UTF8.self)
        let resource = text.prefix { $0 != "#" }
        let beforeQuery = resource.prefix { $0 != "?" }
        let authority = beforeQuery.prefix { $0 != "/" }
        // A user in front of the host would let a code pretend to be another's.
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        host = authority.prefix { $0 != ":" }.lowercased()
        path = beforeQuery.dropFirst(authority.count + 1).split(separator: "/", omittingEmptySubsequences: false)
            .map(String.init)
        query = String(resource.dropFirst(beforeQuery.count + 1))
    }

    private static let schemes = ["https://", "http://"]

    private static func begins(_ data: [UInt8], _ scheme: String) -> Bool {
        data.count > scheme.utf8.count && zip(data, scheme.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }
}
