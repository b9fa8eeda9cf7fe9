import Foundation
import Glibc

/// A tar archive, packed with gzip: made and read by tar(1), which every Debian has.
package enum Archive {
    /// The one folder in a backup.
    static let root = "countertop-backup"
    private static let program = "/usr/bin/tar"

    /// Packs what is in a folder, and takes the archive's place only when it is whole and on the disk.
    /// - Throws: ``EdgeError`` `backupFailed`.
    package static func pack(_ folder: String, into target: String) throws(EdgeError) {
        let draft = "\(target).part-\(String(UInt64.random(in: .min ... .max), radix: 16))"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("\(target) cannot be made. Check its folder and disk.") }
        defer { unlink(draft) }
        let arguments = ["--create", "--gzip", "--numeric-owner", "--owner=0", "--group=0", "--directory", folder, "."]
        let status = run(arguments, output: FileHandle(fileDescriptor: file, closeOnDealloc: false))
        let isWritten = status == 0 && fsync(file) == 0
        close(file)
        guard isWritten else { throw failure("\(target) cannot be written. Check the disk.") }
        guard place(draft, at: target) else { throw failure("\(target) cannot be put in its place.") }
    }

    /// Gives a whole file its name, unless a file has it already.
    /// - Parameter link: makes another name for a file, as link(2) does.
    /// - Returns: false when the disk refuses, or a file with that name is there; `errno` says which.
    static func place(
        _ draft: String, at target: String, link: (String, String) -> Int32 = { Glibc.link($0, $1) }
    ) -> Bool {
        // A link, unlike a rename, never takes the place of a file that is there.
        if link(draft, target) == 0 { return true }
        guard errno != EEXIST else { return false }
        // FAT and exFAT, which sticks have, know no links: an empty file that nobody else made keeps the name meanwhile.
        let kept = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard kept >= 0 else { return false }
        close(kept)
        if rename(draft, target) == 0 { return true }
        let reason = errno
        unlink(target)
        errno = reason
        return false
    }

    /// - Throws: ``EdgeError`` `backupFailed`.
    package static func unpack(_ archive: String, into folder: String) throws(EdgeError) {
        guard access(archive, R_OK) == 0 else { throw failure("\(archive) cannot be read.") }
        let arguments = [
            "--extract", "--gzip", "--no-same-owner", "--no-same-permissions", "--directory", folder, "--file", archive,
        ]
        guard run(arguments, output: .nullDevice) == 0 else {
            throw EdgeError(
                .backupFailed, "\(archive) is no archive of Countertop's, or is broken. Take another copy of it.")
        }
    }

    private static func run(_ arguments: [String], output: FileHandle) -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus
        } catch {
            return -1
        }
    }

    private static func failure(_ message: String) -> EdgeError {
        EdgeError(.backupFailed, message, cause: String(cString: strerror(errno)))
    }
}
