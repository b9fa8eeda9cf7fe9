package import Customers
import Dispatch
package import Foundation
import Synchronization

/// Customers in files: one that is written anew now and then, a folder into which files are put, or what a command prints.
///
/// Rows are read on a thread of its own, a page at a time, however large the file is.
package final class FileSource: Source {
    package enum Place: Sendable, Equatable {
        /// Read again whenever its size or time is another.
        case file(String)
        /// Its files are read once each, in the order of their names.
        case folder(String)
        /// Run anew each time; it is no shell's command line. What it prints never touches the disk.
        case command([String])
    }

    package struct Settings: Sendable {
        package var place: Place
        /// `nil` for what each file's name says; a command's is JSON Lines then.
        package var format: RowFormat?
        package var encoding: TextEncoding
        package var mapping: FieldMapping
        /// The store's, for phone numbers without a country code.
        package var region: PhoneRegion

        package init(
            place: Place, format: RowFormat? = nil, encoding: TextEncoding = .utf8, mapping: FieldMapping = .standard,
            region: PhoneRegion
        ) {
            self.place = place
            self.format = format
            self.encoding = encoding
            self.mapping = mapping
            self.region = region
        }
    }

    let settings: Settings
    let now: @Sendable () -> Date
    let rowsMax: Int
    private let thread = DispatchQueue(label: "countertop.files")
    private let reading = Mutex<FileReading?>(nil)
    /// The command that runs, to be ended with its task.
    let command = Mutex<CommandProcess?>(nil)

    /// - Parameter rowsMax: rows of a page.
    package init(
        _ settings: Settings, rowsMax: Int = SystemsLimits.pageRowsMax, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.settings = settings
        self.rowsMax = rowsMax
        self.now = now
    }

    package func page(after cursor: [UInt8]?) async throws(SystemsError) -> SourcePage {
        let page = await withTaskCancellationHandler {
            await withCheckedContinuation { done in
                thread.async { [self] in
                    done.resume(returning: readPage(after: cursor.flatMap { FileCursor($0) }))
                }
            }
        } onCancel: {
            command.withLock { $0?.end() }
        }
        return try page.get()
    }

    private func readPage(after cursor: FileCursor?) -> Result<SourcePage, SystemsError> {
        reading.withLock { reading in
            Result { () throws(SystemsError) in try nextPage(after: cursor, &reading) }
        }
    }

    package func isUnderWay(_ cursor: [UInt8]) -> Bool {
        FileCursor(cursor).map { !$0.isDone } ?? true
    }

    private func nextPage(after cursor: FileCursor?, _ reading: inout FileReading?) throws(SystemsError) -> SourcePage {
        let open = reading
        // Whatever goes wrong, the next page begins with a file that is opened anew.
        reading = nil
        let current: FileReading
        if let open, open.cursor == cursor, cursor?.isDone == false {
            current = open
        } else if let next = try begin(after: cursor) {
            current = next
        } else {
            return SourcePage(cursor: (cursor ?? .nothing).bytes, isLast: true)
        }
        let page = try current.page()
        if !current.cursor.isDone { reading = current }
        return page
    }

    /// - Returns: `nil` when there is nothing new.
    private func begin(after cursor: FileCursor?) throws(SystemsError) -> FileReading? {
        switch settings.place {
        case .file(let path): return try FileReading.file(path, after: cursor, of: self)
        case .folder(let path): return try FileReading.folder(path, after: cursor, of: self)
        case .command(let words): return try FileReading.command(words, of: self)
        }
    }
}

extension FileCursor {
    /// A folder in which there was nothing.
    fileprivate static let nothing = FileCursor(
        file: "", fingerprint: FileInput.Fingerprint(size: 0, writtenAt: 0), place: .beginning, isDone: true)
}
