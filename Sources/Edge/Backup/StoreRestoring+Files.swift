import Cards
import Foundation
import Glibc
import Journal
import Pairing
import Transport

/// Puts files in their places.
extension StoreRestoring {
    /// Puts a file in its place, in a folder that is made where there is none; a different one that is there is kept under another name, and its owner stays.
    /// - Parameter owner: whose it becomes where there is none.
    func put(
        _ bytes: Data, at target: String, mode: mode_t, _ stamp: String, owner: (uid_t, gid_t)? = nil
    ) throws -> [String] {
        let present = FileFacts(target)
        guard present == nil || FileManager.default.contents(atPath: target) != bytes else { return [] }
        var told: [String] = []
        if present != nil {
            try move(target, to: "\(target).before-\(stamp)")
            told.append("\(target) was kept as \(target).before-\(stamp).")
        }
        let folder = (target as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try write(bytes, to: target, mode: present.map { mode_t($0.mode) & 0o777 & ~0o022 } ?? mode)
        give(target, to: present.map { ($0.user, $0.group) } ?? owner)
        return told + ["\(target) is the backup's."]
    }

    /// A folder for what is in the backup, beside the configuration, or beside the first folder that is missing on the way to it: a
    /// backup that is refused makes none of them.
    func makeUnpackingFolder() throws(EdgeError) -> TemporaryFolder {
        var first = configurationPath
        var folder = (first as NSString).deletingLastPathComponent
        while folder.count > 1, access(folder, F_OK) != 0, errno == ENOENT {
            (first, folder) = (folder, (folder as NSString).deletingLastPathComponent)
        }
        do {
            return try TemporaryFolder(beside: first)
        } catch {
            throw first == configurationPath ? error : noFolder(first, cause: error.cause)
        }
    }

    private func noFolder(_ folder: String, cause: String?) -> EdgeError {
        EdgeError(
            .backupFailed,
            "\(folder) is not there, and cannot be made. Run it as root; or install the package first, which makes it: sudo "
                + "apt install ./countertop_*.deb", cause: cause)
    }

    /// A new box may have no folder for the configuration yet: the package makes it, and so does this.
    func makeConfigurationFolder() throws -> [String] {
        let folder = (configurationPath as NSString).deletingLastPathComponent
        guard !keepsConfiguration, access(folder, F_OK) != 0, errno == ENOENT else { return [] }
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        } catch {
            throw noFolder(folder, cause: SystemCause.words(error))
        }
        return ["\(folder) was not there, and was made."]
    }

    func putState(
        _ content: String, _ state: String, madeAt: Date, _ owner: (uid_t, gid_t)?, _ stamp: String
    ) throws -> [String] {
        var told: [String] = []
        if access(state, F_OK) == 0 {
            try move(state, to: "\(state).before-\(stamp)")
            told.append("What was in \(state) was kept as \(state).before-\(stamp).")
        }
        let around = (state as NSString).deletingLastPathComponent
        if access(around, F_OK) != 0 {
            try FileManager.default.createDirectory(atPath: around, withIntermediateDirectories: true)
        }
        try makeFolder(state, owner)
        let names = try FileManager.default.subpathsOfDirectory(atPath: "\(content)/state").sorted()
        for name in names where FileFacts("\(content)/state/\(name)")?.isRegular == true {
            guard BackupManifest.isKnown("state/\(name)") else { continue }
            let target = "\(state)/\(name)"
            let folder = (target as NSString).deletingLastPathComponent
            if access(folder, F_OK) != 0 { try makeFolder(folder, owner) }
            try write(try Data(contentsOf: URL(fileURLWithPath: "\(content)/state/\(name)")), to: target, mode: 0o600)
            give(target, to: owner)
        }
        ScanJournal.beginNewEpoch(at: "\(state)/\(StateFile.journal.name)")
        if access("\(state)/\(StateFile.tills.name)", F_OK) == 0 {
            try TillRegistry.noteRestored(at: "\(state)/\(StateFile.tills.name)", madeAt: madeAt)
        }
        // What these two made is the edge's, too.
        for name in try FileManager.default.contentsOfDirectory(atPath: state) { give("\(state)/\(name)", to: owner) }
        return told
    }

    /// Puts the files that the configuration names where there are none. One that is there may be newer than the backup, and
    /// stays.
    func putNamedFiles(
        _ content: String, _ manifest: BackupManifest, _ configuration: EdgeConfiguration, _ owner: (uid_t, gid_t)?
    ) throws -> [String] {
        let named = NamedFiles(configuration)
        var told: [String] = []
        for name in manifest.files.map(\.name) {
            guard let path = BackupManifest.path(ofName: name) else { continue }
            guard named.paths.contains(path) else {
                told.append("\(path) was left in the backup: the configuration does not name it.")
                continue
            }
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(content)/\(name)"))
            guard FileFacts(path) == nil else {
                if FileManager.default.contents(atPath: path) != bytes {
                    told.append("\(path) is there already and was left as it is, though the backup has another.")
                }
                continue
            }
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try write(bytes, to: path, mode: 0o600)
            give(path, to: owner)
            told.append("\(path) is the backup's.")
        }
        // Of another configuration than the backup's own, other files may be missing than when it was made.
        let linkKey = configuration.cards.map { [$0.keyPath] } ?? []
        let wanted =
            (linkKey + named.paths.filter { !$0.hasSuffix(".png") }).filter { access($0, F_OK) != 0 } + named.handedOver
        guard !wanted.isEmpty else { return told }
        return told + ["Not in the backup, and to be brought: \(wanted.joined(separator: ", "))."]
    }

    /// Whose the state is to be: whose it was, or the edge's own user's.
    func owner(of state: String) -> (uid_t, gid_t)? {
        if let present = FileFacts(state) { return (present.user, present.group) }
        guard geteuid() == 0, let user = getpwnam("countertop") else { return nil }
        return (user.pointee.pw_uid, user.pointee.pw_gid)
    }

    private func give(_ path: String, to owner: (uid_t, gid_t)?) {
        if let owner { _ = chown(path, owner.0, owner.1) }
    }

    private func makeFolder(_ path: String, _ owner: (uid_t, gid_t)?) throws {
        guard mkdir(path, 0o700) == 0 else { throw failure(path) }
        give(path, to: owner)
    }

    private func move(_ path: String, to target: String) throws {
        guard rename(path, target) == 0 else { throw failure(path) }
    }

    /// The file is on the disk when this returns.
    private func write(_ bytes: Data, to path: String, mode: mode_t) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard file >= 0 else { throw failure(path) }
        let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        try handle.write(contentsOf: bytes)
        try handle.synchronize()
    }

    private func failure(_ path: String) -> EdgeError {
        EdgeError(
            .backupFailed, "\(path) cannot be written. Run it as root, and check the disk.",
            cause: String(cString: strerror(errno)))
    }
}
