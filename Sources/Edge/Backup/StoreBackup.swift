import Cards
package import Foundation
import Glibc
import Journal
import Storage
import Transport

/// Makes a backup of what cannot be got again from elsewhere: the journal with the outbox, the tills, the store's own cards and
/// members, the edge's identity on the network, the audit log, the configuration with the files it names, and the keys. The
/// edge may run meanwhile.
package struct StoreBackup: Sendable {
    private let configuration: EdgeConfiguration
    private let configurationPath: String
    /// Whether the keys go along, and the passwords and certificates that the configuration names; without them the backup is
    /// of use only to who has them.
    private let holdsKey: Bool
    /// Whether the local copy of the customers goes along.
    private let holdsCustomers: Bool

    package init(_ configuration: EdgeConfiguration, path: String, holdsKey: Bool, holdsCustomers: Bool) {
        self.configuration = configuration
        configurationPath = path
        self.holdsKey = holdsKey
        self.holdsCustomers = holdsCustomers
    }

    /// Writes the backup: a tar archive packed with gzip, its owner's alone.
    /// - Parameter target: a file that is not there yet.
    /// - Returns: what is in it.
    /// - Throws: ``EdgeError`` `backupFailed`.
    package func write(to target: String, now: Date = Date()) throws(EdgeError) -> BackupManifest {
        guard access(target, F_OK) != 0 else {
            throw EdgeError(.backupFailed, "\(target) is there already. Name a file that is not.")
        }
        let folder = try TemporaryFolder(beside: target)
        defer { folder.remove() }
        let content = folder.path + "/" + Archive.root
        do {
            try FileManager.default.createDirectory(
                atPath: content + "/state/identity", withIntermediateDirectories: true)
            let missing = try copyFiles(to: content)
            let manifest = try manifest(of: content, missing: missing, now: now)
            let encoder = JSONEncoder()
            encoder.dateEncodingStrategy = .iso8601
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try encoder.encode(manifest).write(to: URL(fileURLWithPath: "\(content)/\(BackupManifest.name)"))
            try Archive.pack(folder.path, into: target)
            return manifest
        } catch let error as EdgeError {
            throw error
        } catch let error as StorageError {
            throw EdgeError(.backupFailed, error.message, cause: error.cause)
        } catch {
            throw EdgeError(
                .backupFailed, "The backup cannot be written. Check the disk.", cause: SystemCause.words(error))
        }
    }

    /// - Returns: what the configuration names and is not taken along.
    private func copyFiles(to content: String) throws -> [String] {
        let state = configuration.statePath
        guard access("\(state)/\(StateFile.journal.name)", R_OK) == 0 else {
            throw EdgeError(
                .backupFailed,
                "\(state)/\(StateFile.journal.name) cannot be read. Run it as root, or as the edge's user.",
                cause: String(cString: strerror(errno)))
        }
        for file in StateFile.all where holdsCustomers || !file.isRebuildable {
            guard access("\(state)/\(file.name)", F_OK) == 0 else { continue }
            try DatabaseFile.copy("\(state)/\(file.name)", to: "\(content)/state/\(file.name)")
        }
        try copy(configurationPath, to: "\(content)/\(BackupManifest.configuration)")
        for name in try FileManager.default.contentsOfDirectory(atPath: state) where name.hasPrefix("audit") {
            guard BackupManifest.isKnown("state/\(name)") else { continue }
            try copy("\(state)/\(name)", to: "\(content)/state/\(name)")
        }
        let identity = "\(state)/identity"
        if access(identity, F_OK) == 0 {
            for name in try FileManager.default.contentsOfDirectory(atPath: identity)
            where BackupManifest.isKnown("state/identity/\(name)") {
                try copy("\(identity)/\(name)", to: "\(content)/state/identity/\(name)")
            }
        }
        return try copySecrets(to: content)
    }

    private func copySecrets(to content: String) throws -> [String] {
        let named = NamedFiles(configuration)
        let linkKey = configuration.cards.map { [$0.keyPath] } ?? []
        guard holdsKey else { return linkKey + named.paths + named.handedOver }
        try copy(configuration.keyPath, to: "\(content)/\(BackupManifest.key)")
        try checkKey(of: content)
        var missing: [String] = []
        for path in linkKey where !copyIfThere(path, to: "\(content)/\(BackupManifest.linkKey)") {
            missing.append(path)
        }
        for path in named.paths {
            let target = "\(content)/\(BackupManifest.name(ofFile: path))"
            try FileManager.default.createDirectory(
                atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            // Pictures of a card are looked for, and need not be there.
            if !copyIfThere(path, to: target), !path.hasSuffix(".png") { missing.append(path) }
        }
        return missing + named.handedOver
    }

    /// A backup with another key than its files' would be of no use.
    private func checkKey(of content: String) throws {
        let state = "\(content)/state"
        let text = try String(contentsOfFile: "\(content)/\(BackupManifest.key)", encoding: .utf8)
        if let keys = StoreKeys(text: text), try keys.open(filesIn: state) { return }
        throw EdgeError(
            .backupFailed,
            "\(configuration.keyPath) is not the key under which \(configuration.statePath) is sealed, so the backup would be of "
                + "no use. Name the key in use in the configuration (key): the installed service is handed "
                + "\(UnitPlaces.key) (LoadCredential).")
    }

    /// - Returns: false when there is no such file, or it is none to take along.
    private func copyIfThere(_ source: String, to target: String) -> Bool {
        guard
            FileFacts(URL(fileURLWithPath: source).resolvingSymlinksInPath().path)
                .map({ $0.isRegular && $0.bytes <= BackupManifest.namedFileBytesMax }) == true,
            let data = FileManager.default.contents(atPath: source)
        else { return false }
        return FileManager.default.createFile(
            atPath: target, contents: data, attributes: [.posixPermissions: 0o600])
    }

    private func copy(_ source: String, to target: String) throws {
        guard let data = FileManager.default.contents(atPath: source) else {
            throw EdgeError(
                .backupFailed, "\(source) cannot be read. Run it as root, or as the edge's user.",
                cause: String(cString: strerror(errno)))
        }
        try data.write(to: URL(fileURLWithPath: target))
    }

    private func manifest(of content: String, missing: [String], now: Date) throws -> BackupManifest {
        let names = try FileManager.default.subpathsOfDirectory(atPath: content).filter { name in
            BackupManifest.isKnown(name) && FileFacts("\(content)/\(name)")?.isRegular == true
        }
        let files = try names.sorted().map { name in
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(content)/\(name)"), options: .mappedIfSafe)
            return BackupManifest.File(name: name, bytes: data.count, sha256: BackupManifest.digest(data))
        }
        var schemas: [String: Int] = [:]
        for file in StateFile.all { schemas[file.name] = StateFile.schema(of: "\(content)/state/\(file.name)") }
        return BackupManifest(version: Edge.version, madeAt: now, schemas: schemas, files: files, missing: missing)
    }
}
