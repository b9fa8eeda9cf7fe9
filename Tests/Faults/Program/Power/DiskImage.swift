import Foundation

/// What a disk holds while a program works on it: of each file what is on it for good, and what may be on it or not since it
/// was synced last.
///
/// A disk may take what was not synced in any order, and of a write any of its sectors. It keeps the rest of a sector that is
/// written in part, as SQLite expects of it (https://www.sqlite.org/psow.html).
struct DiskImage {
    /// What a power cut leaves of the writes that were not synced.
    enum Survival: CaseIterable, Sendable {
        case none, all
        /// Each call whole or not at all.
        case some
        /// Each sector by itself.
        case torn
    }

    private struct File {
        var bytes: [UInt8] = []
        /// Whether the file itself is on the disk.
        var isThere = false
        var pending: [TestDisk.Change] = []

        /// Whether it was made since it was synced last.
        var isNew: Bool {
            pending.contains { change in
                if case .make = change { true } else { false }
            }
        }
    }

    private static let sectorBytes = 512

    private var files: [String: File] = [:]

    /// - Parameter folder: whose files are on the disk for good.
    init(folder: String, names: [String] = []) throws {
        for name in names {
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
            files[name] = File(bytes: bytes, isThere: true)
        }
    }

    /// A program does something to a file.
    mutating func apply(_ change: TestDisk.Change, to name: String) {
        switch change {
        case .sync:
            var file = files[name, default: File()]
            if file.isNew { syncFolder() }
            for change in file.pending { Self.apply(change, to: &file) }
            (file.pending, file.isThere) = ([], true)
            files[name] = file
        case .remove(isSynced: true): files[name] = nil
        case .make, .write, .cut, .remove: files[name, default: File()].pending.append(change)
        }
    }

    /// SQLite syncs the folder along with a log that it has made: what was removed before is gone then.
    private mutating func syncFolder() {
        for (name, file) in files {
            let removed = file.pending.lastIndex { change in
                if case .remove = change { true } else { false }
            }
            guard let removed else { continue }
            files[name] = File(pending: Array(file.pending[(removed + 1)...]))
        }
    }

    /// Writes the files as they may be after the power failed now.
    func write(to folder: String, survival: Survival, random: inout SplitMix) throws {
        for (name, file) in files.sorted(by: { $0.key < $1.key }) {
            var file = file
            pending: for change in file.pending {
                switch (survival, change) {
                case (.none, _): continue
                case (.all, _): Self.apply(change, to: &file)
                case (.torn, .write(let bytes, let place)):
                    for part in Self.sectors(bytes, at: place) where random.next() % 2 == 0 {
                        Self.apply(part, to: &file)
                    }
                case (.some, .remove), (.torn, .remove):
                    // What follows was written to another file, which has the name or has not.
                    guard random.next() % 2 == 0 else { break pending }
                    Self.apply(change, to: &file)
                case (.some, _), (.torn, _): if random.next() % 2 == 0 { Self.apply(change, to: &file) }
                }
            }
            guard file.isThere else { continue }
            try Data(file.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
    }

    private static func apply(_ change: TestDisk.Change, to file: inout File) {
        switch change {
        case .make: file.isThere = true
        case .write(let bytes, let place):
            // Whatever of a file is on the disk, its name is: a journalling file system keeps them together.
            file.isThere = true
            let missing = place + bytes.count - file.bytes.count
            if missing > 0 { file.bytes += [UInt8](repeating: 0, count: missing) }
            file.bytes.replaceSubrange(place..<place + bytes.count, with: bytes)
        case .cut(let length):
            if length < file.bytes.count { file.bytes.removeSubrange(length...) }
        case .remove: file = File()
        case .sync: return
        }
    }

    /// The parts of a write that stand in different sectors.
    private static func sectors(_ bytes: [UInt8], at place: Int) -> [TestDisk.Change] {
        var parts: [TestDisk.Change] = []
        var begin = 0
        while begin < bytes.count {
            let end = min(bytes.count, ((place + begin) / sectorBytes + 1) * sectorBytes - place)
            parts.append(.write(Array(bytes[begin..<end]), at: place + begin))
            begin = end
        }
        return parts
    }
}
