import Foundation

/// A directory of a test's own, removed with it. Its path is short, as paths of sockets have to be.
final class TemporaryDirectory {
    let path: String

    init() throws {
        path = "/tmp/ct-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
