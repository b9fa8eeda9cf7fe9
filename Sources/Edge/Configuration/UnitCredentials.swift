import Foundation

/// The credentials that the installed service is handed (systemd.exec(5), LoadCredential=), by their names.
package struct UnitCredentials: Sendable, Equatable {
    private let names: Set<String>
    private let isOpen: Bool

    /// As its unit and what was added to it say.
    /// - Parameter root: the folder in which the machine's files are.
    /// - Returns: `nil` when no unit can be read.
    package init?(root: String = "") {
        let name = "countertop.service"
        let folders = ["/etc/systemd/system", "/run/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"]
        let units = folders.compactMap { FileManager.default.contents(atPath: "\(root)\($0)/\(name)") }
        guard let unit = units.first else { return nil }
        let more = folders.flatMap { folder in
            let dropIns = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)\(folder)/\(name).d")) ?? []
            return dropIns.filter { $0.hasSuffix(".conf") }.compactMap {
                FileManager.default.contents(atPath: "\(root)\(folder)/\(name).d/\($0)")
            }
        }
        self.init(texts: ([unit] + more).map { String(decoding: $0, as: UTF8.self) })
    }

    private init(texts: [String]) {
        var (names, isOpen): (Set<String>, Bool) = ([], false)
        for line in texts.flatMap({ $0.split(separator: "\n") }) {
            let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "LoadCredential", "LoadCredentialEncrypted", "SetCredential", "SetCredentialEncrypted":
                names.insert(String(parts[1].prefix { $0 != ":" }))
            case "ImportCredential": isOpen = true
            default: continue
            }
        }
        self.names = names
        self.isOpen = isOpen
    }

    /// Whether a credential is handed over, as far as the unit says it.
    package func hold(_ name: String) -> Bool {
        // A folder that is handed over gives each of its files a name that begins with the folder's.
        isOpen || names.contains(name) || names.contains { name.hasPrefix($0 + "_") }
    }
}
