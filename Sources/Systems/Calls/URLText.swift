/// Texts within addresses.
package enum URLText {
    /// RFC 3986, section 2.1: everything but unreserved characters.
    package static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
            if isPlain || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte) { return String(Unicode.Scalar(byte)) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    /// Names and values, as a query or a form.
    package static func query(_ fields: [(String, String)]) -> String {
        fields.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
    }

    /// An address with a path, and what follows it in its query.
    /// - Parameter path: may have placeholders such as `{id}`, which `values` fill.
    package static func join(
        _ base: String, _ path: String, values: [String: String] = [:], query fields: [(String, String)] = []
    ) -> String {
        var path = path
        for (name, value) in values { path = path.replacing("{\(name)}", with: encoded(value)) }
        var url = base.hasSuffix("/") ? String(base.dropLast()) : base
        if !path.isEmpty { url += path.hasPrefix("/") ? path : "/" + path }
        guard !fields.isEmpty else { return url }
        return url + (url.contains("?") ? "&" : "?") + query(fields)
    }
}
