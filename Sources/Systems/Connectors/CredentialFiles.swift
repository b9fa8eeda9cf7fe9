import Foundation
import Glibc

/// Where credentials are read: files of their own, and those that the service manager hands over
/// (https://systemd.io/CREDENTIALS). Each is read anew for each use, so that a new one needs no restart.
package struct CredentialFiles: Sendable {
    /// `$CREDENTIALS_DIRECTORY`; `nil` where there is none.
    package var directory: String?

    package init(directory: String? = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"]) {
        self.directory = directory
    }

    /// - Parameter place: a whole path, or the name of a credential of the service manager's.
    /// - Throws: ``SystemsError`` `refused`: it is not there, others may read it, or it holds no credential. What it holds is in
    ///   no message.
    package func read(_ place: String) throws(SystemsError) -> Secret {
        if place.hasPrefix("/") { return try Self.read(path: place, isOwned: true) }
        guard let directory else {
            throw SystemsError(
                .refused,
                "The credential \(place) is not handed over: no service manager has started this edge. Write the whole path of "
                    + "a file, or add LoadCredential=\(place):PATH to the service.")
        }
        return try Self.read(path: directory + "/" + place, isOwned: false)
    }

    /// When a credential was written; `nil` when it is not there.
    func writtenAt(_ place: String) -> Date? {
        let path = place.hasPrefix("/") ? place : directory.map { $0 + "/" + place }
        return path.flatMap { try? FileManager.default.attributesOfItem(atPath: $0)[.modificationDate] as? Date }
    }

    /// Writes a credential into a file that only its owner may read, whole or not at all. The file keeps its owner.
    /// - Parameter path: a whole path.
    /// - Throws: ``SystemsError`` `refused`: it cannot be written. What it holds is in no message.
    func write(_ secret: Secret, to path: String) throws(SystemsError) {
        let failure = SystemsError(
            .refused,
            "The credential file \(path) cannot be written. Check its folder and its owner, or run this as root.")
        let next = path + ".next"
        unlink(next)
        let file = open(next, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure }
        defer { close(file) }
        var status = stat()
        if stat(path, &status) == 0, fchown(file, status.st_uid, status.st_gid) != 0, geteuid() == 0 { throw failure }
        let bytes = Array((secret.text + "\n").utf8)
        guard Glibc.write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0, rename(next, path) == 0 else {
            unlink(next)
            throw failure
        }
    }

    /// - Parameter isOwned: whether it is a file of the store's own. The service manager looks after its own.
    private static func read(path: String, isOwned: Bool) throws(SystemsError) -> Secret {
        var status = stat()
        guard stat(path, &status) == 0, let data = FileManager.default.contents(atPath: path) else {
            throw SystemsError(
                .refused, "The credential file \(path) cannot be read. Check that it is there, and its owner.")
        }
        guard !isOwned || status.st_mode & 0o077 == 0 else {
            throw SystemsError(
                .refused, "Others than its owner may read the credential file \(path). Run chmod 600 \(path).")
        }
        guard data.count <= HTTPLimits.tokenBytesMax, let text = String(data: data, encoding: .utf8)?.trimmingSpaces,
            !text.isEmpty, !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else {
            throw SystemsError(
                .refused,
                "The credential file \(path) holds no credential. Write it there as it was given, on one line.")
        }
        return Secret(text)
    }
}

/// A text that is shown to nobody but the system it is for.
package struct Secret: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package var description: String { "(secret)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
