import Foundation
import Glibc

/// A folder for what is on its way, its owner's alone, beside where it goes: so that nothing secret touches another disk.
struct TemporaryFolder {
    let path: String

    /// - Throws: ``EdgeError`` `backupFailed`.
    init(beside target: String) throws(EdgeError) {
        path = "\(target).new-\(String(UInt64.random(in: .min ... .max), radix: 16))"
        guard mkdir(path, 0o700) == 0 else {
            throw EdgeError(
                .backupFailed, "No folder can be made beside \(target). Check its folder and disk.",
                cause: String(cString: strerror(errno)))
        }
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}
