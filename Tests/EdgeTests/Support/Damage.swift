import Foundation

/// What a failing disk does to a file that is in use.
enum Damage {
    /// Writes nonsense over a database, its log and the index of that, where they are: pages that were read before would be
    /// remembered without the last.
    static func overwrite(_ path: String) throws {
        for path in [path, path + "-wal", path + "-shm"] where FileManager.default.fileExists(atPath: path) {
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            let bytes = Int(try file.seekToEnd())
            try file.seek(toOffset: 0)
            try file.write(contentsOf: Data(repeating: 0xAA, count: bytes))
            try file.close()
        }
    }
}
