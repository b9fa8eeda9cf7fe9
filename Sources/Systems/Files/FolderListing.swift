import Foundation
import Glibc

/// The files of a watched folder that can be read.
enum FolderListing {
    /// - Parameter anyFormat: whether a file's name need not say what is in it.
    /// - Returns: their names, sorted by their bytes, up to the first that is still being written: it is read before those
    ///   behind it. Hidden ones and folders are left out.
    /// - Throws: ``SystemsError`` `missing`, `refused`, or `broken` when there are too many to be sure of all.
    static func names(in path: String, now: Date, anyFormat: Bool) throws(SystemsError) -> [String] {
        guard let folder = opendir(path) else {
            let code = errno
            throw code == ENOENT
                ? SystemsError(.missing, "The folder \(path) is not there. Make it, or name another.")
                : SystemsError(
                    .refused, "The folder \(path) cannot be read. Let the user that Countertop runs as read it.",
                    cause: FileInput.words(code))
        }
        defer { closedir(folder) }
        var names: [(name: String, isSettled: Bool)] = []
        var looked = 0
        while let entry = readdir(folder) {
            looked += 1
            guard looked <= SystemsLimits.folderFilesMax else {
                throw SystemsError(
                    .broken,
                    "The folder \(path) holds more than \(SystemsLimits.folderFilesMax) files. Take away those that were "
                        + "read.")
            }
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let name, !name.hasPrefix("."), name.utf8.count <= SystemsLimits.fileNameBytesMax,
                !name.contains("\t"), anyFormat || RowFormat(fileName: name) != nil,
                let isSettled = isSettled(path + "/" + name, now: now)
            else { continue }
            names.append((name, isSettled))
        }
        return names.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.prefix(while: \.isSettled)
            .map(\.name)
    }

    /// - Returns: `nil` for what is no file.
    private static func isSettled(_ path: String, now: Date) -> Bool? {
        guard let fingerprint = try? FileInput.fingerprint(path: path) else { return nil }
        return now.timeIntervalSince1970 - Double(fingerprint.writtenAt) / 1_000 >= SystemsLimits.settleSeconds
    }
}
