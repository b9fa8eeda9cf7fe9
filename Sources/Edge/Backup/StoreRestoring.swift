import Cards
package import Foundation
import Glibc
import Journal
import Pairing
import Storage
import Transport

/// Puts a backup in the place of what is there, which is kept under another name. No edge may run.
package struct StoreRestoring: Sendable {
    private let archive: String
    let configurationPath: String
    let keepsConfiguration: Bool

    /// - Parameters:
    ///   - archive: the backup.
    ///   - configurationPath: where the edge's configuration is, or goes.
    ///   - keepsConfiguration: whether the configuration that is there stays.
    package init(_ archive: String, configurationPath: String, keepsConfiguration: Bool) {
        self.archive = archive
        self.configurationPath = configurationPath
        self.keepsConfiguration = keepsConfiguration
    }

    /// Checks all of the backup first, and only then changes something.
    /// - Returns: what was done, a sentence each.
    /// - Throws: ``EdgeError`` `backupFailed`.
    package func run(now: Date = Date()) throws(EdgeError) -> [String] {
        do {
            return try restore(now: now)
        } catch let error as EdgeError {
            throw error
        } catch let error as StorageError {
            throw EdgeError(.backupFailed, error.message, cause: error.cause)
        } catch let error as PairingError {
            throw EdgeError(.backupFailed, error.message, cause: error.cause)
        } catch {
            throw EdgeError(
                .backupFailed, "The backup cannot be put back. Check the disk.", cause: SystemCause.words(error))
        }
    }

    private func restore(now: Date) throws -> [String] {
        try checkPlaces()
        // What it is to be is known only from the configuration, which may be the backup's own.
        let unpacked = try makeUnpackingFolder()
        defer { unpacked.remove() }
        try Archive.unpack(archive, into: unpacked.path)
        let content = "\(unpacked.path)/\(Archive.root)"
        let manifest = try checked(content)
        let source = keepsConfiguration ? configurationPath : "\(content)/configuration.yaml"
        let configuration = try EdgeConfiguration.read(path: source)
        try checkNobodyRuns(configuration)
        try checkKey(configuration, content: content)
        var told = try makeConfigurationFolder()
        let stamp = now.ISO8601Format(.init(dateSeparator: .omitted, timeSeparator: .omitted))
        if !keepsConfiguration {
            told += try put(
                Data(contentsOf: URL(fileURLWithPath: source)), at: configurationPath, mode: 0o644, stamp)
        }
        let owner = owner(of: configuration.statePath)
        let key = try keyToPut(content, configuration)
        told += try putState(content, configuration.statePath, madeAt: manifest.madeAt, owner, stamp)
        // The key may stand among the state, which has just been moved away.
        if let key { told += try put(key, at: configuration.keyPath, mode: 0o600, stamp, owner: owner) }
        if let cards = configuration.cards, holds(content, BackupManifest.linkKey) {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(content)/\(BackupManifest.linkKey)"))
            told += try put(bytes, at: cards.keyPath, mode: 0o600, stamp, owner: owner)
        }
        told += try putNamedFiles(content, manifest, configuration, owner)
        if !holds(content, "state/replica.db") {
            told.append(
                "The customers are not in the backup: their sources bring them again, but for those who were imported by hand."
            )
        }
        if geteuid() == 0, owner == nil {
            told.append(
                "This machine has no user countertop, so the files are root's. Where the service is to run, install the package "
                    + "(sudo apt install ./countertop_*.deb), and then: sudo chown -R countertop:countertop "
                    + configuration.statePath)
        }
        let madeAt = manifest.madeAt.formatted(.iso8601)
        return told + [
            "Tills that were revoked and customers who were erased after \(madeAt) are as they were before: revoke and erase "
                + "them again (countertop tills revoke, countertop customers erase).",
            "The backup of \(madeAt) is in place; scans are numbered in a new epoch.",
        ]
    }

    /// The backup's key, or else the present one where it is moved away with the state; `nil` when it stays where it is.
    private func keyToPut(_ content: String, _ configuration: EdgeConfiguration) throws -> Data? {
        let isInState = configuration.keyPath.hasPrefix(configuration.statePath + "/")
        guard
            let path = holds(content, BackupManifest.key)
                ? "\(content)/\(BackupManifest.key)" : isInState ? configuration.keyPath : nil
        else { return nil }
        return try Data(contentsOf: URL(fileURLWithPath: path))
    }

    private func holds(_ content: String, _ name: String) -> Bool { access("\(content)/\(name)", F_OK) == 0 }

    private func checked(_ content: String) throws -> BackupManifest {
        guard let data = FileManager.default.contents(atPath: "\(content)/\(BackupManifest.name)"),
            data.count <= BackupManifest.bytesMax
        else { throw broken("it has no manifest") }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        guard let manifest = try? decoder.decode(BackupManifest.self, from: data),
            manifest.files.count <= BackupManifest.filesMax
        else { throw broken("its manifest cannot be read") }
        for file in manifest.files {
            guard BackupManifest.isKnown(file.name) else { throw broken("it names a file that no backup has") }
            let path = "\(content)/\(file.name)"
            guard FileFacts(path)?.isRegular == true,
                let bytes = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe),
                bytes.count == file.bytes, BackupManifest.digest(bytes) == file.sha256
            else { throw broken("\(file.name) in it is not as it was when the backup was made") }
        }
        for file in StateFile.all {
            guard let schema = manifest.schemas[file.name], schema > file.schemaVersion else { continue }
            throw EdgeError(
                .backupFailed,
                "The backup is of version \(manifest.version), which is newer than this one (\(Edge.version)): its "
                    + "\(file.name) has schema \(schema), and this version reads up to \(file.schemaVersion). Install that "
                    + "version first.")
        }
        guard manifest.files.contains(where: { $0.name == "state/\(StateFile.journal.name)" }) else {
            throw broken("it has no journal")
        }
        return manifest
    }

    /// A configuration that stays says where everything goes, so it has to be there.
    private func checkPlaces() throws(EdgeError) {
        guard keepsConfiguration, access(configurationPath, F_OK) != 0, errno == ENOENT || errno == ENOTDIR else {
            return
        }
        throw EdgeError(
            .backupFailed,
            "\(configurationPath) is not there, and it is to say where the backup's files go. Nothing was changed. Write it "
                + "first; what the backup's own says is printed by: tar -xzOf \(archive) "
                + "./\(Archive.root)/\(BackupManifest.configuration)")
    }

    private func checkNobodyRuns(_ configuration: EdgeConfiguration) throws {
        guard access(configuration.statePath, F_OK) == 0 else { return }
        let isInUse = try Self.isInUse(configuration.statePath + "/journal.db")
        guard !isInUse else {
            throw EdgeError(
                .backupFailed, "An edge runs on \(configuration.statePath). Stop it first: systemctl stop countertop")
        }
    }

    private static func isInUse(_ path: String) throws(StorageError) -> Bool {
        do throws(StorageError) {
            try FileLock(path: path).release()
            return false
        } catch {
            if error.code == .inUse { return true }
            throw error
        }
    }

    /// Without the right key nothing of it can be read, so that is said before anything is changed.
    private func checkKey(_ configuration: EdgeConfiguration, content: String) throws {
        let state = "\(content)/state"
        if holds(content, BackupManifest.key) {
            let text = try String(contentsOfFile: "\(content)/\(BackupManifest.key)", encoding: .utf8)
            guard let keys = StoreKeys(text: text), try keys.open(filesIn: state) else {
                throw broken("the key in it is not that of its files")
            }
            return
        }
        guard let keys = try StoreKeys.load(at: configuration.keyPath) else {
            throw EdgeError(
                .backupFailed,
                "The backup was made without the key, and \(configuration.keyPath) is not there. Put the key back from its "
                    + "copy first.")
        }
        guard try keys.open(filesIn: state) else {
            throw EdgeError(
                .backupFailed,
                "The backup was made without the key, and \(configuration.keyPath) is another one: a new box has a new key, "
                    + "under which the backup cannot be read. Put the old box's key there from its copy first.")
        }
    }

    private func broken(_ why: String) -> EdgeError {
        EdgeError(.backupFailed, "\(archive) is no whole backup: \(why). Take another copy of it.")
    }
}
