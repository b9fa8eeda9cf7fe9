import Foundation

/// What a process was told is done, a line each, written at once, so that it is known after the process was killed.
struct Notes: Sendable {
    let path: String

    /// - Parameter words: they hold no space.
    func add(_ words: String...) {
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        let line = Array((words.joined(separator: " ") + "\n").utf8)
        _ = line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        close(file)
        TestDisk.shared.told(words)
    }

    var all: [[String]] {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    }
}
