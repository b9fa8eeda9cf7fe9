import Foundation
import Yams

/// A configuration for others to read: every setting as it is, but no secret.
package enum BlankedConfiguration {
    /// What stands in the place of a secret.
    package static let blank = "(left out)"
    /// Parts of names whose values are secrets, unless they are paths of files that hold them.
    private static let secretNames = [
        "token", "secret", "password", "passphrase", "credential", "authorization", "api_key", "apikey", "client_id",
        "user",
        "login", "header", "cookie", "subscription",
    ]
    /// Names of secrets' files, but for the columns of a feed, which have such a name as well.
    private static let keyNames = ["key", "keys"]
    /// How deep settings may stand; what is deeper is left out.
    private static let depthMax = 16

    /// - Parameter yaml: the configuration's text. Its comments are left out, because nobody knows what is in them.
    /// - Returns: `nil` when the text is no YAML: then nobody knows which of it is secret.
    package static func text(_ yaml: String) -> String? {
        guard let node = try? Yams.compose(yaml: yaml) else { return nil }
        return try? Yams.serialize(node: blanked(node, isSecret: false, depth: 0))
    }

    private static func blanked(_ node: Node, isSecret: Bool, depth: Int, within section: String = "") -> Node {
        guard depth < depthMax else { return Node(blank) }
        switch node {
        case .scalar(let scalar): return Node(isSecret ? hidden(scalar.string) : withoutUser(scalar.string))
        case .sequence(let sequence):
            return Node.sequence(Node.Sequence(sequence.map { blanked($0, isSecret: isSecret, depth: depth + 1) }))
        case .mapping(let mapping):
            let pairs = mapping.map { pair in
                (pair.key, value(pair.value, of: pair.key.string ?? "", isSecret: isSecret, depth: depth + 1, section))
            }
            return Node.mapping(Node.Mapping(pairs))
        case .alias: return Node(blank)
        }
    }

    private static func value(
        _ node: Node, of name: String, isSecret: Bool, depth: Int, _ section: String
    ) -> Node {
        // What stands behind a command's name may be a password.
        if name == "command", let words = node.sequence, let program = words.first {
            return Node.sequence(Node.Sequence([program] + words.dropFirst().map { _ in Node(blank) }))
        }
        let lower = name.lowercased()
        let isKey = section != "fields" && (keyNames.contains(lower) || lower.hasSuffix("_key"))
        return blanked(
            node, isSecret: isSecret || isKey || secretNames.contains { lower.contains($0) }, depth: depth,
            within: lower)
    }

    /// A file's path is no secret, and says where somebody has to look.
    private static func hidden(_ text: String) -> String { text.hasPrefix("/") ? text : blank }

    /// A URL keeps its host and path; a user, a password and what is asked for may be secrets.
    private static func withoutUser(_ text: String) -> String {
        guard text.contains("://"), var parts = URLComponents(string: text) else { return text }
        parts.user = nil
        parts.password = nil
        if parts.query != nil { parts.query = "left-out" }
        parts.fragment = nil
        return parts.string ?? blank
    }
}
