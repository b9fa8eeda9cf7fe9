import GRDB
import Glibc

extension DatabaseFile {
    /// Makes an empty file that nobody else may read, where there is none. SQLite gives its log the same mode.
    static func makeFile(at path: String) throws(StorageError) {
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if file >= 0 {
            Glibc.close(file)
            return
        }
        let code = errno
        guard code != EEXIST else { return }
        let reason = SystemCall.reason()
        switch code {
        case ENOSPC, EDQUOT:
            throw StorageError(.diskFull, "There is no room to make \(path). Free some on its disk.", cause: reason)
        case EROFS, EACCES, EPERM:
            throw StorageError(
                .readOnly, "\(path) cannot be made. Make its directory the edge's own, on a disk that can be written.",
                cause: reason)
        default:
            throw StorageError(.inputOutput, "\(path) cannot be made. Check its directory and disk.", cause: reason)
        }
    }

    /// A file is never empty while its log holds something: the log comes after the first page. SQLite would delete the log
    /// of an empty one.
    static func checkNotEmptied(_ path: String) throws(StorageError) {
        guard SystemCall.size(of: path) == 0, SystemCall.size(of: path + "-wal") > 0 else { return }
        throw StorageError(
            .corrupt, "\(path) is empty, though its log is not. Check the disk; what the log holds is kept.")
    }

    /// Looks at a file without changing a byte of it.
    /// - Throws: ``StorageError`` when it is not what is expected. An empty file is.
    static func inspect(_ expected: Expectation) throws(StorageError) {
        do {
            try inspect(expected, readOnly: true)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
            // A rollback log that has to be played back first, of a start that was cut off before the write-ahead log
            // was on: only a connection that writes may do that.
            do {
                try inspect(expected, readOnly: false)
            } catch {
                throw StorageError(database: error, path: expected.path)
            }
        } catch {
            throw StorageError(database: error, path: expected.path)
        }
    }

    private static func inspect(_ expected: Expectation, readOnly: Bool) throws {
        var configuration = Self.configuration()
        configuration.readonly = readOnly
        let queue = try DatabaseQueue(path: expected.path, configuration: configuration)
        // A file that is renamed while a connection is open to it would lose its log.
        defer { try? queue.close() }
        try queue.inDatabase { database in
            let applicationID = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
            let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
            if tables > 0, applicationID != expected.applicationID {
                throw StorageError(
                    .wrongApplication,
                    "\(expected.path) belongs to another program (application id \(applicationID)). "
                        + "Name another file in the configuration.")
            }
            let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            guard version <= expected.version, try !expected.schema.hasBeenSuperseded(database) else {
                throw StorageError(
                    .newerSchema,
                    "\(expected.path) was written by a newer version (schema \(version), this one knows "
                        + "\(expected.version)). Install that version again; the file was left as it is.")
            }
            // A sample names tables as they are in the present schema.
            if case .sample(let statements) = expected.look, version == expected.version {
                try checkSample(database, statements, path: expected.path)
            } else {
                try checkWhole(database, path: expected.path)
            }
        }
    }
}
