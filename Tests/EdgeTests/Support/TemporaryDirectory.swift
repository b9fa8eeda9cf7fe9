import Foundation

/// A directory that goes when this object does.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        // Short, because the path of a Unix socket has at most 107 bytes.
        path = FileManager.default.temporaryDirectory.appending(path: "ct-\(UUID().uuidString.prefix(8))").path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { path + "/" + name }

    /// What is in all of its files.
    func contents() throws -> [String: Data] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: path)
        return Dictionary(
            uniqueKeysWithValues: names.map { ($0, FileManager.default.contents(atPath: file($0)) ?? Data()) })
    }
}
