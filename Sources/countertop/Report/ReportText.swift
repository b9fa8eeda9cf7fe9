import Foundation

/// Text for others to read, without what may be somebody's or secret. Logs hold no such thing by themselves; this is the second
/// lock on that door.
enum ReportText {
    /// What stands in the place of something left out.
    static let blank = "(left out)"

    static func blanked(_ text: String) -> String {
        var text = text
        text.replace(/-----BEGIN [A-Z ]+-----[\s\S]*?(-----END [A-Z ]+-----|\z)/, with: blank)
        text.replace(/countertop-key [0-9]+ [0-9a-f]+/, with: blank)
        // E-mail addresses, pairing codes, digests and tokens, telephone and card numbers.
        text.replace(/[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)+/, with: blank)
        text.replace(/([0-9A-Z]{5}-){3,}[0-9A-Z]{1,5}/, with: blank)
        text.replace(/[0-9A-Fa-f]{32,}/, with: blank)
        text.replace(/[A-Za-z0-9+_\-]{40,}={0,2}/, with: blank)
        text.replace(/\+?[0-9][0-9 ]{6,}[0-9]/, with: blank)
        return text
    }

    /// The values in JSON that people write or read; all others are numbers, times and names of the protocol.
    private static let texts: Set<String> = [
        "message", "failure", "explanation", "name", "till", "manufacturer", "product", "store", "command", "words",
    ]
    /// How deep values may stand; what is deeper is left out.
    private static let depthMax = 16

    /// JSON of the same shape, its texts blanked.
    /// - Throws: an error of Foundation's for bytes that are no JSON.
    static func blanked(json: Data) throws -> Data {
        let value = try JSONSerialization.jsonObject(with: json, options: .fragmentsAllowed)
        return try JSONSerialization.data(
            withJSONObject: blanked(value, depth: 0), options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    }

    private static func blanked(_ value: Any, depth: Int, isText: Bool = true) -> Any {
        guard depth < depthMax else { return blank }
        switch value {
        case let text as String:
            // Numbers of 64 bits are texts in the JSON of protobuf.
            return !isText && text.allSatisfy(\.isNumber) ? text : blanked(text)
        case let list as [Any]: return list.map { blanked($0, depth: depth + 1, isText: isText) }
        case let object as [String: Any]:
            return object.reduce(into: [String: Any]()) { result, pair in
                result[pair.key] = blanked(pair.value, depth: depth + 1, isText: texts.contains(pair.key))
            }
        default: return value
        }
    }
}
