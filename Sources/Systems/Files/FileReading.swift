import Foundation
import Synchronization

/// A file or a command's output that is being read.
final class FileReading {
    /// Where the next page begins.
    private(set) var cursor: FileCursor
    private let pager: RowPager
    /// Whether files of the same folder come behind this one.
    private let isFollowed: Bool
    /// Checks at the end that all came, as it was.
    private let finish: () throws(SystemsError) -> Void

    private init(
        _ cursor: FileCursor, _ pager: RowPager, isFollowed: Bool = false,
        finish: @escaping () throws(SystemsError) -> Void
    ) {
        self.cursor = cursor
        self.pager = pager
        self.isFollowed = isFollowed
        self.finish = finish
    }

    func page() throws(SystemsError) -> SourcePage {
        var page = try pager.page { place, isEnd throws(SystemsError) in
            if isEnd { try finish() }
            cursor.place = place
            cursor.isDone = isEnd
            return cursor.bytes
        }
        page.isLast = page.isLast && !isFollowed
        return page
    }

    /// - Returns: `nil` when the file is the one that was read.
    static func file(_ path: String, after cursor: FileCursor?, of source: FileSource) throws(SystemsError)
        -> FileReading?
    {
        let fingerprint = try FileInput.fingerprint(path: path)
        guard let cursor, cursor.fingerprint == fingerprint else {
            return try open(path, name: "", at: .beginning, of: source)
        }
        guard !cursor.isDone else { return nil }
        return try open(path, name: "", at: cursor.place, expecting: fingerprint, of: source)
    }

    /// - Returns: `nil` when there is no further file.
    /// - Throws: ``SystemsError`` `missing` as long as there was none at all.
    static func folder(_ path: String, after cursor: FileCursor?, of source: FileSource) throws(SystemsError)
        -> FileReading?
    {
        let names = try FolderListing.names(in: path, now: source.now(), anyFormat: source.settings.format != nil)
        if let cursor, !cursor.isDone, names.contains(cursor.file) {
            let fingerprint = try FileInput.fingerprint(path: path + "/" + cursor.file)
            return try open(
                path + "/" + cursor.file, name: cursor.file,
                at: fingerprint == cursor.fingerprint ? cursor.place : .beginning,
                isFollowed: cursor.file != names.last, of: source)
        }
        // By bytes, as the names are sorted: texts compare otherwise.
        let last = (cursor?.file ?? "").utf8
        guard let name = names.first(where: { last.lexicographicallyPrecedes($0.utf8) }) else {
            guard cursor == nil || cursor?.file == "" else { return nil }
            throw SystemsError(
                .missing,
                "\(path) holds no file yet whose name ends in .csv or .jsonl, or these and .gz. Put one into it.")
        }
        return try open(path + "/" + name, name: name, at: .beginning, isFollowed: name != names.last, of: source)
    }

    static func command(_ words: [String], of source: FileSource) throws(SystemsError) -> FileReading {
        let input = try CommandInput(words)
        source.command.withLock { $0 = input.process }
        let layout = RowLayout(
            name: words.first ?? "", format: source.settings.format ?? .jsonLines, encoding: source.settings.encoding)
        let pager = try RowPager(
            layout, mapping: mapping(source, asOf: source.now()), at: .beginning, rowsMax: source.rowsMax
        ) { input }
        let cursor = FileCursor(
            file: "", fingerprint: FileInput.Fingerprint(size: 0, writtenAt: 0), place: .beginning, isDone: false)
        return FileReading(cursor, pager) { () throws(SystemsError) in try input.finish() }
    }

    private static func open(
        _ path: String, name: String, at place: RowPlace, expecting expected: FileInput.Fingerprint? = nil,
        isFollowed: Bool = false, of source: FileSource
    ) throws(SystemsError) -> FileReading {
        guard let format = source.settings.format ?? RowFormat(fileName: path) else {
            throw SystemsError(
                .settingsWrong,
                "The name \(path) does not say what is in the file. Say it with the format: csv or jsonl.")
        }
        let file = try FileInput(path: path)
        let asOf = Date(timeIntervalSince1970: Double(file.fingerprint.writtenAt) / 1_000)
        let layout = RowLayout(name: path, format: format, encoding: source.settings.encoding)
        var opened: FileInput? = place == .beginning ? file : nil
        let pager = try RowPager(layout, mapping: mapping(source, asOf: asOf), at: place, rowsMax: source.rowsMax) {
            () throws(SystemsError) in
            if let first = opened {
                opened = nil
                return first
            }
            let again = try FileInput(path: path)
            // Somebody may have put another file there between two looks at the name.
            guard again.fingerprint == file.fingerprint, expected == nil || expected == file.fingerprint else {
                throw SystemsError(.unavailable, "\(path) became another file just now, and is read again.")
            }
            return again
        }
        let cursor = FileCursor(file: name, fingerprint: file.fingerprint, place: place, isDone: false)
        return FileReading(cursor, pager, isFollowed: isFollowed) { () throws(SystemsError) in
            guard try file.isUnchanged() else {
                throw SystemsError(
                    .unavailable,
                    "\(path) was written to while it was read, and is read again. Write it under another name first, and "
                        + "rename it when it is whole.")
            }
        }
    }

    private static func mapping(_ source: FileSource, asOf: Date) -> RowMapping {
        RowMapping(mapping: source.settings.mapping, region: source.settings.region, asOf: asOf)
    }
}
