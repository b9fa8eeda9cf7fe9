import GRDB

extension DatabaseFile {
    /// Reads a database through, on a connection of its own beside those that use it.
    package final class WholeCheck: Sendable {
        private let queue: DatabaseQueue
        private let path: String

        /// - Throws: ``StorageError`` when the file cannot be opened.
        package init(path: String) throws(StorageError) {
            var configuration = DatabaseFile.configuration()
            configuration.readonly = true
            self.path = path
            do {
                queue = try DatabaseQueue(path: path, configuration: configuration)
            } catch {
                throw StorageError(database: error, path: path)
            }
        }

        /// - Throws: ``StorageError``: `corrupt` and the like for a database that breaks its own rules; what the disk
        ///   refuses; `interrupted` after ``end()``.
        package func run() throws(StorageError) {
            do {
                defer { try? queue.close() }
                try queue.inDatabase { try DatabaseFile.checkWhole($0, path: path) }
            } catch {
                throw StorageError(database: error, path: path)
            }
        }

        /// Ends a check that is under way, from any thread.
        package func end() {
            queue.interrupt()
        }
    }

    /// https://www.sqlite.org/pragma.html#pragma_quick_check
    static func checkWhole(_ database: Database, path: String) throws {
        let finding = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
        guard finding == "ok" else { throw StorageError.damaged(path, finding) }
    }

    /// Runs the statements of ``Look/sample(_:)``.
    static func checkSample(_ database: Database, _ statements: [String], path: String) throws {
        for statement in statements {
            let finding = try String.fetchOne(database, sql: statement)
            guard finding == "ok" else { throw StorageError.damaged(path, finding) }
        }
    }
}

extension StorageError {
    fileprivate static func damaged(_ path: String, _ finding: String?) -> StorageError {
        StorageError(
            .corrupt, "\(path) is damaged. Check the disk; what can be read is kept.", cause: finding)
    }
}
