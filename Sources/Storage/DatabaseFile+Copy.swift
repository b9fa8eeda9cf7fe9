import GRDB
import Glibc

extension DatabaseFile {
    /// Writes a whole and consistent copy of a database, which may be in use by another process meanwhile
    /// (https://www.sqlite.org/lang_vacuum.html#vacuuminto).
    /// - Parameters:
    ///   - path: the database. Not for a process that has it open.
    ///   - target: a file that is not there yet.
    /// - Throws: ``StorageError``.
    package static func copy(_ path: String, to target: String) throws(StorageError) {
        try makeFile(at: target)
        var configuration = Self.configuration()
        configuration.readonly = true
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            try queue.inDatabase { database in
                try database.execute(sql: "VACUUM INTO ?", arguments: [target])
            }
            let copy = try DatabaseQueue(path: target, configuration: configuration)
            defer { try? copy.close() }
            try copy.inDatabase { try checkWhole($0, path: target) }
        } catch {
            throw StorageError(database: error, path: path)
        }
        let file = open(target, O_RDONLY | O_CLOEXEC)
        guard file >= 0, fsync(file) == 0 else {
            let reason = SystemCall.reason()
            if file >= 0 { Glibc.close(file) }
            throw StorageError(.inputOutput, "\(target) cannot be written. Check the disk.", cause: reason)
        }
        Glibc.close(file)
    }
}
