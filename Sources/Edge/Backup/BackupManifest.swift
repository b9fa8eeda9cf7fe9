import Crypto
package import Foundation

/// What is in a backup, as the backup itself says it.
package struct BackupManifest: Codable, Sendable {
    /// A file of the backup.
    package struct File: Codable, Sendable {
        /// Its path in the backup: "state/journal.db".
        package let name: String
        package let bytes: Int
        /// In hexadecimal digits.
        package let sha256: String
    }

    /// The version that made it.
    package let version: String
    package let madeAt: Date
    /// SQLite's `user_version` of each database.
    package let schemas: [String: Int]
    package let files: [File]
    /// What the configuration names and the backup does not hold, so that somebody has to bring it: paths, and names of
    /// credentials of the service manager's.
    package let missing: [String]

    /// The name of the manifest's own file.
    static let name = "manifest.json"
    /// The names of the configuration, of the store's key and of the key of card links.
    static let configuration = "configuration.yaml"
    static let key = "key"
    static let linkKey = "cards.key"
    /// Files that a backup may have, and how many.
    static let filesMax = 256
    /// The largest manifest that is read, in bytes.
    static let bytesMax = 1 << 20
    /// The largest file that the configuration names and a backup takes along, in bytes.
    static let namedFileBytesMax = 1 << 22
    /// Where those files are in the backup, each with its whole path.
    private static let namedFolder = "files"

    static func digest(_ data: Data) -> String {
        SHA256.hash(data: data).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// The name in the backup of a file that the configuration names.
    static func name(ofFile path: String) -> String { namedFolder + path }

    /// The path on the machine of a file with this name in the backup; `nil` when it is none that the configuration named.
    static func path(ofName name: String) -> String? {
        guard name.hasPrefix(namedFolder + "/") else { return nil }
        let path = String(name.dropFirst(namedFolder.count))
        let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        return parts.contains { ["", ".", ".."].contains($0) } ? nil : path
    }

    /// Whether a name is one that a backup may have: so that no file of another place is ever written.
    static func isKnown(_ name: String) -> Bool {
        var known: Set<String> = [
            configuration, key, linkKey, "state/identity/authority-key.pem", "state/identity/authority.pem",
            "state/identity/edge-key.pem", "state/identity/edge.pem",
        ]
        for file in StateFile.all { known.insert("state/\(file.name)") }
        return known.contains(name)
            || name.wholeMatch(of: /state\/audit(-changes)?\.log(\.[0-9]{1,4})?/) != nil
            || path(ofName: name) != nil
    }
}
